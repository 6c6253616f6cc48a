/**
 * Running generators: taking one up where it stopped, with a value or an exception, and closing it.
 *
 * Only one thread may run a generator at a time. Whoever wants to claims it first, by an atomic exchange of its state; who comes
 * second is told that it is already executing.
 *
 * @see CPython Objects/genobject.c
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { finalize } from '../../refcount/finalize.ts'
import { FINALIZED, MARKS } from '../../refcount/object-header.ts'
import { INSTRUCTION, TOP } from '../code/frame.ts'
import { FRAME_IN_GENERATOR, GENERATOR_STATE, GeneratorState } from '../code/generator.ts'
import { argumentOf, baseOf, OP, opcodeOf, UNDERLYING } from '../compile/opcodes.ts'
import { RESUME_OUTERMOST } from '../compile/operands.ts'
import { isSubclass } from '../objects/class.ts'
import { classNamed, specialName } from '../objects/classes.ts'
import { setCause, setContext } from '../objects/exception.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { exceptionNamed, Raised, raise, raiseWith } from '../objects/raise.ts'
import { objectOf, refer } from '../objects/reference.ts'
import { none } from '../objects/singletons.ts'
import { newStr } from '../objects/str.ts'
import { typeName } from '../objects/type-name.ts'
import { exceptionOf, isException, isExceptionClass, isOf, isRaised, optionalAttribute } from './errors.ts'
import type { Outcome, Runner } from './execution.ts'
import { endGenerator } from './frames.ts'

const { CREATED, SUSPENDED, SUSPENDED_IN_DELEGATE, EXECUTING, CLEARED } = GeneratorState

/**
 * Makes the calling thread the one that runs a generator.
 * @returns the state that it was in: EXECUTING or CLEARED if it cannot be run.
 */
export function claim(memory: Memory, generator: Address): number {
  for (;;) {
    const state = memory.load(generator + GENERATOR_STATE)
    if (state === EXECUTING || state === CLEARED) return state
    // Acquire: the thread that ran it last has left everything in its frame.
    if (memory.compareExchange(generator + GENERATOR_STATE, state, EXECUTING) === state) return state
  }
}

/** Puts a claimed generator back. Release: the next thread finds its frame as it is now. */
export function release(memory: Memory, generator: Address, state: number): void {
  memory.storeRelease(generator + GENERATOR_STATE, state)
}

/** Takes a claimed generator up. @param value borrowed: what the yield that it stopped in gives. */
function resume(m: Runner, generator: Address, value: Address, thrown?: Address): Outcome {
  const { memory } = m
  const frame = generator + FRAME_IN_GENERATOR
  const top = memory.get(frame + TOP)
  memory.set(top, refer(m, value))
  memory.set(frame + TOP, top + CELL)
  return m.evaluate(frame, thrown)
}

/** What a generator that cannot be run answers. */
function mayRun(m: Runner, state: number): void {
  if (state === EXECUTING) raise(m, 'ValueError', 'generator already executing')
}

/** The next value of a generator: a new reference; NULL if it has ended. What it returned is dropped. */
export function generatorNext(m: Runner, generator: Address): Address {
  const state = claim(m.memory, generator)
  mayRun(m, state)
  if (state === CLEARED) return NULL
  const { value, yielded } = resume(m, generator, none(m))
  if (yielded) return value
  decref(m, value)
  return NULL
}

/** `send`: gives a generator a value, and takes its next one. @throws Raised StopIteration with what it returned */
export function generatorSend(m: Runner, generator: Address, value: Address): Address {
  const { memory } = m
  const state = claim(memory, generator)
  mayRun(m, state)
  if (state === CREATED && value !== none(m)) {
    release(memory, generator, CREATED)
    raise(m, 'TypeError', "can't send non-None value to a just-started generator")
  }
  return state === CLEARED ? raiseStopIteration(m, none(m)) : yieldedBy(m, resume(m, generator, value))
}

/** `throw`: raises an exception where a generator stands. @param exception a class or an instance. */
export function generatorThrow(m: Runner, generator: Address, exception: Address): Address {
  const { memory } = m
  const state = claim(memory, generator)
  mayRun(m, state)
  if (state === SUSPENDED_IN_DELEGATE) return throwIntoDelegate(m, generator, exception)
  let instance: Address
  try {
    instance = instanceOf(m, exception)
  } catch (error) {
    release(memory, generator, state)
    throw error
  }
  return throwInto(m, generator, instance, state)
}

/** `close`: ends a generator, which may still clean up. @returns what it returned. */
export function generatorClose(m: Runner, generator: Address): Address {
  const { memory } = m
  const state = claim(memory, generator)
  mayRun(m, state)
  if (state === CLEARED) return none(m)
  const failure = state === SUSPENDED_IN_DELEGATE ? failureOf(m, () => closeIterator(m, delegateOf(memory, generator))) : undefined
  if (state === CREATED || (failure === undefined && needsNoCleaning(memory, generator))) {
    endGenerator(m, generator)
    return none(m)
  }
  const exception = failure ?? failureOf(m, () => raiseWith(m, 'GeneratorExit', []))
  let outcome: Outcome
  try {
    outcome = resume(m, generator, none(m), exception)
  } catch (error) {
    if (!isRaised(m, error, 'GeneratorExit')) throw error
    decref(m, error.exception)
    return none(m)
  }
  if (!outcome.yielded) return outcome.value
  decref(m, outcome.value)
  return raise(m, 'RuntimeError', 'generator ignored GeneratorExit')
}

