/**
 * Draws a sequence diagram in slices, one per step, so that the step's own words can stand beside its slice. A slice is
 * text that the page places: what stands where is said by classes, and everything can also be read from top to bottom.
 *
 * The kind of a line is its element: `b` an operation, `samp` its answer, `em` an event, `p` what belongs to no lane, and
 * `u` the time for which a thread rests. Its place are its classes: `l2` the second lane, `r3` the third row, `s2` as wide
 * as two lanes. The first lane goes without saying, and so does
 * the first row, or the second of what an operation leads to. `i` is for those who do not see where it stands.
 */
import { type Markup, markup } from '../markup.ts'
import { shortened, visibleLine } from '../visible.ts'
import { type Act, type Line, lanesOf, type Moment, type Rest } from './moment.ts'
import type { Trace } from './trace.ts'

/** More of a text than this many characters is not read in a drawing. */
const LONGEST = 160

/** What an operation looks like that did not just end well. */
const OUTCOMES: Readonly<Record<Act['outcome'], string>> = { ok: '', parked: 'p', refused: 'r', failed: 'f' }

/** A thread that rests, and since when: the row that its rest begins at. */
interface Resting {
  readonly rest: Rest
  readonly since: number
}

/** The names over the lanes. */
export function laneNames({ lanes, others }: Trace): Markup {
  const names = others.length === 0 ? lanes : [...lanes, `${others.length} others`]
  return markup`<div>${names.map((name, index) => markup`<b${classes(lane(index))}>${shortened(visibleLine(name), LONGEST)}</b>`)}</div>`
}

/** How many lanes there are to see. */
export const laneCount = ({ lanes, others }: Trace): number => lanes.length + Number(others.length > 0)

/** What is drawn for each step of `trace`. */
export function slicesOf(trace: Trace): Markup[] {
  const places = new Map([...trace.lanes, ...trace.others].map((name, index) => [name, Math.min(index, trace.lanes.length)]))
  const resting = new Map<number, Resting>()
  return trace.rows.map((moments) => slice(moments, places, resting, trace.others))
}

/** @param resting who rests when the step begins; who does when it ends, afterwards. */
function slice(
  moments: readonly Moment[],
  places: ReadonlyMap<string, number>,
  resting: Map<number, Resting>,
  others: readonly string[],
): Markup {
  const drawn: Markup[] = []
  const rests: Markup[] = []
  for (const [place, { rest }] of resting) resting.set(place, { rest, since: 1 })
  const rows = rowsOf(moments, places)
  let below = 1
  let speaker: string | undefined
  for (const [index, moment] of moments.entries()) {
    if (moment.kind !== 'rest') {
      const row = rows[index] as number
      below = Math.max(below, row + 1)
      const named = 'lane' in moment && moment.lane === speaker
      drawn.push(line(moment, row, places, others, named))
      speaker = 'lane' in moment ? moment.lane : undefined
      continue
    }
    // Nobody rests on a lane that is shared.
    if (others.includes(moment.lane)) continue
    const place = places.get(moment.lane) as number
    const rested = resting.get(place)
    if (rested && below > rested.since) rests.push(rest(place, rested, below))
    if (moment.rest) resting.set(place, { rest: moment.rest, since: below })
    else resting.delete(place)
  }
  for (const [place, rested] of resting) rests.push(rest(place, rested, undefined))
  return drawn.length + rests.length === 0 ? markup`` : markup`<div>${rests}${drawn}</div>`
}

/**
 * The row of each line, from one. A line has a row of its own, except that an operation which goes as the one before it,
 * further to the right, stands beside that.
 */
function rowsOf(moments: readonly Moment[], places: ReadonlyMap<string, number>): number[] {
  const rows: number[] = []
  let next = 1
  let before: Passage | undefined
  for (const [index, moment] of moments.entries()) {
    if (rows[index] !== undefined || moment.kind === 'rest') continue
    const passage = moment.kind === 'act' ? passageAt(moments, index, places) : undefined
    if (passage && before && passage.sort === before.sort && passage.place > before.place) {
      for (const [row, line] of passage.lines.entries()) rows[line] = rows[before.lines[row] as number] as number
    } else {
      for (const line of passage?.lines ?? [index]) {
        rows[line] = next
        next += 1
      }
    }
    before = passage
  }
  return rows
}

