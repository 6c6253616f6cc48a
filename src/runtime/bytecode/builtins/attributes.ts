/** Attributes of built-in classes that are computed when they are asked for. */
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { CodeObject } from '../code/code-object.ts'
import { isException, stopValue } from '../evaluate/errors.ts'
import { attributesOf, type Builtin, builtinOf } from '../objects/builtin-function.ts'
import { basesOf, classNameOf, orderOf, typeOf } from '../objects/class.ts'
import { argsOf, causeOf, contextOf, setArgs, setCause, setContext, suppressContext, suppressesContext } from '../objects/exception.ts'
import { FunctionObject } from '../objects/function.ts'
import { newInt } from '../objects/int.ts'
import { itself } from '../objects/itself.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { collectItems } from '../objects/operate/iterate.ts'
import { raise } from '../objects/raise.ts'
import { dropAll } from '../objects/several.ts'
import { none, truthValue } from '../objects/singletons.ts'
import { newStr } from '../objects/str.ts'
import { newTuple } from '../objects/tuple.ts'

/** What a cell of an object leads to, or None. */
const part =
  (offset: number) =>
  (m: Caller, object: Address): Address => {
    const found = m.memory.get(object + offset)
    return found === NULL ? none(m) : itself(m, found)
  }

/** What is there, or None. */
const orNone =
  (get: (m: Caller, object: Address) => Address) =>
  (m: Caller, object: Address): Address =>
    get(m, object) || none(m)

const number =
  (offset: number) =>
  (m: Caller, object: Address): Address =>
    newInt(m, m.memory.get(object + offset))

const { offset: code } = CodeObject
const { offset: called } = FunctionObject

const mayNotBeDeleted = (m: Caller, name: string): never => raise(m, 'TypeError', `${name} may not be deleted`)

/** Sets what leads from one exception to another. @param what it is called in messages. */
const linked =
  (name: string, what: string, set: (m: Caller, object: Address, value: Address) => void) =>
  (m: Caller, object: Address, value: Address): void => {
    if (value === NULL) mayNotBeDeleted(m, name)
    if (value !== none(m) && !isException(m, value)) raise(m, 'TypeError', `exception ${what} must be None or derive from BaseException`)
    set(m, object, value === none(m) ? NULL : value)
  }

function setArguments(m: Caller, exception: Address, value: Address): void {
  if (value === NULL) mayNotBeDeleted(m, 'args')
  const items = collectItems(m, value)
  try {
    const args = newTuple(m, items)
    setArgs(m, exception, args)
    decref(m, args)
  } finally {
    dropAll(m, items)
  }
}

function setSuppression(m: Caller, exception: Address, value: Address): void {
  if (value === NULL) raise(m, 'TypeError', "can't delete numeric/char attribute")
  if (kindOf(m.memory, value) !== Kind.BOOL) raise(m, 'TypeError', 'attribute value type must be bool')
  suppressContext(m.memory, exception, value === truthValue(m, true))
}

export const ATTRIBUTES: readonly Builtin[] = [
  ...attributesOf('object', { __class__: (m, object) => itself(m, typeOf(m, object)) }),
  ...attributesOf('type', {
    __name__: (m, type) => itself(m, classNameOf(m.memory, type)),
    __bases__: (m, type) => itself(m, basesOf(m.memory, type)),
    __mro__: (m, type) => itself(m, orderOf(m.memory, type)),
  }),
  ...attributesOf('function', {
    __name__: part(called.name),
    __qualname__: part(called.qualifiedName),
    __code__: part(called.code),
    __defaults__: part(called.defaults),
    __kwdefaults__: part(called.keywordDefaults),
    __closure__: part(called.closure),
    __globals__: part(called.globals),
  }),
  ...attributesOf('builtin_function_or_method', { __name__: (m, object) => newStr(m, builtinOf(m, object).name) }),
  ...attributesOf('code', {
    co_name: part(code.name),
    co_qualname: part(code.qualifiedName),
    co_filename: part(code.filename),
    co_names: part(code.names),
    co_consts: part(code.constants),
    co_firstlineno: number(code.firstLine),
    co_argcount: number(code.argumentCount),
    co_flags: number(code.flags),
  }),
  ...attributesOf(
    'BaseException',
    {
      args: argsOf,
      __cause__: orNone(causeOf),
      __context__: orNone(contextOf),
      __suppress_context__: (m, exception) => truthValue(m, suppressesContext(m.memory, exception)),
    },
    {
      args: setArguments,
      __cause__: linked('__cause__', 'cause', setCause),
      __context__: linked('__context__', 'context', setContext),
      __suppress_context__: setSuppression,
    },
  ),
  ...attributesOf('StopIteration', { value: stopValue }),
]
