/** Telling tools of calls: that something is about to be called, and how the call ended if that was not Python code. */
import type { Address } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { Event } from '../../code/events.ts'
import { fire } from '../../instrument/fire.ts'
import { exceptionOf } from '../errors.ts'
import type { Execution } from '../execution.ts'

/** @param first argument; undefined if there is none. */
export function tell(run: Execution, event: Event, callable: Address, first: Address | undefined): void {
  fire(run.m, run.frame, event, run.at, first === undefined ? { callable } : { callable, argument: first })
}

/** Makes a call, and tells how it ends to whoever was told of it. What a tool raises takes the place of what came of the call. */
export function ending<Result extends Address | undefined>(
  run: Execution,
  callable: Address,
  first: Address | undefined,
  told: boolean,
  make: () => Result,
): Result {
  if (!told) return make()
  let result: Result
  try {
    result = make()
  } catch (error) {
    const exception = exceptionOf(run.m, error)
    if (exception !== undefined) instead(run, exception, () => tell(run, Event.C_RAISE, callable, first))
    throw error
  }
  instead(run, result, () => tell(run, Event.C_RETURN, callable, first))
  return result
}

/** Drops what there was so far if telling fails. */
function instead(run: Execution, held: Address | undefined, telling: () => void): void {
  try {
    telling()
  } catch (error) {
    if (held !== undefined) decref(run.m, held)
    throw error
  }
}
