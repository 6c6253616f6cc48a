/**
 * Calls.
 *
 * On the stack lie what is called, then `self` or NULL, then the arguments. A Python function gets a frame and runs in
 * the same loop; everything else is called from here.
 *
 * @see CPython Python/bytecodes.c, CALL, CALL_KW and CALL_FUNCTION_EX
 */
import { type Address, CELL, NULL } from '../../../memory/memory.ts'
import { incref } from '../../../refcount/biased.ts'
import { Event } from '../../code/events.ts'
import { FRAME_FUNCTION, LOCALS } from '../../code/frame.ts'
import { OP } from '../../compile/opcodes.ts'
import { dictItems } from '../../objects/dict.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import { methodFunction, methodSelf } from '../../objects/method.ts'
import { collectItems, isIterable } from '../../objects/operate/iterate.ts'
import { raise } from '../../objects/raise.ts'
import { close, given } from '../../objects/reference.ts'
import { dropAll } from '../../objects/several.ts'
import { newTuple, tupleItems } from '../../objects/tuple.ts'
import { typeName } from '../../objects/type-name.ts'
import { bind, fitsExactly } from '../arguments.ts'
import { describeCallable } from '../describe.ts'
import type { Execution } from '../execution.ts'
import { end, frameFor } from '../frames.ts'
import { passSafePoint } from '../safe-point.ts'
import { topmost } from './containers.ts'
import type { Handler, Handlers } from './handler.ts'
import { ending, tell } from './telling.ts'

/** What lies below the arguments: what is called, and `self` or NULL. */
const BELOW = 2

/** Puts a bound method's function and `self` in its place. @param depth of what is called. */
function expandMethod(run: Execution, depth: number): void {
  const { m, memory } = run
  const method = run.object(depth)
  if (kindOf(memory, method) !== Kind.METHOD || run.peek(depth - 1) !== NULL) return
  const self = methodSelf(memory, method)
  const called = methodFunction(memory, method)
  incref(m, self)
  incref(m, called)
  run.exchange(depth - 1, given(memory, self))
  close(m, run.exchange(depth, given(memory, called)))
}

/** Arguments with `self` in front if there is one. @param count of arguments on top of it. */
const withSelf = (run: Execution, count: number): number => (run.peek(count + 1) === NULL ? count : count + 1)

const call =
  (told: boolean): Handler =>
  (run, count) => {
    expandMethod(run, count + BELOW)
    if (told) tellCall(run, count + BELOW, count)
    const callable = run.object(count + BELOW)
    const total = withSelf(run, count)
    if (kindOf(run.memory, callable) !== Kind.FUNCTION) {
      const result = callOther(run, callable, topmost(run, total), [], told)
      run.replace(count + BELOW, given(run.memory, result))
      passSafePoint(run.m)
    } else if (fitsExactly(run.memory, callable, total)) moveIntoFunction(run, callable, total, count)
    else enterFunction(run, callable, topmost(run, total), [], count)
  }

/** Enters a function that takes exactly these arguments: they move from one frame to the other. */
function moveIntoFunction(run: Execution, called: Address, total: number, count: number): void {
  const { m, memory } = run
  const frame = frameFor(m, called)
  const first = run.top - total * CELL
  for (let at = 0; at < total * CELL; at += CELL) memory.set(frame + LOCALS + at, memory.get(first + at))
  run.top -= (count + 1) * CELL
  memory.set(frame + FRAME_FUNCTION, run.pop())
  run.callInto(frame, run.next - run.at)
}

/** @param count of values on the stack above `self`. */
function enterFunction(run: Execution, called: Address, values: readonly Address[], names: readonly Address[], count: number): void {
  const { m, memory } = run
  const frame = frameFor(m, called)
  bindOrEnd(run, frame, called, values, names)
  run.drop(count + 1)
  memory.set(frame + FRAME_FUNCTION, run.pop())
  run.callInto(frame, run.next - run.at)
}

