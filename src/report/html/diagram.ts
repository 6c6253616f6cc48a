/**
 * Draws a sequence diagram in slices, one per step, so that the step's own words can stand beside
 * its slice and as many lines as they need. The lanes are lines that the
 * page draws through all slices.
 *
 * Every slice is an SVG image; styles, arrow heads and the height of boxes are the page's. All lengths are CSS pixels.
 */
import { type Markup, markup } from '../markup.ts'
import { shortened, visibleLine } from '../visible.ts'
import type { Moment, Rest, Trace } from './trace.ts'

export interface Slice {
  /** Nothing if nothing is to be seen but lanes. */
  readonly image: Markup | undefined
  /** The least height the row needs. */
  readonly height: number
}

export interface Diagram {
  readonly width: number
  /** Width of one lane. The lines of the lanes are the page's to draw, in the middle of each. */
  readonly lane: number
  /** The names over the lanes. */
  readonly heading: Markup
  readonly slices: readonly Slice[]
}

/** Widths of characters in the two fonts of a diagram, and of the lanes. */
const CHARACTER = 6.1
const NARROWEST = 100
/** All lanes together get no wider than this for the sake of long texts. */
const WIDEST = 560
const WIDEST_LANE = 300
const LEAST_WIDEST_LANE = 150
const PADDING = 14
const EDGE = 4
const GAP = 20

/** How far down the line below each kind of moment begins. */
const HEIGHTS = { act: 24, answer: 16, note: 16, arrow: 27, look: 18, more: 16, rest: 0 } as const
const TOP = 7
const BOTTOM = 5
const LEAST = 22

/** What is looked at is named beside the lanes, in no more characters than this. */
const MOST_LOOKED_AT = 40

/** Lower than any row gets, so that what goes on for longer than it is drawn to its end. */
const DOWN = 9999

/** Draws `trace`: its heading, and one slice per row. */
export function diagramOf(trace: Trace): Diagram {
  return new Drawing(trace).diagram()
}

class Drawing {
  readonly #trace: Trace
  readonly #labels: readonly string[]
  readonly #lane: number
  /** Where each actor's lane is. Actors that share the last lane share its place. */
  readonly #at: ReadonlyMap<string, number>
  readonly #resting = new Map<string, { rest: Rest; since: number }>()

  constructor(trace: Trace) {
    this.#trace = trace
    const { lanes, others } = trace
    this.#labels = others.length === 0 ? lanes : [...lanes, `${others.length} others`]
    const longest = Math.max(0, ...trace.rows.flat().map((moment) => ('text' in moment && moment.kind !== 'look' ? moment.text.length : 0)))
    const widest = Math.min(WIDEST_LANE, Math.max(LEAST_WIDEST_LANE, WIDEST / this.#labels.length))
    // Even, so that the middle of a lane is a whole pixel.
    this.#lane = 2 * Math.ceil(Math.min(widest, Math.max(NARROWEST, longest * CHARACTER + GAP)) / 2)
    this.#at = new Map([
      ...lanes.map((lane, index) => [lane, this.#middle(index)] as const),
      ...others.map((lane) => [lane, this.#middle(lanes.length)] as const),
    ])
  }

  diagram(): Diagram {
    const width = this.#labels.length * this.#lane
    const slices = this.#trace.rows.map((row) => this.#slice(row))
    return { width, lane: this.#lane, heading: this.#heading(), slices }
  }

  #heading(): Markup {
    return svg(this.#labels.map((label, index) => markup`<text class=n x=${this.#middle(index)} y=15>${this.#fitting(label)}</text>`))
  }

  #middle(index: number): number {
    return (index + 0.5) * this.#lane
  }

  #slice(moments: readonly Moment[]): Slice {
    const drawn: Markup[] = []
    for (const [lane, { rest }] of this.#resting) this.#resting.set(lane, { rest, since: 0 })
    let y = TOP
    for (const moment of moments) {
      if (moment.kind === 'rest') {
        drawn.unshift(this.#rested(moment.lane, y))
        if (moment.rest) this.#resting.set(moment.lane, { rest: moment.rest, since: y })
        else this.#resting.delete(moment.lane)
      } else {
        drawn.push(this.#draw(moment, y))
        y += HEIGHTS[moment.kind]
      }
    }
    const stillAtRest = [...this.#resting.keys()].map((lane) => this.#rested(lane, DOWN))
    const content = [...stillAtRest, ...drawn].filter(({ text }) => text !== '')
    return { image: content.length === 0 ? undefined : svg(content), height: Math.max(LEAST, y + BOTTOM) }
  }

  /** The part of a lane on which its thread has been at rest, if it has been. Nobody rests on a lane that is shared. */
  #rested(lane: string, until: number): Markup {
    const resting = this.#resting.get(lane)
    if (!resting || this.#trace.others.includes(lane)) return markup``
    return markup`<path class=${resting.rest === 'parked' ? 'p' : 'u'} d="M${this.#x(lane)} ${resting.since}V${until}"/>`
  }

  #draw(moment: Exclude<Moment, { kind: 'rest' }>, y: number): Markup {
    switch (moment.kind) {
      case 'act': {
        const x = this.#x(moment.lane)
        const whole = this.#trace.others.includes(moment.lane) ? `${moment.lane}: ${moment.text}` : moment.text
        const text = this.#fitting(whole)
        const width = Math.round(text.length * CHARACTER + PADDING)
        const box = markup`<rect class=${moment.outcome.charAt(0)} x=${x - Math.round(width / 2)} y=${y} width=${width} />`
        return markup`${box}<text class=m x=${x} y=${y + 13}>${text}${title(whole, text)}</text>`
      }
      case 'answer':
      case 'note': {
        const text = this.#fitting(moment.text)
        return markup`<text class=${moment.kind === 'note' ? 'e' : 'r'} x=${this.#x(moment.lane)} y=${y + 11}>${text}${title(moment.text, text)}</text>`
      }
      case 'arrow': {
        const [from, to] = [this.#x(moment.from), this.#x(moment.to)]
        const text = this.#fitting(moment.text)
        const tip = to + (to > from ? -4 : 4)
        const line = markup`<path class=a d="M${from} ${y + 18}H${tip}"/>`
        return markup`${line}<text class=e x=${Math.round((from + to) / 2)} y=${y + 12}>${text}${title(moment.text, text)}</text>`
      }
      case 'look':
        return markup`<text class=o x=${EDGE} y=${y + 12}>⊙ ${shortened(visibleLine(moment.text), MOST_LOOKED_AT)}</text>`
      case 'more':
        return markup`<text class=o x=${EDGE} y=${y + 11}>… ${moment.count} more</text>`
    }
  }

  #x(lane: string): number {
    return this.#at.get(lane) as number
  }

  #fitting(text: string): string {
    return shortened(visibleLine(text), Math.floor((this.#lane - GAP) / CHARACTER))
  }
}

/** The whole text, for the pointer, where only a part of it is drawn. */
function title(whole: string, drawn: string): Markup | undefined {
  return visibleLine(whole) === drawn ? undefined : markup`<title>${visibleLine(whole)}</title>`
}

function svg(content: readonly Markup[]): Markup {
  return markup`<svg aria-hidden=true>${content}</svg>`
}
