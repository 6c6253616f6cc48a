/** Operations on programs. */
import type { Facts } from '../../../protocol/operations.ts'
import { prepareInterpreter } from '../../../runtime/bytecode/builtins/prepare.ts'
import { compile } from '../../../runtime/bytecode/compile/compile.ts'
import type { Constant } from '../../../runtime/bytecode/compile/compiled-code.ts'
import { CompileError } from '../../../runtime/bytecode/compile/error.ts'
import { fold } from '../../../runtime/bytecode/compile/fold.ts'
import { parse } from '../../../runtime/bytecode/compile/parse.ts'
import { internText } from '../../../runtime/bytecode/constants/intern.ts'
import { load, newConstant } from '../../../runtime/bytecode/constants/load.ts'
import { recreate } from '../../../runtime/bytecode/constants/recreate.ts'
import { suppressed } from '../../../runtime/bytecode/constants/suppression.ts'
import { runCode } from '../../../runtime/bytecode/evaluate/module.ts'
import { memoryError } from '../../../runtime/bytecode/objects/classes.ts'
import { dictClear, newDict } from '../../../runtime/bytecode/objects/dict.ts'
import { raisedIn } from '../../../runtime/bytecode/objects/exception.ts'
import { setName } from '../../../runtime/bytecode/objects/names.ts'
import { repr, text } from '../../../runtime/bytecode/objects/operate/repr.ts'
import { Raised } from '../../../runtime/bytecode/objects/raise.ts'
import { typeName } from '../../../runtime/bytecode/objects/type-name.ts'
import { collect } from '../../../runtime/interpreter/collect.ts'
import type { Thread } from '../../../runtime/interpreter/thread.ts'
import { clearUnusedCopies } from '../../../runtime/interpreter/unused-copies.ts'
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { OutOfMemory } from '../../../runtime/memory/out-of-memory.ts'
import { decref } from '../../../runtime/refcount/biased.ts'
import { type Actor, Unsupported } from '../actor.ts'
import type { Performs } from './operation.ts'
import { resolve, withCode } from './paths.ts'

type RaisedFact = Facts<'code.run'>['raised']

export const programs: Performs<'code'> = {
  'code.run'(actor, { module, source }) {
    const m = prepared(actor)
    const dict = moduleNamed(actor, module)
    const raised = attempt(m, () => {
      const code = load(m, compiled(source, 'exec'))
      try {
        decref(m, runCode(m, code, dict, dict))
      } finally {
        decref(m, code)
      }
    })
    return { raised }
  },

  'code.call'(actor, { module, function: path, args = [], times = 1, keep }) {
    const m = actor.thread
    const dict = actor.address('module', module)
    let result: string | null = null
    const raised = attempt(m, () =>
      holding(m, [() => resolve(m, dict, path), ...args.map((arg) => () => argument(m, dict, arg))], ([callable, ...values]) => {
        for (let call = 1; call < times; call++) decref(m, m.call(callable as Address, values))
        holding(m, [() => m.call(callable as Address, values)], ([answer]) => {
          if (keep !== undefined) setName(m, dict, internText(m, keep), answer as Address)
          result = repr(m, answer as Address)
        })
      }),
    )
    return { result, raised }
  },

  'code.make'(actor, { module, code: name, source = '', mode = 'exec', how, from = '' }) {
    const m = prepared(actor)
    const dict = moduleNamed(actor, module)
    const make = () => (how === 'replace' ? withCode(m, dict, from, (code) => recreate(m, code)) : load(m, compiled(source, mode)))
    const raised = attempt(m, () =>
      // What the built-in function makes is meant for somebody else.
      holding(m, [() => (how === 'compile' ? suppressed(m, make) : make())], ([code]) => {
        setName(m, dict, internText(m, name), code as Address)
      }),
    )
    return { raised }
  },

  'code.free-unused-copies'(actor) {
    return { raised: attempt(actor.thread, () => void clearUnusedCopies(actor.thread)) }
  },

  'code.forget'(actor, { module }) {
    const m = actor.thread
    const dict = actor.address('module', module)
    dictClear(m, dict)
    decref(m, dict)
    actor.give('module', module, NULL)
    collect(m)
    return {}
  },
}

/** The actor's thread, in an interpreter that is ready for programs. */
function prepared({ thread }: Actor): Thread {
  prepareInterpreter(thread)
  return thread
}

/** @throws Unsupported for Python that is not in the subset */
function compiled(source: string, mode: 'exec' | 'eval') {
  try {
    return compile(source, '<program>', mode)
  } catch (error) {
    if (error instanceof CompileError && error.kind === 'unsupported') {
      throw new Unsupported(`line ${error.line}, column ${error.column} of the program: ${error.message}`)
    }
    throw error
  }
}

/** The dictionary of a module, which is made if there is none of that name. */
function moduleNamed(actor: Actor, name: string): Address {
  const known = actor.names[`module ${name}`]
  if (known !== undefined && known !== NULL) return known
  const m = actor.thread
  const dict = newDict(m)
  setName(m, dict, internText(m, '__name__'), internText(m, name))
  actor.give('module', name, dict)
  return dict
}

/** Does something with new references, and drops them. */
function holding(m: Thread, makers: readonly (() => Address)[], action: (objects: readonly Address[]) => void): void {
  const objects: Address[] = []
  try {
    for (const make of makers) objects.push(make())
    action(objects)
  } finally {
    for (const object of objects) decref(m, object)
  }
}

/** What ended an action early; null if nothing did. */
function attempt(m: Thread, action: () => void): RaisedFact {
  try {
    action()
    return null
  } catch (error) {
    if (error instanceof CompileError) return { type: 'SyntaxError', message: error.message, line: null }
    if (error instanceof OutOfMemory) return told(m, memoryError(m))
    if (!(error instanceof Raised)) throw error
    const fact = told(m, error.exception)
    decref(m, error.exception)
    return fact
  }
}

const told = (m: Thread, exception: Address): RaisedFact => ({
  type: typeName(m, exception),
  message: text(m, exception),
  line: raisedIn(m.memory, exception) || null,
})

const PATH = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/** An argument: a path or a literal. A new reference; of a literal, to an object that nobody else has. */
function argument(m: Thread, dict: Address, text: string): Address {
  const constant = literal(text)
  if (constant !== undefined) return newConstant(m, constant)
  if (PATH.test(text)) return resolve(m, dict, text)
  throw new Unsupported(`an argument that is neither a literal nor a path: ${text}`)
}

/** What literals stand for, by their text. An explorer runs the same call again and again. */
const LITERALS = new Map<string, Constant | undefined>()

function literal(text: string): Constant | undefined {
  if (!LITERALS.has(text)) {
    const program = fold(parse(text, 'eval'))
    LITERALS.set(text, program.kind === 'expression' && program.value.kind === 'constant' ? program.value.value : undefined)
  }
  return LITERALS.get(text)
}
