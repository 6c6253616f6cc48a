/**
 * The moments that a sequence diagram is drawn from.
 */

/** Why a thread is not running: it waits, or a pause holds it. */
export type Rest = 'parked' | 'suspended'

/** An operation, and what came of it. `times` is how often it was done in a row, with the same answer. */
export interface Act {
  readonly kind: 'act'
  readonly lane: string
  readonly text: string
  readonly outcome: 'ok' | 'parked' | 'refused' | 'failed'
  readonly times?: number
}

/** Something that stands on one line of the diagram. Lanes are actors. */
export type Line =
  | Act
  | { readonly kind: 'answer' | 'note'; readonly lane: string; readonly text: string }
  | { readonly kind: 'arrow'; readonly from: string; readonly to: string; readonly text: string }
  | { readonly kind: 'look'; readonly text: string; readonly answer: string }
  /** So many lines are not shown. */
  | { readonly kind: 'more'; readonly count: number }

/** A line, or that a thread comes to rest or goes on, which has no line of its own. */
export type Moment = Line | { readonly kind: 'rest'; readonly lane: string; readonly rest: Rest | undefined }

/** The lanes that a moment touches. */
export function lanesOf(moment: Moment): string[] {
  if (moment.kind === 'arrow') return [moment.from, moment.to]
  return 'lane' in moment ? [moment.lane] : []
}
