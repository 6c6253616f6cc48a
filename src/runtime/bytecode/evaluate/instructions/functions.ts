/** Making functions, and returning from them. */
import type { Address } from '../../../memory/memory.ts'
import { CODE_NAME, CODE_QUALIFIED_NAME, FLAGS } from '../../code/code-object.ts'
import { BUILTINS, GLOBALS, TOP } from '../../code/frame.ts'
import { NESTED } from '../../compile/compiled-code.ts'
import { OP } from '../../compile/opcodes.ts'
import { FUNCTION_ATTRIBUTE, INTRINSIC } from '../../compile/operands.ts'
import { CLOSURE, DEFAULTS, KEYWORD_DEFAULTS, newFunction, setFunctionPart } from '../../objects/function.ts'
import { listItems } from '../../objects/list.ts'
import { Unary } from '../../objects/operate/operation.ts'
import { unary } from '../../objects/operate/unary.ts'
import { counted, given } from '../../objects/reference.ts'
import { dropAll } from '../../objects/several.ts'
import { newTuple } from '../../objects/tuple.ts'
import type { Runner } from '../execution.ts'
import { end, unlink } from '../frames.ts'
import { stopIterationError } from '../generator.ts'
import type { Handler, Handlers } from './handler.ts'

/** What SET_FUNCTION_ATTRIBUTE sets, by its argument. */
const PARTS: Readonly<Record<number, number>> = {
  [FUNCTION_ATTRIBUTE.DEFAULTS]: DEFAULTS,
  [FUNCTION_ATTRIBUTE.KEYWORD_DEFAULTS]: KEYWORD_DEFAULTS,
  [FUNCTION_ATTRIBUTE.CLOSURE]: CLOSURE,
}

const makeFunction: Handler = (run) => {
  const { m, memory, frame } = run
  const code = run.object(1)
  const made = newFunction(m, {
    code,
    globals: memory.get(frame + GLOBALS),
    builtins: memory.get(frame + BUILTINS),
    name: memory.get(code + CODE_NAME),
    qualifiedName: memory.get(code + CODE_QUALIFIED_NAME),
    // Those inside others come and go all the time, and keep variables alive: they end at once.
    deferred: (memory.get(code + FLAGS) & NESTED) === 0,
  })
  run.replace(1, made)
}

/** The function is new, so nobody else looks at it. */
const setFunctionAttribute: Handler = (run, which) => {
  const { m, memory } = run
  const made = run.pop()
  const value = counted(m, run.pop())
  run.push(made)
  setFunctionPart(memory, run.object(1), PARTS[which] as number, value)
}

const returnValue: Handler = (run) => {
  const { m, memory, frame } = run
  const value = run.pop()
  memory.set(frame + TOP, run.top)
  const isEntry = run.isEntry
  const previous = unlink(m, frame)
  if (isEntry) run.finish(value)
  else run.returnTo(previous, value)
  end(m, frame)
}

function listToTuple(m: Runner, list: Address): Address {
  const items = listItems(m, list)
  try {
    return newTuple(m, items)
  } finally {
    dropAll(m, items)
  }
}

/** Operations without an instruction of their own, by the argument of CALL_INTRINSIC_1. */
const INTRINSICS: Readonly<Record<number, (m: Runner, operand: Address) => Address>> = {
  [INTRINSIC.STOPITERATION_ERROR]: stopIterationError,
  [INTRINSIC.UNARY_POSITIVE]: (m, operand) => unary(m, Unary.POSITIVE, operand),
  [INTRINSIC.LIST_TO_TUPLE]: listToTuple,
}

const callIntrinsic1: Handler = (run, which) => {
  const operate = INTRINSICS[which] as (m: Runner, operand: Address) => Address
  run.replace(1, given(run.memory, operate(run.m, run.object(1))))
}

export const FUNCTIONS: Handlers = {
  [OP.MAKE_FUNCTION]: makeFunction,
  [OP.SET_FUNCTION_ATTRIBUTE]: setFunctionAttribute,
  [OP.RETURN_VALUE]: returnValue,
  [OP.CALL_INTRINSIC_1]: callIntrinsic1,
}