/** Closes a generator that has no reference left. @returns whether it is still dead: what it runs may have handed it out. */
export const finalizeGenerator = (m: Runner, generator: Address): boolean => finalize(m, generator, () => closeAlone(m, generator))

/** Closes a generator that nobody can reach, unless that was done before. @returns whether it was suspended, and so may have had something to do. */
export function finishGenerator(m: Runner, generator: Address): boolean {
  const { memory } = m
  const state = memory.get(generator + GENERATOR_STATE)
  const marks = memory.loadRelaxed(generator + MARKS)
  if ((marks & FINALIZED) !== 0 || (state !== SUSPENDED && state !== SUSPENDED_IN_DELEGATE)) return false
  memory.storeRelaxed(generator + MARKS, marks | FINALIZED)
  closeAlone(m, generator)
  return true
}

/** Closes a generator with nobody there who could handle what that raises. */
function closeAlone(m: Runner, generator: Address): void {
  const failure = failureOf(m, () => decref(m, generatorClose(m, generator)))
  if (failure !== undefined) decref(m, failure)
}

/** Runs an action. @returns the exception that it raises, given over; undefined if it raises none. */
function failureOf(m: Runner, action: () => never): Address
function failureOf(m: Runner, action: () => void): Address | undefined
function failureOf(m: Runner, action: () => void): Address | undefined {
  try {
    action()
    return undefined
  } catch (error) {
    const exception = exceptionOf(m, error)
    if (exception === undefined) throw error
    return exception
  }
}

/** What a generator raises instead that lets StopIteration out, which would look like its end. @returns a new reference. */
export function stopIterationError(m: Runner, exception: Address): Address {
  if (!isOf(m, exception, classNamed(m, 'StopIteration'))) {
    incref(m, exception)
    return exception
  }
  const message = newStr(m, 'generator raised StopIteration')
  let error: Address
  try {
    error = exceptionNamed(m, 'RuntimeError', [message])
  } finally {
    decref(m, message)
  }
  setCause(m, error, exception)
  setContext(m, error, exception)
  return error
}

const yieldedBy = (m: Runner, { value, yielded }: Outcome): Address => (yielded ? value : raiseStopIteration(m, value))

/** @param value given over: what the generator returned. */
function raiseStopIteration(m: Runner, value: Address): never {
  try {
    return raiseWith(m, 'StopIteration', value === none(m) ? [] : [value])
  } finally {
    decref(m, value)
  }
}

/** Raises in a claimed generator. @param exception given over. */
function throwInto(m: Runner, generator: Address, exception: Address, state: number): Address {
  if (state === CLEARED) throw new Raised(exception)
  return yieldedBy(m, resume(m, generator, none(m), exception))
}

/** The iterator that a claimed generator delegates to: it lies on top of its stack. Borrowed. */
const delegateOf = (memory: Memory, generator: Address): Address =>
  objectOf(memory.get(memory.get(generator + FRAME_IN_GENERATOR + TOP) - CELL))

function throwIntoDelegate(m: Runner, generator: Address, exception: Address): Address {
  let value: Address = NULL
  let instance: Address = NULL
  const failure = failureOf(m, () => {
    value = throwIntoIterator(m, delegateOf(m.memory, generator), exception)
    if (value === NULL) instance = instanceOf(m, exception)
  })
  if (value === NULL) return throwInto(m, generator, failure ?? instance, SUSPENDED_IN_DELEGATE)
  release(m.memory, generator, SUSPENDED_IN_DELEGATE)
  return value
}

/** @returns the value that it yields; NULL if it knows nothing of exceptions, or is closed instead. */
function throwIntoIterator(m: Runner, delegate: Address, exception: Address): Address {
  if (isGeneratorExit(m, exception)) {
    closeIterator(m, delegate)
    return NULL
  }
  if (kindOf(m.memory, delegate) === Kind.GENERATOR) return generatorThrow(m, delegate, exception)
  const method = optionalAttribute(m, delegate, specialName(m, 'throw'))
  if (method === NULL) return NULL
  try {
    return m.call(method, [exception])
  } finally {
    decref(m, method)
  }
}

function isGeneratorExit(m: Runner, exception: Address): boolean {
  const wanted = classNamed(m, 'GeneratorExit')
  return isException(m, exception) ? isOf(m, exception, wanted) : isExceptionClass(m, exception) && isSubclass(m.memory, exception, wanted)
}

function closeIterator(m: Runner, iterator: Address): void {
  if (kindOf(m.memory, iterator) === Kind.GENERATOR) {
    decref(m, generatorClose(m, iterator))
    return
  }
  const method = optionalAttribute(m, iterator, specialName(m, 'close'))
  if (method === NULL) return
  try {
    decref(m, m.call(method, []))
  } finally {
    decref(m, method)
  }
}

function needsNoCleaning(memory: Memory, generator: Address): boolean {
  const unit = memory.loadRelaxed(memory.get(generator + FRAME_IN_GENERATOR + INSTRUCTION))
  const opcode = opcodeOf(unit)
  return (UNDERLYING.get(opcode) ?? baseOf(opcode)) === OP.RESUME && (argumentOf(unit) & RESUME_OUTERMOST) !== 0
}

/** The exception that a class or an instance stands for: a new reference. */
function instanceOf(m: Runner, exception: Address): Address {
  if (isExceptionClass(m, exception)) return m.call(exception, [])
  if (!isException(m, exception)) {
    raise(m, 'TypeError', `exceptions must be classes or instances deriving from BaseException, not ${typeName(m, exception)}`)
  }
  incref(m, exception)
  return exception
}
