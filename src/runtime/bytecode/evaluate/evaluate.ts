/**
 * The evaluator: runs frames, one instruction after the other.
 *
 * A function that is called from Python gets a frame and runs in the same loop. The evaluator runs inside itself only when
 * what is built in calls back: a method that a class defines for an operator, a generator that is asked for its next value.
 *
 * @see CPython Python/ceval.c, _PyEval_EvalFrameDefault
 */
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { Event } from '../code/events.ts'
import { ENTRY, INSTRUCTION, TOP } from '../code/frame.ts'
import { handledException } from '../code/handled.ts'
import { argumentOf, opcodeOf } from '../compile/opcodes.ts'
import { enterOwnCopy } from '../copies/enter.ts'
import { fire } from '../instrument/fire.ts'
import { bringUpToDate } from '../instrument/instrument.ts'
import { chain } from '../objects/exception.ts'
import { raise } from '../objects/raise.ts'
import { exceptionOf, Propagated } from './errors.ts'
import { Execution, type Outcome, type Runner } from './execution.ts'
import { end, link, TOO_DEEP } from './frames.ts'
import type { Handler } from './instructions/handler.ts'
import { HANDLERS, LENGTHS } from './instructions/table.ts'
import { unwind } from './unwinding.ts'

/** How often the evaluator may run inside itself. Each time takes room of the machine's own stack, so it is less than a thread's frames. */
export const DEEPEST_INSIDE = 200

/** Runs a frame: see `Runner`, through which everybody asks for it. @throws Raised */
export function evaluate(m: Runner, frame: Address, thrown?: Address): Outcome {
  const { memory, own } = m
  try {
    begin(m, frame)
  } catch (error) {
    if (thrown !== undefined) decref(m, thrown)
    throw error
  }
  const run = new Execution(m)
  run.enter(frame)
  run.next = memory.get(frame + INSTRUCTION)
  let failure: unknown
  do {
    try {
      if (failure !== undefined) recover(run, failure)
      else if (thrown !== undefined) throwInto(run, thrown)
      execute(run)
    } catch (error) {
      // What is none of the program's business ends it where it is.
      if (exceptionOf(m, error) === undefined) throw error
      failure = error
    }
  } while (run.running)
  memory.set(own.evaluations, memory.get(own.evaluations) - 1)
  if (run.exception !== NULL) throw new Propagated(run.exception)
  return run
}

/** Makes a frame the one that a run is entered with. @throws Raised if the thread is too deep, and then the frame is ended. */
function begin(m: Runner, frame: Address): void {
  const { memory, own } = m
  const inside = memory.get(own.evaluations) + 1
  if (inside > DEEPEST_INSIDE) {
    end(m, frame)
    raise(m, 'RecursionError', TOO_DEEP)
  }
  link(m, frame)
  memory.set(own.evaluations, inside)
  memory.set(frame + ENTRY, 1)
}

function execute(run: Execution): void {
  const { memory } = run
  while (run.running) {
    const at = run.next
    run.previous = run.at
    run.at = at
    memory.set(run.frame + INSTRUCTION, at)
    memory.set(run.frame + TOP, run.top)
    // Relaxed: another thread may be putting instrumentation in its place, or taking it away.
    const unit = memory.loadRelaxed(at)
    const opcode = opcodeOf(unit)
    run.next = at + (LENGTHS[opcode] as number)
    ;(HANDLERS[opcode] as Handler)(run, argumentOf(unit))
  }
}

/** Raises an exception where a generator's frame stands: at the instruction that it stopped in, which is the one before. */
function throwInto(run: Execution, exception: Address): never {
  const { m, memory, frame } = run
  try {
    enterOwnCopy(m, frame)
    bringUpToDate(m, run.code)
    fire(m, frame, Event.THROW, memory.get(frame + INSTRUCTION), { value: exception })
  } catch (error) {
    decref(m, exception)
    throw error
  } finally {
    run.at = memory.get(frame + INSTRUCTION) - CELL
  }
  throw new Propagated(exception)
}

function recover(run: Execution, failure: unknown): void {
  const exception = exceptionOf(run.m, failure) as Address
  if (!(failure instanceof Propagated) && !run.again) giveContext(run, exception)
  unwind(run, exception)
}

/** An exception that is raised while another is being handled says so. */
function giveContext({ m }: Execution, exception: Address): void {
  const handled = handledException(m)
  if (handled !== NULL) chain(m, exception, handled)
}
