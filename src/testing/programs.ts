/** Programs for tests: compiled, run on a thread, and asked for what they leave behind. */
import { loadText } from '../runtime/bytecode/builtins/code.ts'
import { prepareInterpreter } from '../runtime/bytecode/builtins/prepare.ts'
import { runCode } from '../runtime/bytecode/evaluate/module.ts'
import { newDict } from '../runtime/bytecode/objects/dict.ts'
import { getName, setName } from '../runtime/bytecode/objects/names.ts'
import { repr } from '../runtime/bytecode/objects/operate/repr.ts'
import { Raised } from '../runtime/bytecode/objects/raise.ts'
import { newStr } from '../runtime/bytecode/objects/str.ts'
import type { Thread } from '../runtime/interpreter/thread.ts'
import type { Address } from '../runtime/memory/memory.ts'
import { decref } from '../runtime/refcount/biased.ts'
import { Unshared } from '../subject/reference/unshared.ts'
import { begin, enter, QUIET, type Setting } from './setting.ts'

const BYTES = 1 << 23

/** Room for programs. */
export const beginPrograms = (): Setting => begin(new Unshared(new SharedArrayBuffer(BYTES)))

export interface Programs {
  readonly setting: Setting
  readonly m: Thread
  /** The module that all programs run in. */
  readonly globals: Address
  /** Runs a program. @throws Raised */
  run(source: string): void
  /** What a program leaves in a variable, as `repr` writes it. */
  told(source: string, variable?: string): string
  /** The value of a variable: a new reference. */
  look(variable: string): Address
  /** What a program raises, as `repr` writes it. */
  failure(source: string): string
}

/** A thread that runs programs in one module. */
export function programs(setting: Setting = beginPrograms(), m: Thread = enter(setting, { ...QUIET })): Programs {
  prepareInterpreter(m)
  const globals = newDict(m)
  const named = <T>(name: string, action: (name: Address) => T): T => {
    const string = newStr(m, name)
    try {
      return action(string)
    } finally {
      decref(m, string)
    }
  }
  named('__main__', (main) => named('__name__', (name) => setName(m, globals, name, main)))
  const look = (variable: string) => named(variable, (name) => getName(m, globals, name))
  const run = (source: string) => {
    const code = loadText(m, source, 'program.py', 'exec')
    try {
      decref(m, runCode(m, code, globals, globals))
    } finally {
      decref(m, code)
    }
  }
  const written = (object: Address) => {
    const text = repr(m, object)
    decref(m, object)
    return text
  }
  return {
    setting,
    m,
    globals,
    run,
    look,
    told(source, variable = 'out') {
      run(source)
      return written(look(variable))
    },
    failure(source) {
      try {
        run(source)
      } catch (error) {
        if (error instanceof Raised) return written(error.exception)
        throw error
      }
      return 'nothing was raised'
    },
  }
}
