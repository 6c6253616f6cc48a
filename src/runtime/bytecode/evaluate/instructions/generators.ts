/**
 * Generators: making one, yielding, and delegating to another iterator.
 *
 * @see CPython Python/bytecodes.c, RETURN_GENERATOR, YIELD_VALUE and SEND
 */
import { type Address, CELL, NULL } from '../../../memory/memory.ts'
import { decref, incref } from '../../../refcount/biased.ts'
import { FINALIZER, track } from '../../../refcount/object-header.ts'
import { CodeObject } from '../../code/code-object.ts'
import { ENTRY, FRAME_FUNCTION, FRAME_GENERATOR, INSTRUCTION, PREVIOUS, TOP } from '../../code/frame.ts'
import {
  FRAME_IN_GENERATOR,
  GENERATOR_NAME,
  GENERATOR_QUALIFIED_NAME,
  GENERATOR_STATE,
  GeneratorState,
  generatorBytes,
} from '../../code/generator.ts'
import { cachesOf, OP } from '../../compile/opcodes.ts'
import { getAttribute } from '../../objects/attributes.ts'
import { classNamed, specialName } from '../../objects/classes.ts'
import { FUNCTION_NAME, FUNCTION_QUALIFIED_NAME } from '../../objects/function.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import { iterate, next } from '../../objects/operate/iterate.ts'
import { Raised } from '../../objects/raise.ts'
import { given, objectOf, refer } from '../../objects/reference.ts'
import { none } from '../../objects/singletons.ts'
import { popFrame } from '../data-stack.ts'
import { isOf, isRaised, stopValue } from '../errors.ts'
import type { Execution } from '../execution.ts'
import { unlink } from '../frames.ts'
import { claim, generatorSend } from '../generator.ts'
import type { Handler, Handlers } from './handler.ts'

const { localCount: LOCAL_COUNT, stackSize: STACK_SIZE } = CodeObject.offset

/** Bytes of a SEND with its inline cache. */
const SEND_BYTES = (1 + cachesOf(OP.SEND)) * CELL

/** Says that the generator has something to do before it is freed. */
const CLOSES = 1

/** The body of a generator function begins: the call answers with a generator, and the frame moves into that. */
const returnGenerator: Handler = (run) => {
  const { m, memory, frame } = run
  const generator = newGenerator(run)
  const moved = generator + FRAME_IN_GENERATOR
  for (let at = 0; at < run.top - frame; at += CELL) memory.set(moved + at, memory.get(frame + at))
  memory.set(moved + FRAME_GENERATOR, generator)
  memory.set(moved + INSTRUCTION, run.next)
  memory.set(moved + TOP, moved + (run.top - frame))
  const isEntry = run.isEntry
  const previous = unlink(m, frame)
  memory.set(moved + PREVIOUS, NULL)
  memory.set(moved + ENTRY, 0)
  popFrame(memory, run.own, frame)
  if (isEntry) run.finish(generator)
  else run.returnTo(previous, generator)
}

function newGenerator({ m, memory, frame, code }: Execution): Address {
  const bytes = generatorBytes(memory.get(code + LOCAL_COUNT), memory.get(code + STACK_SIZE))
  const generator = m.newObject(Kind.GENERATOR, bytes, 'generator')
  track(memory, generator)
  memory.set(generator + FINALIZER, CLOSES)
  const called = objectOf(memory.get(frame + FRAME_FUNCTION))
  for (const [from, to] of [
    [FUNCTION_NAME, GENERATOR_NAME],
    [FUNCTION_QUALIFIED_NAME, GENERATOR_QUALIFIED_NAME],
  ] as const) {
    const name = memory.get(called + from)
    incref(m, name)
    memory.set(generator + to, name)
  }
  return generator
}

