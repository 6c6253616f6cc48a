/**
 * Writes a schedule out: of one in which accesses of cells that nobody contends for ride along, it makes the one in
 * which each of them is a step. That is what tokens stand for, so they do not depend on what was learned.
 */
import type { Explored } from './explored.ts'
import type { Finding } from './finding.ts'
import type { Node } from './histories.ts'
import { choice, PERFORM, SPIN, TIME_OUT, whatOf } from './machine.ts'
import type { Schedule } from './token.ts'

/** @returns the schedule that does the same, operation by operation. */
export function unfold<Context>(explored: Explored<Context>, schedule: Schedule): Schedule {
  const { machine } = explored
  const { contention, histories, performer } = machine
  const steps: number[] = []
  /** Operations that the choice itself stands for. */
  let covered = 0
  const performed = (thread: number, node: Node): void => {
    if (covered > 0) covered -= 1
    else if (contention.mayRide(histories.operation(node), machine.wordOf(node))) steps.push(choice(PERFORM, thread))
  }
  performer.witness = { performed }
  try {
    explored.startAgain()
    for (const next of schedule) {
      steps.push(next)
      covered = COVERED[whatOf(next)] as number
      machine.step(next)
    }
  } finally {
    performer.witness = undefined
  }
  return steps
}

/** By what a choice does. A thread that spins ends before an operation that follows a pause, which does not ride along. */
const COVERED: Readonly<Record<number, number>> = { [PERFORM]: 1, [SPIN]: Infinity, [TIME_OUT]: 0 }

/** The first thing that is wrong with a schedule, and what of it shows that. */
export function firstFinding<Context>(
  explored: Explored<Context>,
  schedule: Schedule,
): { readonly finding: Finding; readonly schedule: Schedule } | undefined {
  const { machine } = explored
  explored.restart()
  let finding = explored.atOnce
  let steps = 0
  while (finding === undefined && steps < schedule.length) {
    machine.step(schedule[steps] as number)
    steps += 1
    finding = explored.inspect(machine.choices())
  }
  return finding && { finding, schedule: schedule.slice(0, steps) }
}
