/**
 * Operators, generic and specialized.
 *
 * A specialized form looks whether the operands are still of the types that it is for. If not it does what the generic one does, and counts
 * that it missed: after enough misses another attempt is made (`specialize/`). Hits are not counted.
 *
 * @see CPython Python/bytecodes.c
 */
import { type Address, CELL, type Memory, NULL } from '../../../memory/memory.ts'
import { isUniquelyReferenced } from '../../../refcount/biased.ts'
import { argumentOf, OP, opcodeOf } from '../../compile/opcodes.ts'
import { COMPARE_TO_BOOL, COMPARISON_SHIFT } from '../../compile/operands.ts'
import { dictContains } from '../../objects/dict-items.ts'
import { floatOf, newFloat, setFloat } from '../../objects/float.ts'
import { changeInt, newInt, safeIntegerOf } from '../../objects/int.ts'
import { addInts, multiplyInts, subtractInts } from '../../objects/int-arithmetic.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import type { Caller } from '../../objects/mutator.ts'
import { binary } from '../../objects/operate/binary.ts'
import { compare } from '../../objects/operate/compare.ts'
import { contains } from '../../objects/operate/items.ts'
import { Unary } from '../../objects/operate/operation.ts'
import { truth as isTrue } from '../../objects/operate/truth.ts'
import { unary } from '../../objects/operate/unary.ts'
import { close, counted, given, objectOf, type Reference, uncounted } from '../../objects/reference.ts'
import { setContains } from '../../objects/set-items.ts'
import { truthValue } from '../../objects/singletons.ts'
import { appendInPlace, concatenate } from '../../objects/str-text.ts'
import { specializeBinaryOp } from '../../specialize/binary-op.ts'
import { specializeContainsOp } from '../../specialize/contains-op.ts'
import { advance, fires } from '../../specialize/counter.ts'
import type { Execution } from '../execution.ts'
import type { Handler, Handlers } from './handler.ts'

/** A truth value as it lies on the stack. */
export const truth = (run: Execution, value: boolean): Reference => uncounted(truthValue(run.m, value))

const binaryGeneric: Handler = (run, operation) => {
  const result = binary(run.m, operation, run.object(2), run.object(1))
  run.replace(2, given(run.memory, result))
}

const binaryOp: Handler = (run, operation) => {
  const { memory, at } = run
  if (fires(memory, at)) {
    specializeBinaryOp(memory, at, run.peek(2), run.peek(1), operation, run.locals)
    run.fetchAgain()
    return
  }
  advance(memory, at)
  binaryGeneric(run, operation)
}

/** As the generic form, which begins with the counter. */
const missed = binaryOp

/** Whether both operands are of one exact type. */
const areBoth = (memory: Memory, kind: number, left: Address, right: Address): boolean =>
  kindOf(memory, left) === kind && kindOf(memory, right) === kind

/**
 * A form for two floats. Where the left one is only in the way any more, as the sums in the middle of a longer one are, the result takes its
 * place, instead of one object being made and another ended.
 */
const ofFloats =
  (operate: (left: number, right: number) => number): Handler =>
  (run, operation) => {
    const { m, memory } = run
    const left = run.object(2)
    const right = run.object(1)
    if (!areBoth(memory, Kind.FLOAT, left, right)) {
      missed(run, operation)
      return
    }
    const result = operate(floatOf(memory, left), floatOf(memory, right))
    if (isUniquelyReferenced(m, left)) {
      setFloat(memory, left, result)
      run.drop(1)
    } else run.replace(2, newFloat(m, result))
  }

/**
 * A form for two ints, as that for floats.
 * @param exactly operates on numbers of any size, and makes a new reference.
 */
const ofInts =
  (operate: (left: number, right: number) => number, exactly: (m: Caller, left: Address, right: Address) => Address): Handler =>
  (run, operation) => {
    const { m, memory } = run
    const left = run.object(2)
    const right = run.object(1)
    if (!areBoth(memory, Kind.INT, left, right)) {
      missed(run, operation)
      return
    }
    const result = operate(safeIntegerOf(memory, left), safeIntegerOf(memory, right))
    // So it is not if one of them is too large for JavaScript's numbers, either: then it is NaN.
    if (!Number.isSafeInteger(result)) run.replace(2, given(memory, exactly(m, left, right)))
    else if (isUniquelyReferenced(m, left) && changeInt(memory, left, result)) run.drop(1)
    else run.replace(2, given(memory, newInt(m, result)))
  }

