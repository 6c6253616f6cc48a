/**
 * Which instructions are events themselves, and what stands in their place while somebody is told of them.
 *
 * @see CPython Python/instrumentation.c, EVENT_FOR_OPCODE, INSTRUMENTED_OPCODES
 */
import { Event } from '../code/events.ts'
import { cachesOf, isConditionalJump, OP, UNDERLYING } from '../compile/opcodes.ts'

const INSTRUMENTED = new Map<number, number>([...UNDERLYING].map(([instrumented, generic]) => [generic, instrumented]))

const EVENTS = new Map<number, Event>([
  [OP.RETURN_VALUE, Event.RETURN],
  [OP.YIELD_VALUE, Event.YIELD],
  [OP.CALL, Event.CALL],
  [OP.CALL_KW, Event.CALL],
  [OP.CALL_FUNCTION_EX, Event.CALL],
  [OP.LOAD_SUPER_ATTR, Event.CALL],
  [OP.JUMP_FORWARD, Event.JUMP],
  [OP.JUMP_BACKWARD, Event.JUMP],
  [OP.POP_JUMP_IF_FALSE, Event.BRANCH],
  [OP.POP_JUMP_IF_TRUE, Event.BRANCH],
  [OP.POP_JUMP_IF_NONE, Event.BRANCH],
  [OP.POP_JUMP_IF_NOT_NONE, Event.BRANCH],
  [OP.FOR_ITER, Event.BRANCH],
  [OP.END_FOR, Event.STOP_ITERATION],
  [OP.END_SEND, Event.STOP_ITERATION],
])

/** The form that reports the event that a generic instruction is; undefined if it is none. */
export const instrumentedOf = (generic: number): number | undefined => INSTRUMENTED.get(generic)

/** The event that a generic instruction with that argument is; undefined if it is none. */
export function eventOf(generic: number, argument: number): Event | undefined {
  if (generic === OP.RESUME) return argument === 0 ? Event.START : Event.RESUME
  return EVENTS.get(generic)
}

/** Whether a generic instruction has an adaptive counter. */
export const hasCounter = (generic: number): boolean => cachesOf(generic) > 0 && !isConditionalJump(generic)
