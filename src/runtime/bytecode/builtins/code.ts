/**
 * Compiling and running programs from within one.
 *
 * @see CPython Python/bltinmodule.c, builtin_compile_impl, builtin_eval_impl and builtin_exec_impl
 */
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { CodeObject } from '../code/code-object.ts'
import { FRAME_CODE, GLOBALS, LOCALS, NAMESPACE } from '../code/frame.ts'
import { compile } from '../compile/compile.ts'
import type { CompiledCode } from '../compile/compiled-code.ts'
import { CompileError } from '../compile/error.ts'
import { load } from '../constants/load.ts'
import { suppressed } from '../constants/suppression.ts'
import { runner } from '../evaluate/execution.ts'
import { runCode } from '../evaluate/module.ts'
import type { Builtin } from '../objects/builtin-function.ts'
import { cellGet } from '../objects/cell.ts'
import { newDict } from '../objects/dict.ts'
import { filled } from '../objects/filled.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import type { Caller } from '../objects/mutator.ts'
import { setName } from '../objects/names.ts'
import { raise } from '../objects/raise.ts'
import { objectOf } from '../objects/reference.ts'
import { none } from '../objects/singletons.ts'
import { textOf } from '../objects/str.ts'
import { tupleItem } from '../objects/tuple.ts'
import { typeName } from '../objects/type-name.ts'
import { anyhow, mustBeGiven, named, ofSome } from './definition.ts'

/** A module's body, or one expression. */
export type Mode = 'exec' | 'eval'

/**
 * The code object of a program's text.
 * @returns a new reference.
 * @throws Raised SyntaxError, also for Python that is not in the subset
 */
export function loadText(m: Caller, source: string, filename: string, mode: Mode): Address {
  return load(m, compiled(m, source, filename, mode))
}

function compiled(m: Caller, source: string, filename: string, mode: Mode): CompiledCode {
  try {
    return compile(source, filename, mode)
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return raise(m, 'SyntaxError', `${error.message} (${filename}, line ${error.line})`)
  }
}

const compileFunction = ofSome('compile', 3, 3, (m, source, filename, mode) => {
  const [text, file, how] = [source, filename, mode].map((value, index) => textArgument(m, value as Address, index + 1))
  if (how !== 'exec' && how !== 'eval') raise(m, 'ValueError', "compile() mode must be 'exec' or 'eval'")
  // What is compiled here may be kept apart from this interpreter, so its constants are not this one's.
  return suppressed(m, () => loadText(m, text as string, file as string, how))
})

function textArgument(m: Caller, value: Address, place: number): string {
  if (kindOf(m.memory, value) === Kind.STR) return textOf(m.memory, value)
  return raise(m, 'TypeError', `compile() arg ${place} must be a string, not ${typeName(m, value)}`)
}

/** Where a program runs: dictionaries, held by the caller. */
interface Surroundings {
  readonly globals: Address
  readonly namespace: Address
}

const evalFunction = anyhow('eval', (m, values, names) =>
  within(m, 'eval', values, names, (source, surroundings) => {
    if (kindOf(m.memory, source) === Kind.CODE) return runIn(m, 'eval', source, surroundings)
    const text = textOf(m.memory, source).replace(/^[ \t]+/, '')
    // What an expression holds is not needed again, so it does not stay.
    return suppressed(m, () => runCompiled(m, 'eval', text, surroundings))
  }),
)

const execFunction = anyhow('exec', (m, values, names) =>
  within(m, 'exec', values, names, (source, surroundings) => {
    const isCode = kindOf(m.memory, source) === Kind.CODE
    decref(m, isCode ? runIn(m, 'exec', source, surroundings) : runCompiled(m, 'exec', textOf(m.memory, source), surroundings))
    return none(m)
  }),
)

function runCompiled(m: Caller, mode: Mode, text: string, surroundings: Surroundings): Address {
  const code = loadText(m, text, '<string>', mode)
  try {
    return runIn(m, mode, code, surroundings)
  } finally {
    decref(m, code)
  }
}

function runIn(m: Caller, name: string, code: Address, { globals, namespace }: Surroundings): Address {
  const free = m.memory.get(code + CodeObject.offset.freeCount)
  if (free > 0) {
    const refusal =
      name === 'eval'
        ? 'code object passed to eval() may not contain free variables'
        : `code object requires a closure of exactly length ${free}`
    raise(m, 'TypeError', refusal)
  }
  return runCode(runner(m), code, globals, namespace)
}

/** Runs an action with a program and where it is to run: where it is called from, unless the arguments say so. */
function within(
  m: Caller,
  name: string,
  values: readonly Address[],
  names: readonly Address[],
  action: (source: Address, surroundings: Surroundings) => Address,
): Address {
  const { positional, byName } = named(m, name, values, names, ['globals', 'locals'])
  mustBeGiven(m, name, positional.length, 3)
  const source = positional[0] as Address
  const kind = kindOf(m.memory, source)
  if (kind !== Kind.STR && kind !== Kind.CODE) raise(m, 'TypeError', `${name}() arg 1 must be a string, bytes or code object`)
  const globals = dictionary(
    m,
    name === 'eval' ? 'globals must be a dict' : 'exec() globals must be a dict, not %',
    positional[1] ?? byName.globals,
  )
  const locals = dictionary(
    m,
    name === 'eval' ? 'locals must be a mapping' : 'locals must be a mapping or None, not %',
    positional[2] ?? byName.locals,
  )
  if (globals !== NULL) return action(source, { globals, namespace: locals === NULL ? globals : locals })
  const here = m.memory.get(m.memory.get(m.own.frame) + GLOBALS)
  if (locals !== NULL) return action(source, { globals: here, namespace: locals })
  const namespace = localsOf(m, m.memory.get(m.own.frame))
  try {
    return action(source, { globals: here, namespace })
  } finally {
    decref(m, namespace)
  }
}

/** @param refusal of what is none, with `%` for its type. @returns NULL if it was left out. */
function dictionary(m: Caller, refusal: string, value: Address | undefined): Address {
  if (value === undefined || value === none(m)) return NULL
  if (kindOf(m.memory, value) !== Kind.DICT) raise(m, 'TypeError', refusal.replace('%', typeName(m, value)))
  return value
}

/** The dictionary of a frame's names: its own, or a new one with what its variables hold now. A new reference. */
function localsOf(m: Caller, frame: Address): Address {
  const { memory } = m
  const namespace = objectOf(memory.get(frame + NAMESPACE))
  if (namespace !== NULL) {
    incref(m, namespace)
    return namespace
  }
  const code = objectOf(memory.get(frame + FRAME_CODE))
  const { localNames, localCount } = CodeObject.offset
  return filled(m, newDict(m), (made) => {
    for (let index = 0; index < memory.get(code + localCount); index++) {
      const value = valueIn(m, objectOf(memory.get(frame + LOCALS + index * CELL)))
      if (value === NULL) continue
      try {
        setName(m, made, tupleItem(memory, memory.get(code + localNames), index), value)
      } finally {
        decref(m, value)
      }
    }
  })
}

/** @returns a new reference; NULL for a variable without a value. */
function valueIn(m: Caller, held: Address): Address {
  if (held === NULL) return NULL
  if (kindOf(m.memory, held) === Kind.CELL) return cellGet(m, held)
  incref(m, held)
  return held
}

export const CODE: readonly Builtin[] = [compileFunction, evalFunction, execFunction]