/** A form for two strings. */
const addUnicode: Handler = (run, operation) => {
  const left = run.object(2)
  const right = run.object(1)
  if (areBoth(run.memory, Kind.STR, left, right)) run.replace(2, given(run.memory, concatenate(run.m, left, right)))
  else missed(run, operation)
}

/**
 * Appends to a string that goes back to the variable that it comes from. If nobody else has it, it grows in
 * place; and the instruction that stores it is skipped.
 */
const inplaceAddUnicode: Handler = (run, operation) => {
  const { m, memory } = run
  const left = run.object(2)
  const right = run.object(1)
  const store = memory.loadRelaxed(run.next)
  const index = argumentOf(store)
  // A tool may have asked for the line of the store meanwhile: then it must not be passed over.
  const isStore = opcodeOf(store) === OP.STORE_FAST
  const isFor = isStore && areBoth(memory, Kind.STR, left, right) && objectOf(run.local(index)) === left
  if (!isFor) {
    missed(run, operation)
    return
  }
  const place = run.locals + index * CELL
  // The stack's reference goes first, so that the variable's may be the only one.
  close(m, run.exchange(2, NULL))
  const variable = counted(m, memory.get(place))
  memory.set(place, NULL)
  memory.set(place, given(memory, appendInPlace(m, variable, right)))
  run.drop(2)
  run.next += CELL
}

const answer = (run: Execution, found: boolean, inverted: number): void => run.replace(2, truth(run, found !== (inverted !== 0)))

const containsOp: Handler = (run, inverted) => {
  const { memory, at } = run
  if (fires(memory, at)) {
    specializeContainsOp(memory, at, run.peek(1))
    run.fetchAgain()
    return
  }
  advance(memory, at)
  answer(run, contains(run.m, run.object(1), run.object(2)), inverted)
}

/** Forms for one kind of container, or two. @param search what looks into such a container. */
const containsOpFor =
  (isFor: (kind: number) => boolean, search: (m: Caller, container: Address, item: Address) => boolean): Handler =>
  (run, inverted) => {
    const container = run.object(1)
    if (isFor(kindOf(run.memory, container))) answer(run, search(run.m, container, run.object(2)), inverted)
    else containsOp(run, inverted)
  }

const compareOp: Handler = (run, argument) => {
  const { m, memory } = run
  const result = compare(m, argument >> COMPARISON_SHIFT, run.object(2), run.object(1))
  if ((argument & COMPARE_TO_BOOL) === 0) {
    run.replace(2, given(memory, result))
    return
  }
  const reference = given(memory, result)
  // It stands on the stack while it is asked, in case that fails.
  run.replace(2, reference)
  run.replace(1, truth(run, isTrue(m, result)))
}

const withOperand =
  (operation: number): Handler =>
  (run) =>
    run.replace(1, given(run.memory, unary(run.m, operation, run.object(1))))

export const ARITHMETIC: Handlers = {
  [OP.BINARY_OP]: binaryOp,
  [OP.BINARY_OP_ADD_INT]: ofInts((left, right) => left + right, addInts),
  [OP.BINARY_OP_SUBTRACT_INT]: ofInts((left, right) => left - right, subtractInts),
  [OP.BINARY_OP_MULTIPLY_INT]: ofInts((left, right) => left * right, multiplyInts),
  [OP.BINARY_OP_ADD_FLOAT]: ofFloats((left, right) => left + right),
  [OP.BINARY_OP_SUBTRACT_FLOAT]: ofFloats((left, right) => left - right),
  [OP.BINARY_OP_MULTIPLY_FLOAT]: ofFloats((left, right) => left * right),
  [OP.BINARY_OP_ADD_UNICODE]: addUnicode,
  [OP.BINARY_OP_INPLACE_ADD_UNICODE]: inplaceAddUnicode,
  [OP.CONTAINS_OP]: containsOp,
  [OP.CONTAINS_OP_DICT]: containsOpFor((kind) => kind === Kind.DICT, dictContains),
  [OP.CONTAINS_OP_SET]: containsOpFor((kind) => kind === Kind.SET || kind === Kind.FROZENSET, setContains),
  [OP.COMPARE_OP]: compareOp,
  [OP.IS_OP]: (run, inverted) => run.replace(2, truth(run, (run.object(2) === run.object(1)) !== (inverted !== 0))),
  [OP.TO_BOOL]: (run) => run.replace(1, truth(run, isTrue(run.m, run.object(1)))),
  [OP.UNARY_NOT]: (run) => run.replace(1, truth(run, run.object(1) === truthValue(run.m, false))),
  [OP.UNARY_NEGATIVE]: withOperand(Unary.NEGATIVE),
  [OP.UNARY_INVERT]: withOperand(Unary.INVERT),
}
