/**
 * The classes that every interpreter has: those of what is built in, and of exceptions.
 *
 * They are made once, immortal, and stand in a table in the interpreter's record. The class of a built-in kind has
 * the number of the kind.
 */
import type { Address } from '../../memory/memory.ts'
import { CELL } from '../../memory/memory.ts'
import { array, cell } from '../../memory/record.ts'
import { KINDS, Kind } from './kinds.ts'
import type { Mutator } from './mutator.ts'

interface BuiltinClass {
  readonly name: string
  /** Number of the class that it is based on; absent for `object`. */
  readonly base?: number
  /** The kind of its objects. */
  readonly makes: number
}

const kind = (name: string, makes: number, base: number = Kind.INSTANCE): BuiltinClass => ({ name, makes, base })

/** By kind. */
const OF_KINDS: Readonly<Record<Kind, BuiltinClass>> = {
  [Kind.NONE]: kind('NoneType', Kind.NONE),
  [Kind.BOOL]: kind('bool', Kind.BOOL, Kind.INT),
  [Kind.INT]: kind('int', Kind.INT),
  [Kind.FLOAT]: kind('float', Kind.FLOAT),
  [Kind.STR]: kind('str', Kind.STR),
  [Kind.BYTES]: kind('bytes', Kind.BYTES),
  [Kind.ELLIPSIS]: kind('ellipsis', Kind.ELLIPSIS),
  [Kind.NOT_IMPLEMENTED]: kind('NotImplementedType', Kind.NOT_IMPLEMENTED),
  [Kind.TUPLE]: kind('tuple', Kind.TUPLE),
  [Kind.LIST]: kind('list', Kind.LIST),
  [Kind.DICT]: kind('dict', Kind.DICT),
  [Kind.SET]: kind('set', Kind.SET),
  [Kind.FROZENSET]: kind('frozenset', Kind.FROZENSET),
  [Kind.SLICE]: kind('slice', Kind.SLICE),
  [Kind.RANGE]: kind('range', Kind.RANGE),
  [Kind.ITERATOR]: kind('iterator', Kind.ITERATOR),
  [Kind.DICT_VIEW]: kind('dict_keys', Kind.DICT_VIEW),
  [Kind.CODE]: kind('code', Kind.CODE),
  [Kind.FUNCTION]: kind('function', Kind.FUNCTION),
  [Kind.BUILTIN_FUNCTION]: kind('builtin_function_or_method', Kind.BUILTIN_FUNCTION),
  [Kind.METHOD]: kind('method', Kind.METHOD),
  [Kind.CELL]: kind('cell', Kind.CELL),
  [Kind.GENERATOR]: kind('generator', Kind.GENERATOR),
  [Kind.CLASS]: kind('type', Kind.CLASS),
  [Kind.INSTANCE]: { name: 'object', makes: Kind.INSTANCE },
  [Kind.EXCEPTION]: kind('BaseException', Kind.EXCEPTION),
}

/** Exceptions and what each is based on. Bases come first. */
const EXCEPTIONS = {
  GeneratorExit: 'BaseException',
  KeyboardInterrupt: 'BaseException',
  SystemExit: 'BaseException',
  Exception: 'BaseException',
  ArithmeticError: 'Exception',
  FloatingPointError: 'ArithmeticError',
  OverflowError: 'ArithmeticError',
  ZeroDivisionError: 'ArithmeticError',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  BufferError: 'Exception',
  EOFError: 'Exception',
  ImportError: 'Exception',
  LookupError: 'Exception',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  MemoryError: 'Exception',
  NameError: 'Exception',
  UnboundLocalError: 'NameError',
  OSError: 'Exception',
  TimeoutError: 'OSError',
  ReferenceError: 'Exception',
  RuntimeError: 'Exception',
  NotImplementedError: 'RuntimeError',
  RecursionError: 'RuntimeError',
  StopIteration: 'Exception',
  SyntaxError: 'Exception',
  SystemError: 'Exception',
  TypeError: 'Exception',
  ValueError: 'Exception',
  UnicodeError: 'ValueError',
  Warning: 'Exception',
  DeprecationWarning: 'Warning',
  RuntimeWarning: 'Warning',
  UserWarning: 'Warning',
} as const satisfies Record<string, string>

export type ExceptionName = keyof typeof EXCEPTIONS | 'BaseException'

const NAMES = Object.keys(EXCEPTIONS)
const numberOfException = (name: string): number => (name === 'BaseException' ? Kind.EXCEPTION : KINDS + NAMES.indexOf(name))

/** By number. There is none with number zero. */
export const BUILTIN_CLASSES: readonly (BuiltinClass | undefined)[] = [
  undefined,
  ...Object.values(Kind).map((kind) => OF_KINDS[kind]),
  ...Object.values(EXCEPTIONS).map((base, index) => kind(NAMES[index] as string, Kind.EXCEPTION, numberOfException(base))),
]

/** The number of each, by name. */
export const CLASS_NUMBERS: ReadonlyMap<string, number> = new Map(
  BUILTIN_CLASSES.flatMap((description, number) => (description ? [[description.name, number] as const] : [])),
)

/** Names of the methods that the runtime itself calls. */
export const SPECIAL_NAMES = [
  '__init__',
  '__new__',
  '__build_class__',
  '__module__',
  '__qualname__',
  '__classcell__',
  '__classdictcell__',
  'close',
  'send',
  'throw',
  '__call__',
  '__getattr__',
  '__repr__',
  '__str__',
  '__bool__',
  '__len__',
  '__hash__',
  '__iter__',
  '__next__',
  '__contains__',
  '__getitem__',
  '__setitem__',
  '__delitem__',
  '__eq__',
  '__ne__',
  '__lt__',
  '__le__',
  '__gt__',
  '__ge__',
  '__neg__',
  '__pos__',
  '__invert__',
  ...['add', 'and', 'floordiv', 'lshift', 'matmul', 'mul', 'mod', 'or', 'pow', 'rshift', 'sub', 'truediv', 'xor'].flatMap((operator) => [
    `__${operator}__`,
    `__r${operator}__`,
    `__i${operator}__`,
  ]),
] as const

const FIRST_NAME = BUILTIN_CLASSES.length
const NAME_NUMBERS: ReadonlyMap<string, number> = new Map(SPECIAL_NAMES.map((name, index) => [name, FIRST_NAME + index]))

/**
 * Part of an interpreter's record: the class of each number, and then the special names; NULL until they are made. At zero, what
 * `memoryError` answers.
 */
export const Classes = array(cell, FIRST_NAME + SPECIAL_NAMES.length)

/** The cell of a special name in the table. */
export const placeOfName = (m: Mutator, name: string): Address => m.classes + (NAME_NUMBERS.get(name) as number) * CELL

/** A special name as a string, borrowed. */
export const specialName = (m: Mutator, name: string): Address => m.memory.get(placeOfName(m, name))

/** A built-in class, borrowed: it is immortal. */
export const builtinClass = (m: Mutator, number: number): Address => m.memory.get(m.classes + number * CELL)

/** A built-in class by its name, borrowed. */
export const classNamed = (m: Mutator, name: string): Address => builtinClass(m, CLASS_NUMBERS.get(name) as number)

/** The one MemoryError that is there before memory runs out, borrowed: it is immortal. */
export const memoryError = (m: Mutator): Address => m.memory.get(m.classes)