/** An operation with everything that belongs to it, if all of that happens in its own lane. */
interface Passage {
  readonly place: number
  /** Where its lines are among the moments. */
  readonly lines: readonly number[]
  /** What is the same of those that may stand side by side. */
  readonly sort: string
}

function passageAt(moments: readonly Moment[], start: number, places: ReadonlyMap<string, number>): Passage | undefined {
  const lines: number[] = []
  const sort: string[] = []
  const { lane } = moments[start] as Act
  for (const [offset, moment] of moments.slice(start).entries()) {
    if (moment.kind === 'act' && offset > 0) break
    if (moment.kind === 'rest') continue
    if (moment.kind === 'arrow' || !('lane' in moment) || moment.lane !== lane) return undefined
    lines.push(start + offset)
    sort.push(moment.kind, moment.text)
  }
  return { place: places.get(lane) as number, lines, sort: sort.join('\n') }
}

/** @param named whether the line before it names the same actor. */
function line(moment: Line, row: number, places: ReadonlyMap<string, number>, others: readonly string[], named: boolean): Markup {
  const [from = 0, to = from] = lanesOf(moment).map((name) => places.get(name) as number)
  const at = [lane(from), rowClass(row)] as const
  const below = [lane(from), rowClass(row, 2)] as const
  switch (moment.kind) {
    case 'act': {
      const { outcome, times = 1 } = moment
      const told = times === 1 ? moment.text : `${times} × ${moment.text}`
      return markup`<b${classes(...at, OUTCOMES[outcome])}>${!named && actor(moment.lane, others)}${text(told)}${outcome !== 'ok' && markup`<i>, ${outcome}</i>`}</b>`
    }
    case 'answer':
      return markup`<samp${classes(...below)}>${!named && actor(moment.lane, others)}${text(moment.text)}</samp>`
    case 'note':
      return markup`<em${classes(...below)}>${!named && actor(moment.lane, others)}${text(moment.text)}</em>`
    case 'arrow': {
      const words = markup`<i>${text(`${moment.from} to ${moment.to}`)} </i>${text(moment.text)}`
      // Both have the lane that is shared.
      if (from === to) return markup`<em${classes(...below)}>${words}</em>`
      const wide = Math.abs(to - from) + 1
      return markup`<em${classes('a', lane(Math.min(from, to)), `s${wide}`, rowClass(row, 2), to < from && 'b')}>${words}</em>`
    }
    case 'look':
      return markup`<p${classes(rowClass(row))}>⊙ ${text(moment.text)}${moment.answer !== '' && markup`<i>: ${text(moment.answer)}</i>`}</p>`
    case 'more':
      return markup`<p${classes(rowClass(row))}>… ${moment.count} more</p>`
  }
}

/** The part of a lane on which its thread is at rest, from the row `since` until another, or for as long as the step is told. */
function rest(place: number, { rest, since }: Resting, until: number | undefined): Markup {
  const kind = rest === 'parked' && 'p'
  if (until === undefined) return markup`<u${classes(kind, lane(place), rowClass(since))}></u>`
  return markup`<u${classes(kind, lane(place))} style=grid-row:${since}/${until}></u>`
}

/** Who acts, to be seen where the lane does not say it, and told anyway. */
const actor = (name: string, others: readonly string[]): Markup =>
  others.includes(name) ? markup`${text(name)}: ` : markup`<i>${text(name)} </i>`

/** @param otherwise the row that it has without a class. */
const rowClass = (row: number, otherwise = 1): string => (row === otherwise ? '' : `r${row}`)

const lane = (index: number): string => (index > 0 ? `l${index + 1}` : '')

const text = (words: string): string => shortened(visibleLine(words), LONGEST)

function classes(...names: readonly (string | false)[]): Markup | undefined {
  const told = names.filter(Boolean)
  if (told.length === 0) return undefined
  return told.length === 1 ? markup` class=${told[0]}` : markup` class="${told.join(' ')}"`
}
