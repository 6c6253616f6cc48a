/**
 * Where a frame begins, or goes on after a yield.
 *
 * Here, and only here, a frame moves to the copy of its code that belongs to the thread, and the code is brought up to date with what
 * tools ask for. After either the instruction is fetched again: it may have become another.
 *
 * @see CPython Python/bytecodes.c, RESUME
 */
import { Event } from '../../code/events.ts'
import { INSTRUCTION } from '../../code/frame.ts'
import { OP, opcodeOf, withOpcode } from '../../compile/opcodes.ts'
import { RESUME_AT } from '../../compile/operands.ts'
import { enterOwnCopy, isInOwnCopy } from '../../copies/enter.ts'
import { fire } from '../../instrument/fire.ts'
import { bringUpToDate } from '../../instrument/instrument.ts'
import { isCurrent } from '../../instrument/versions.ts'
import type { Execution } from '../execution.ts'
import { passSafePoint } from '../safe-point.ts'
import type { Handler, Handlers } from './handler.ts'

/** The bits of the argument that say where the frame goes on. */
const LOCATION = 3

/** Prepares the frame. @returns whether the instruction has to be fetched again. */
function prepare(run: Execution): boolean {
  const { m, memory, frame } = run
  if (!enterOwnCopy(m, frame) && !bringUpToDate(m, run.code)) return false
  run.next = memory.get(frame + INSTRUCTION)
  return true
}

/** Inside a delegation nothing is served: whoever is to be interrupted is the innermost generator. */
function serve(run: Execution, argument: number): void {
  if ((argument & LOCATION) < RESUME_AT.AFTER_YIELD_FROM) passSafePoint(run.m)
}

const resume: Handler = (run, argument) => {
  if (prepare(run)) return
  quicken(run)
  serve(run, argument)
}

/**
 * From the second time on the short form does. What callbacks run stays as it is: it has not been brought up to date, so
 * another thread may be instrumenting it at this moment.
 */
function quicken({ memory, at, own }: Execution): void {
  if (memory.get(own.callbacks) !== 0) return
  // Relaxed, and no exchange: the code is up to date, and no tool can ask for anything else before this thread comes to a safe point.
  const unit = memory.loadRelaxed(at)
  if (opcodeOf(unit) === OP.RESUME) memory.storeRelaxed(at, withOpcode(unit, OP.RESUME_CHECK))
}

/** Nothing is asked of the thread, the code is up to date, and the copy is the thread's own. */
const resumeCheck: Handler = (run, argument) => {
  const { m, frame } = run
  if (isCurrent(m, run.code) && isInOwnCopy(m, frame)) return
  resume(run, argument)
}

const instrumentedResume: Handler = (run, argument) => {
  if (prepare(run)) return
  serve(run, argument)
  fire(run.m, run.frame, argument > 0 ? Event.RESUME : Event.START, run.at)
}

export const RESUME: Handlers = {
  [OP.RESUME]: resume,
  [OP.RESUME_CHECK]: resumeCheck,
  [OP.INSTRUMENTED_RESUME]: instrumentedResume,
}
