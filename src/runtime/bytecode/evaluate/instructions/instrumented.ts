/**
 * Instructions that report an event, and then do what stands under them.
 *
 * @see CPython Python/bytecodes.c, INSTRUMENTED_LINE and its like
 */
import { CELL } from '../../../memory/memory.ts'
import { decref } from '../../../refcount/biased.ts'
import { Event } from '../../code/events.ts'
import { OP } from '../../compile/opcodes.ts'
import { fire } from '../../instrument/fire.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import { exceptionNamed } from '../../objects/raise.ts'
import type { Execution } from '../execution.ts'
import { FUNCTIONS } from './functions.ts'
import { GENERATORS } from './generators.ts'
import type { Handler, Handlers } from './handler.ts'
import { JUMPS } from './jumps.ts'
import { STACK } from './stack.ts'

/** Reports an event with the topmost value, and goes on. */
const withValue =
  (event: Event, underneath: Handler): Handler =>
  (run, argument) => {
    fire(run.m, run.frame, event, run.at, { value: run.object(1) })
    underneath(run, argument)
  }

/** Goes on, and reports where that led. */
const withTarget =
  (event: Event, underneath: Handler): Handler =>
  (run, argument) => {
    underneath(run, argument)
    fire(run.m, run.frame, event, run.at, { target: (run.next - run.start) / CELL })
  }

/** A generator that was run through has ended here, and no exception was made that says so. */
const withStop =
  (underneath: Handler): Handler =>
  (run, argument) => {
    if (kindOf(run.memory, run.object(2)) === Kind.GENERATOR) reportStop(run)
    underneath(run, argument)
  }

function reportStop(run: Execution): void {
  const { m } = run
  const stop = exceptionNamed(m, 'StopIteration', [run.object(1)])
  try {
    fire(m, run.frame, Event.STOP_ITERATION, run.at, { value: stop })
  } finally {
    decref(m, stop)
  }
}

const underneath = (family: Handlers, opcode: number): Handler => family[opcode] as Handler

const jump = (opcode: number): Handler => withTarget(Event.JUMP, underneath(JUMPS, opcode))
const branch = (opcode: number): Handler => withTarget(Event.BRANCH, underneath(JUMPS, opcode))

export const INSTRUMENTED: Handlers = {
  [OP.INSTRUMENTED_RETURN_VALUE]: withValue(Event.RETURN, underneath(FUNCTIONS, OP.RETURN_VALUE)),
  [OP.INSTRUMENTED_YIELD_VALUE]: withValue(Event.YIELD, underneath(GENERATORS, OP.YIELD_VALUE)),
  [OP.INSTRUMENTED_END_FOR]: withStop(underneath(STACK, OP.END_FOR)),
  [OP.INSTRUMENTED_END_SEND]: withStop(underneath(GENERATORS, OP.END_SEND)),
  [OP.INSTRUMENTED_JUMP_FORWARD]: jump(OP.JUMP_FORWARD),
  [OP.INSTRUMENTED_JUMP_BACKWARD]: jump(OP.JUMP_BACKWARD),
  [OP.INSTRUMENTED_FOR_ITER]: branch(OP.FOR_ITER),
  [OP.INSTRUMENTED_POP_JUMP_IF_TRUE]: branch(OP.POP_JUMP_IF_TRUE),
  [OP.INSTRUMENTED_POP_JUMP_IF_FALSE]: branch(OP.POP_JUMP_IF_FALSE),
  [OP.INSTRUMENTED_POP_JUMP_IF_NONE]: branch(OP.POP_JUMP_IF_NONE),
  [OP.INSTRUMENTED_POP_JUMP_IF_NOT_NONE]: branch(OP.POP_JUMP_IF_NOT_NONE),
}
