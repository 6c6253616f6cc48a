/**
 * Raising and handling exceptions.
 *
 * @see CPython Python/ceval.c, do_raise
 */
import { type Address, CELL, NULL } from '../../../memory/memory.ts'
import { decref, incref } from '../../../refcount/biased.ts'
import { INSTRUCTION } from '../../code/frame.ts'
import { handledCell, handledException } from '../../code/handled.ts'
import { OP } from '../../compile/opcodes.ts'
import { setCause } from '../../objects/exception.ts'
import { safeIntegerOf } from '../../objects/int.ts'
import { Kind, kindOf } from '../../objects/kinds.ts'
import { repr } from '../../objects/operate/repr.ts'
import { Raised, raise } from '../../objects/raise.ts'
import { counted, objectOf, uncounted } from '../../objects/reference.ts'
import { none } from '../../objects/singletons.ts'
import { tupleItems } from '../../objects/tuple.ts'
import { typeName } from '../../objects/type-name.ts'
import { isException, isExceptionClass, isOf } from '../errors.ts'
import type { Execution } from '../execution.ts'
import { truth } from './arithmetic.ts'
import type { Handler, Handlers } from './handler.ts'

/** What is handled from now on goes below the exception, so that it can be put back. */
const pushExcInfo: Handler = (run) => {
  const { m, memory } = run
  const cell = handledCell(memory, run.own)
  const before = memory.get(cell)
  const exception = run.object(1)
  incref(m, exception)
  memory.set(cell, exception)
  run.push(run.exchange(1, before === NULL ? uncounted(none(m)) : before))
}

const popExcept: Handler = (run) => {
  const { m, memory } = run
  const cell = handledCell(memory, run.own)
  const handled = memory.get(cell)
  const before = run.pop()
  memory.set(cell, objectOf(before) === none(m) ? NULL : counted(m, before))
  if (handled !== NULL) decref(m, handled)
}

const checkExcMatch: Handler = (run) => {
  const { m, memory } = run
  const wanted = run.object(1)
  const classes = kindOf(memory, wanted) === Kind.TUPLE ? tupleItems(memory, wanted) : [wanted]
  if (!classes.every((each) => isExceptionClass(m, each))) {
    raise(m, 'TypeError', 'catching classes that do not inherit from BaseException is not allowed')
  }
  const exception = run.object(2)
  run.replace(
    1,
    truth(
      run,
      classes.some((each) => isOf(m, exception, each)),
    ),
  )
}

const raiseVarargs: Handler = (run, count) => {
  if (count === 0) raiseAgain(run)
  const { m } = run
  const exception = instanceFor(run, run.object(count), 'exceptions')
  try {
    if (count === 2) causedBy(run, exception, run.object(1))
  } catch (error) {
    decref(m, exception)
    throw error
  }
  throw new Raised(exception)
}

function raiseAgain(run: Execution): never {
  const { m } = run
  const exception = handledException(m)
  if (exception === NULL) raise(m, 'RuntimeError', 'No active exception to reraise')
  incref(m, exception)
  run.again = true
  throw new Raised(exception)
}

/** The exception that a class or an instance stands for: a new reference. @param what is said to have to be one. */
function instanceFor({ m }: Execution, raised: Address, what: string): Address {
  if (isException(m, raised)) {
    incref(m, raised)
    return raised
  }
  if (!isExceptionClass(m, raised)) raise(m, 'TypeError', `${what} must derive from BaseException`)
  const instance = m.call(raised, [])
  if (isException(m, instance)) return instance
  const type = typeName(m, instance)
  decref(m, instance)
  return raise(m, 'TypeError', `calling ${repr(m, raised)} should have returned an instance of BaseException, not <class '${type}'>`)
}

function causedBy(run: Execution, exception: Address, cause: Address): void {
  const { m } = run
  if (cause === none(m)) {
    setCause(m, exception, NULL)
    return
  }
  const instance = instanceFor(run, cause, 'exception causes')
  setCause(m, exception, instance)
  decref(m, instance)
}

/** Raises again what lies on top; below it may stand where it was raised first. */
const reraise: Handler = (run, depth) => {
  const { m, memory } = run
  const exception = counted(m, run.pop())
  if (depth > 0) memory.set(run.frame + INSTRUCTION, run.start + safeIntegerOf(memory, run.object(depth)) * CELL)
  run.again = true
  throw new Raised(exception)
}

export const EXCEPTIONS: Handlers = {
  [OP.PUSH_EXC_INFO]: pushExcInfo,
  [OP.POP_EXCEPT]: popExcept,
  [OP.CHECK_EXC_MATCH]: checkExcMatch,
  [OP.RAISE_VARARGS]: raiseVarargs,
  [OP.RERAISE]: reraise,
}
