/** Instructions that move values about: constants and copies. */
import { OP } from '../../compile/opcodes.ts'
import { classNamed } from '../../objects/classes.ts'
import { close, duplicate, refer, uncounted } from '../../objects/reference.ts'
import { smallInt } from '../../objects/singletons.ts'
import type { Handler, Handlers } from './handler.ts'

/** What LOAD_COMMON_CONSTANT loads, by its argument. */
const COMMON: readonly string[] = ['AssertionError', 'NotImplementedError']

const nothing: Handler = () => {}

const popTop: Handler = (run) => close(run.m, run.pop())

/** What is immortal or deferred is not counted. */
const loadConst: Handler = (run, index) => run.push(refer(run.m, run.constant(index)))

export const STACK: Handlers = {
  [OP.NOP]: nothing,
  [OP.POP_TOP]: popTop,
  [OP.END_FOR]: popTop,
  [OP.PUSH_NULL]: (run) => run.push(0),
  [OP.COPY]: (run, depth) => run.push(duplicate(run.m, run.peek(depth))),
  [OP.SWAP]: (run, depth) => {
    run.exchange(1, run.exchange(depth, run.peek(1)))
  },
  [OP.LOAD_CONST]: loadConst,
  [OP.LOAD_CONST_IMMORTAL]: (run, index) => run.push(uncounted(run.constant(index))),
  [OP.LOAD_SMALL_INT]: (run, value) => run.push(uncounted(smallInt(run.m, value))),
  [OP.LOAD_COMMON_CONSTANT]: (run, which) => run.push(uncounted(classNamed(run.m, COMMON[which] as string))),
}