/** The argument says whether the generator only passes on what the iterator yields that it delegates to. */
const yieldValue: Handler = (run, delegates) => {
  const { m, memory, frame } = run
  const value = run.pop()
  memory.set(frame + INSTRUCTION, run.next)
  memory.set(frame + TOP, run.top)
  const generator = memory.get(frame + FRAME_GENERATOR)
  const isEntry = run.isEntry
  const previous = unlink(m, frame)
  if (isEntry) {
    run.yielded = true
    run.finish(value)
  } else {
    run.returnTo(previous, value)
    // Whoever delegates goes on behind its SEND; only when its iterator ends does it jump.
    run.next = run.at + SEND_BYTES
  }
  // Last, and release: from here on another thread may take the generator up.
  memory.storeRelease(generator + GENERATOR_STATE, GeneratorState.SUSPENDED + delegates)
}

/** Sends a value to the iterator below it. A generator runs in the same loop. */
const send: Handler = (run, units) => {
  const { memory } = run
  const receiver = run.object(2)
  if (kindOf(memory, receiver) === Kind.GENERATOR && isClaimed(memory, receiver)) {
    const frame = receiver + FRAME_IN_GENERATOR
    const top = memory.get(frame + TOP)
    memory.set(top, run.pop())
    memory.set(frame + TOP, top + CELL)
    run.callInto(frame, run.next - run.at + units * CELL)
    return
  }
  sendToIterator(run, receiver, units)
}

function isClaimed(memory: Execution['memory'], generator: Address): boolean {
  const state = claim(memory, generator)
  return state !== GeneratorState.EXECUTING && state !== GeneratorState.CLEARED
}

function sendToIterator(run: Execution, receiver: Address, units: number): void {
  const { m, memory } = run
  let value: Address
  try {
    value = valueFrom(run, receiver, run.object(1))
    // What is built in ends without an exception, and with no value.
    if (value === NULL) run.jump(units)
  } catch (error) {
    if (!isRaised(m, error, 'StopIteration')) throw error
    value = stopValue(m, error.exception)
    decref(m, error.exception)
    run.jump(units)
  }
  run.replace(1, given(memory, value === NULL ? none(m) : value))
}

/** @returns NULL at the end. @throws Raised or StopIteration */
function valueFrom({ m, memory }: Execution, receiver: Address, sent: Address): Address {
  const kind = kindOf(memory, receiver)
  if (kind === Kind.GENERATOR) return generatorSend(m, receiver, sent)
  const isAsked = sent === none(m)
  if (isAsked && kind < Kind.INSTANCE) return next(m, receiver)
  const method = getAttribute(m, receiver, specialName(m, isAsked ? '__next__' : 'send'))
  try {
    return m.call(method, isAsked ? [] : [sent])
  } finally {
    decref(m, method)
  }
}

const getYieldFromIter: Handler = (run) => {
  if (kindOf(run.memory, run.object(1)) === Kind.GENERATOR) return
  run.replace(1, given(run.memory, iterate(run.m, run.object(1))))
}

/** The iterator that was delegated to is done: its value stays, it goes. */
const endSend: Handler = (run) => {
  const value = run.pop()
  run.replace(1, value)
}

/** An exception was thrown into an iterator that this generator delegates to. If that ended it, its value is the result. */
const cleanupThrow: Handler = (run) => {
  const { m, memory } = run
  const exception = run.object(1)
  if (!isOf(m, exception, classNamed(m, 'StopIteration'))) {
    incref(m, exception)
    run.again = true
    throw new Raised(exception)
  }
  const value = stopValue(m, exception)
  run.drop(3)
  run.push(refer(m, none(m)))
  run.push(given(memory, value))
}

export const GENERATORS: Handlers = {
  [OP.RETURN_GENERATOR]: returnGenerator,
  [OP.YIELD_VALUE]: yieldValue,
  [OP.SEND]: send,
  [OP.END_SEND]: endSend,
  [OP.GET_YIELD_FROM_ITER]: getYieldFromIter,
  [OP.CLEANUP_THROW]: cleanupThrow,
}