function bindOrEnd({ m }: Execution, frame: Address, called: Address, values: readonly Address[], names: readonly Address[]): void {
  let bound = false
  try {
    bind(m, frame, called, values, names)
    bound = true
  } finally {
    if (!bound) end(m, frame)
  }
}

/** The names of the last arguments lie on top. */
const callKw =
  (told: boolean): Handler =>
  (run, count) => {
    const { memory } = run
    if (told) tellCall(run, count + 1 + BELOW, count)
    const names = tupleItems(memory, run.object(1))
    expandMethod(run, count + 1 + BELOW)
    const callable = run.object(count + 1 + BELOW)
    const total = run.peek(count + BELOW) === NULL ? count : count + 1
    const values = topmost(run, total + 1).slice(0, -1)
    if (kindOf(memory, callable) === Kind.FUNCTION) enterFunction(run, callable, values, names, count + 1)
    else run.replace(count + 1 + BELOW, given(memory, callOther(run, callable, values, names, told)))
  }

/** The argument says that keywords lie on top, in a dictionary; below them the positional arguments, in anything that can be iterated. */
const callFunctionEx =
  (told: boolean): Handler =>
  (run, hasKeywords) => {
    const { m, memory } = run
    const count = hasKeywords & 1
    makeTuple(run, count + 1)
    const callable = run.object(count + 1 + BELOW)
    const values = tupleItems(memory, run.object(count + 1))
    if (told) tell(run, Event.CALL, callable, values[0])
    const names: Address[] = []
    // The values are held by the dictionary, and that by the stack; nobody else has it.
    if (count === 1) {
      for (const [name, value] of dictItems(m, run.object(1))) {
        if (kindOf(memory, name) !== Kind.STR) raise(m, 'TypeError', 'keywords must be strings')
        names.push(name)
        values.push(value)
      }
    }
    if (kindOf(memory, callable) === Kind.FUNCTION) {
      enterFunction(run, callable, values, names, count + 1)
      return
    }
    run.replace(count + 1 + BELOW, given(memory, callOther(run, callable, values, names, told)))
    passSafePoint(m)
  }

/** Tells tools of a call whose callable, and then `self` and the arguments, lie on the stack. */
function tellCall(run: Execution, depth: number, count: number): void {
  const hasSelf = run.peek(depth - 1) !== NULL
  const first = hasSelf ? run.object(depth - 1) : count > 0 ? run.object(depth - BELOW) : undefined
  tell(run, Event.CALL, run.object(depth), first)
}

/** Calls what is not a Python function. Whoever was told of the call is told how it ends. */
const callOther = (run: Execution, callable: Address, values: readonly Address[], names: readonly Address[], told: boolean): Address =>
  ending(run, callable, values[0], told, () => run.m.call(callable, values, names))

/** Puts a tuple in the place of the positional arguments. */
function makeTuple(run: Execution, depth: number): void {
  const { m, memory } = run
  const values = run.object(depth)
  if (kindOf(memory, values) === Kind.TUPLE) return
  if (!isIterable(m, values)) {
    const called = describeCallable(m, run.object(depth + BELOW))
    raise(m, 'TypeError', `${called} argument after * must be an iterable, not ${typeName(m, values)}`)
  }
  const items = collectItems(m, values)
  let tuple: Address
  try {
    tuple = newTuple(m, items)
  } finally {
    dropAll(m, items)
  }
  close(m, run.exchange(depth, given(memory, tuple)))
}

export const CALLS: Handlers = {
  [OP.CALL]: call(false),
  [OP.CALL_KW]: callKw(false),
  [OP.CALL_FUNCTION_EX]: callFunctionEx(false),
  [OP.INSTRUMENTED_CALL]: call(true),
  [OP.INSTRUMENTED_CALL_KW]: callKw(true),
  [OP.INSTRUMENTED_CALL_FUNCTION_EX]: callFunctionEx(true),
}
