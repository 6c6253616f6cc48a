/**
 * Searches again and again, until one search learns of no cell more for which threads contend.
 *
 * What threads do is remembered from one search to the next, and each ends with the first cell that it learns of. Nearly
 * all are learned of where threads preempt each other but once, so that is tried first: it does not take long.
 */
import type { Explored } from './explored.ts'
import { type Bounds, Search, type Seen } from './search.ts'
import { firstFinding, unfold } from './unfold.ts'

/** Preemptions that show nearly all cells for which threads contend. */
const LEARNING = 1

/** What searches came to, in schedules of which every atomic access is a step. */
export interface Searched {
  readonly outcomes: ReadonlyMap<string, Seen>
  readonly failures: ReadonlyMap<string, Seen>
  readonly failure: Search<unknown>['failure']
}

/**
 * @param bounds the bound on steps is one on all searches together.
 * @param begun is told of each search before it runs, and the steps of those before it.
 * @returns the last search, and the steps of all.
 */
export function search<Context>(
  explored: Explored<Context>,
  bounds: Bounds,
  begun: (search: Search<Context>, before: number) => void,
): { readonly last: Search<Context>; readonly steps: number } {
  const { contention } = explored.machine
  let preemptions = contention.folds ? Math.min(LEARNING, bounds.preemptions) : bounds.preemptions
  let steps = 0
  for (;;) {
    const last = new Search(explored, { ...bounds, preemptions, steps: bounds.steps - steps })
    begun(last, steps)
    contention.learned = false
    if (contention.folds) explored.startAgain()
    last.run()
    steps += last.steps
    const through = !contention.learned && (preemptions === bounds.preemptions || last.failure !== undefined || !last.bounded)
    if (through || last.stopped !== undefined) return { last, steps }
    if (!contention.learned) preemptions = bounds.preemptions
  }
}

/**
 * Writes out what the last search found. From here on every access of the program that is not plain is a step.
 * @param depth steps that a schedule may have.
 */
export function writeOut<Context>(explored: Explored<Context>, { outcomes, failures, failure }: Search<Context>, depth: number): Searched {
  const { contention } = explored.machine
  if (!contention.folds) return { outcomes, failures, failure }
  const inFull = (all: ReadonlyMap<string, Seen>) =>
    new Map([...all].map(([key, seen]) => [key, { ...seen, first: unfold(explored, seen.first) }]))
  const written = { outcomes: inFull(outcomes), failures: inFull(failures) }
  const schedule = failure && unfold(explored, failure.schedule)
  contention.folds = false
  explored.startAgain()
  if (failure === undefined || schedule === undefined) return { ...written, failure: undefined }
  if (failure.finding.kind === 'endless') return { ...written, failure: { ...failure, schedule: schedule.slice(0, depth) } }
  // What was taken for a race before it was known what orders accesses may be none.
  const shown = firstFinding(explored, schedule)
  if (shown === undefined && !contention.learned) throw new Error('a failure does not show when its schedule is written out')
  return { ...written, failure: shown }
}
