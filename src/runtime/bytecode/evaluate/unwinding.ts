/**
 * What happens to an exception: it continues at the handler that covers the instruction, or ends the frame and
 * goes on in the one that called it.
 *
 * @see CPython Python/ceval.c, exception_unwind; InternalDocs/exception_handling.md
 */
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { CodeObject, Handler } from '../code/code-object.ts'
import { Event } from '../code/events.ts'
import { TOP } from '../code/frame.ts'
import { handlerOf, lastInstruction, lineOf } from '../code/places.ts'
import { fire } from '../instrument/fire.ts'
import { noteLine } from '../objects/exception.ts'
import { newInt } from '../objects/int.ts'
import { Raised } from '../objects/raise.ts'
import { given } from '../objects/reference.ts'
import type { Execution } from './execution.ts'
import { end, unlink } from './frames.ts'

const { localCount: LOCAL_COUNT } = CodeObject.offset
const { target: TARGET, depth: DEPTH, pushLast: PUSH_LAST } = Handler.offset

/**
 * Lets an exception loose at the instruction that is being executed. Tools are told of it in every frame that it comes to; and what they
 * raise takes its place.
 * @param exception given over.
 */
export function unwind(run: Execution, exception: Address): void {
  noteWhere(run, exception)
  let raised = told(run, run.again ? Event.RERAISE : Event.RAISE, exception)
  run.again = false
  for (;;) {
    const handler = handlerOf(run.memory, run.code, (run.at - run.start) / CELL)
    if (handler !== NULL) {
      enterHandler(run, handler, raised)
      return
    }
    clearStack(run)
    raised = told(run, Event.UNWIND, raised)
    if (leaveFailed(run)) {
      run.exception = raised
      run.running = false
      return
    }
    raised = told(run, Event.RAISE, raised)
  }
}

/** Says in the exception where it was raised; the one that stands for lack of memory is everybody's. */
function noteWhere({ memory, code, start, at }: Execution, exception: Address): void {
  if (isImmortal(memory, exception)) return
  noteLine(memory, exception, lineOf(memory, code, (at - start) / CELL) ?? 0)
}

/** Tells tools of an exception. @param exception given over. @returns what is on its way now, given over. */
function told(run: Execution, event: Event, exception: Address): Address {
  const { m, memory, frame } = run
  try {
    memory.set(frame + TOP, run.top)
    fire(m, frame, event, run.at, { value: exception })
    return exception
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    decref(m, exception)
    return error.exception
  }
}

const base = (run: Execution): Address => run.locals + run.memory.get(run.code + LOCAL_COUNT) * CELL

const clearStack = (run: Execution): void => run.drop((run.top - base(run)) / CELL)

function enterHandler(run: Execution, handler: Address, exception: Address): void {
  const { m, memory } = run
  run.drop((run.top - base(run)) / CELL - memory.get(handler + DEPTH))
  const pushesLast = memory.get(handler + PUSH_LAST) !== 0
  const last = lastInstruction(memory, run.frame)
  if (pushesLast) run.push(NULL)
  run.push(exception)
  memory.set(run.frame + TOP, run.top)
  // Only now that the exception has its place: should there be no memory for the number, it goes with the stack.
  if (pushesLast) run.exchange(2, given(memory, newInt(m, last)))
  run.next = run.start + memory.get(handler + TARGET) * CELL
  fire(m, run.frame, Event.HANDLED, run.next, { value: exception })
}

/** Ends the innermost frame because of an exception. @returns whether the run ends with it. */
function leaveFailed(run: Execution): boolean {
  const { m, memory, frame } = run
  const wasEntry = run.isEntry
  memory.set(frame + TOP, run.top)
  const previous = unlink(m, frame)
  if (!wasEntry) run.enter(previous)
  end(m, frame)
  return wasEntry
}
