/**
 * What happens to an exception: it continues at the handler that covers the instruction, or ends the frame and
 * goes on in the one that called it.
 *
 * @see CPython Python/ceval.c, exception_unwind; InternalDocs/exception_handling.md
 */
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { CodeObject, Handler } from '../code/code-object.ts'
import { Event } from '../code/events.ts'
import { TOP } from '../code/frame.ts'
import { handlerOf, lastInstruction, lineOf } from '../code/places.ts'
import { fire } from '../instrument/fire.ts'
import { memoryError } from '../objects/classes.ts'
import { noteLine } from '../objects/exception.ts'
import { newInt } from '../objects/int.ts'
import { given, type Reference } from '../objects/reference.ts'
import { exceptionOf } from './errors.ts'
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
    const last = handler === NULL ? NULL : lastFor(run, handler)
    if (handler !== NULL && last !== undefined) {
      enterHandler(run, handler, last, raised)
      return
    }
    if (handler !== NULL) raised = instead(run, raised, memoryError(run.m))
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

/**
 * What a handler is told of where the exception was raised: a reference to a number, or NULL if it does not ask.
 * @returns undefined without memory. Then the frame ends: the same handler would only fail again.
 */
function lastFor({ m, memory, frame }: Execution, handler: Address): Reference | undefined {
  if (memory.get(handler + PUSH_LAST) === 0) return NULL
  try {
    return given(memory, newInt(m, lastInstruction(memory, frame)))
  } catch (error) {
    if (error instanceof OutOfMemory) return undefined
    throw error
  }
}

/** Drops an exception for another. */
function instead({ m }: Execution, exception: Address, other: Address): Address {
  decref(m, exception)
  return other
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
    const other = exceptionOf(m, error)
    if (other === undefined) throw error
    return instead(run, exception, other)
  }
}

const base = (run: Execution): Address => run.locals + run.memory.get(run.code + LOCAL_COUNT) * CELL

const clearStack = (run: Execution): void => run.drop((run.top - base(run)) / CELL)

/** @param last a reference, given over, as is the exception. */
function enterHandler(run: Execution, handler: Address, last: Reference, exception: Address): void {
  const { m, memory } = run
  run.drop((run.top - base(run)) / CELL - memory.get(handler + DEPTH))
  if (last !== NULL) run.push(last)
  run.push(exception)
  run.next = run.start + memory.get(handler + TARGET) * CELL
  // What a tool raises now is raised in front of the handler. One that covers that too, as that of a generator's body does, is found
  // again: a tool that raises whenever a handler is found keeps such a generator from ever ending, as in CPython.
  const { at } = run
  run.at = run.next - CELL
  fire(m, run.frame, Event.HANDLED, run.next, { value: exception })
  run.at = at
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
