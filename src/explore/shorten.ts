/**
 * Makes a schedule that shows a failure shorter, step by step: for spaces in which the shortest
 * cannot be found.
 *
 * It takes the schedule as turns of threads, and tries to leave a turn out, to put two together, or
 * to have one later. A schedule changed so may not fit any more: choices that cannot be made are
 * passed over, and when it is used up the last thread goes on as long as it can, then the first
 * that can. Whatever shows the same failure with less is kept, until nothing helps any more. Every
 * trial counts against the budget.
 */
import type { Explored } from './explored.ts'
import { type Finding, isSame } from './finding.ts'
import { MOST_THREADS } from './layout.ts'
import { choice, PERFORM, threadOf } from './machine.ts'
import { isShorter, lengthOf } from './shortest.ts'
import type { Schedule } from './token.ts'

/**
 * @param depth steps that a schedule may take.
 * @param budget steps that all trials together may take.
 * @returns a schedule that shows the same failure, no longer than the one given.
 */
export function shorten<Context>(
  explored: Explored<Context>,
  failure: Finding,
  schedule: Schedule,
  depth: number,
  budget: number,
): Schedule {
  let best = schedule
  let length = lengthOf(explored, schedule)
  let left = budget
  for (let improved = true; improved && left > 0; ) {
    improved = false
    for (const candidate of variations(turnsOf(best))) {
      const trial = follow(explored, candidate, depth)
      left -= trial.schedule.length + 1
      if (trial.finding !== undefined && isSame(trial.finding, failure)) {
        const shorter = lengthOf(explored, trial.schedule)
        if (isShorter(shorter, length)) {
          best = trial.schedule
          length = shorter
          improved = true
          break
        }
      }
      if (left <= 0) break
    }
  }
  return best
}

/** Consecutive choices of one thread. */
type Turn = readonly number[]

function turnsOf(schedule: Schedule): Turn[] {
  const turns: number[][] = []
  for (const next of schedule) {
    const turn = turns.at(-1)
    if (turn !== undefined && threadOf(turn[0] as number) === threadOf(next)) turn.push(next)
    else turns.push([next])
  }
  return turns
}

function* variations(turns: readonly Turn[]): Generator<Schedule> {
  for (let index = turns.length - 1; index >= 0; index--) yield turns.toSpliced(index, 1).flat()
  for (let index = 0; index + 1 < turns.length; index++) {
    const [turn, next] = turns.slice(index, index + 2) as [Turn, Turn]
    yield turns.toSpliced(index, 2, next, turn).flat()
    yield turns.toSpliced(index, 2, turn.slice(0, -1), next, turn.slice(-1)).flat()
  }
}

/** Runs a schedule as far as it fits, and on to an end. */
function follow<Context>(
  explored: Explored<Context>,
  wanted: Schedule,
  depth: number,
): { finding: Finding | undefined; schedule: Schedule } {
  const { machine } = explored
  explored.restart()
  const schedule: number[] = []
  let last = MOST_THREADS
  let at = 0
  let finding = explored.atOnce
  let choices = machine.choices()
  while (finding === undefined && choices !== 0 && schedule.length < depth) {
    while (at < wanted.length && (choices & (1 << (wanted[at] as number))) === 0) at += 1
    const goOn = last === MOST_THREADS ? 0 : choices & (1 << choice(PERFORM, last))
    const next = wanted[at] ?? 31 - Math.clz32(goOn || choices & -choices)
    at += 1
    last = threadOf(next)
    machine.step(next)
    schedule.push(next)
    choices = machine.choices()
    finding = explored.inspect(choices)
  }
  return { finding, schedule }
}
