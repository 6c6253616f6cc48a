/**
 * Holds the specification against the faulty runtimes of the museum: who notices what is wrong?
 */
import { availableParallelism } from 'node:os'
import { INVENTORY } from '../requirements/inventory.ts'
import { notBuilt } from '../requirements/requirement.ts'
import { isFailure } from '../verdict/verdict.ts'
import type { Fault } from './fault.ts'
import { scenariosByKind } from './kinds.ts'
import { type Job, type Lane, openLane, runJobs } from './lanes.ts'
import type { Outcome } from './scenarios.ts'

/** How a fault was caught: by actors that take turns, or by some that race. */
export type Way = 'step by step' | 'in a race'

/** What came of the scenarios that were run with a fault in the reference. */
export interface FaultResult {
  readonly fault: Fault
  /** Whether a scenario of the requirement that the fault breaks says that the runtime is wrong. */
  readonly caught: boolean
  /** How: in a race if no scenario that was run caught it in which actors take turns. Undefined if it was not caught. */
  readonly way: Way | undefined
  /** The first scenario that did not pass, and why; one of the fault's own requirement if there is one, and of those one that takes turns. */
  readonly noticed: Outcome | undefined
  /** Requirements of which a scenario did not pass, in the order of the book. */
  readonly failed: readonly string[]
}

export interface FaultOptions {
  /** Whether the scenarios of all requirements are run, instead of only the one that is said to show a fault. */
  readonly everywhere?: boolean
  /** Multiplies every time limit of the subjects. */
  readonly patience?: number
  readonly open?: typeof openLane
}

/** One more than there are processors, since a subject waits for its threads to start; no more than pay, since each lane loads the steps. */
const LANES = Math.min(availableParallelism() + 1, 5)

/**
 * Runs the scenarios with one fault after the other.
 *
 * @param onResult is told of each fault, in their order.
 * @throws Error if the reference without any fault does not pass, or a fault could not be run. What came before was told.
 */
export async function runFaults(
  faults: readonly Fault[],
  onResult: (result: FaultResult) => void,
  { everywhere = false, patience = 1, open = openLane }: FaultOptions = {},
): Promise<void> {
  const all = INVENTORY.flatMap((chapter) => chapter.requirements.filter((one) => notBuilt(chapter, one) === undefined).map(({ id }) => id))
  const { races, filesOf } = scenariosByKind()
  const jobOf = (fault: string | undefined, ids: readonly string[], untilFirst: boolean): Job => ({
    fault,
    ids,
    files: filesOf(ids),
    untilFirst,
  })
  const jobs = faults.map(({ id, shownBy }) => jobOf(id, everywhere ? all : [shownBy], !everywhere))
  const sound = jobOf(undefined, [...new Set(jobs.flatMap(({ ids }) => ids))], false)
  const lanes: Lane[] = Array.from({ length: Math.min(LANES, jobs.length + 1) }, () => open({ patience }))
  await runJobs([sound, ...jobs], lanes, (job, outcomes) => {
    if (job === 0) mustPass(outcomes)
    else onResult(resultOf(faults[job - 1] as Fault, outcomes, all, races))
  })
}

function mustPass(outcomes: readonly Outcome[]): void {
  const wrong = outcomes.find(({ verdict }) => verdict !== 'pass')
  if (wrong) throw new Error(`without any fault, ${wrong.scenario} comes to ${wrong.verdict}: ${wrong.reason}`)
}

function resultOf(fault: Fault, outcomes: readonly Outcome[], order: readonly string[], races: ReadonlySet<string>): FaultResult {
  const noticed = outcomes.filter(({ verdict }) => verdict !== 'pass')
  const own = noticed.filter(({ requirement }) => requirement === fault.requirement)
  const wrong = own.filter(({ verdict }) => isFailure(verdict))
  const turn = wrong.find(({ scenario }) => !races.has(scenario))
  return {
    fault,
    caught: wrong.length > 0,
    way: wrong.length === 0 ? undefined : turn ? 'step by step' : 'in a race',
    noticed: turn ?? own[0] ?? noticed[0],
    failed: order.filter((id) => noticed.some(({ requirement }) => requirement === id)),
  }
}
