import { expect, test } from 'vitest'
import { stage } from '../../testing/explored-threads.ts'
import { discardThread, endInterpreter } from '../interpreter/lifecycle.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { decref } from '../refcount/biased.ts'
import { loadText } from './builtins/code.ts'
import { prepareInterpreter } from './builtins/prepare.ts'
import { internText } from './constants/intern.ts'
import { runner } from './evaluate/execution.ts'
import { runCode } from './evaluate/module.ts'
import { newDict } from './objects/dict.ts'
import { prepare } from './objects/prepare.ts'

const BYTES = 1 << 20

/** An interpreter with one thread, and what is left of blocks once it has ended. */
function begun() {
  const { runtime, threads } = stage(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const [ada, ben] = threads
  ben.detach()
  discardThread(ada, ben.record)
  return { runtime, ada, names: () => [...runtime.arena.blocks()].map(({ name }) => name).sort() }
}

const ENDED = ['os thread', 'os thread', 'os thread', 'runtime']

test('an interpreter that has run nothing leaves nothing', () => {
  const { ada, names } = begun()
  endInterpreter(ada)
  expect(names()).toEqual(ENDED)
})

test('nor does one that was only made ready to run programs', () => {
  const { ada, names } = begun()
  prepareInterpreter(ada)
  endInterpreter(ada)
  expect(names()).toEqual(ENDED)
})

test.for(["x = (5000, 'two words', frozenset((6000, 'y z')))", 'eval("(7000, 8000)[0]")', "exec('y = 2.5')", "z = 'ab' in {'ab', 'cd'}"])(
  'nor one that has run a program: %s',
  (source) => {
    const { ada, names } = begun()
    prepareInterpreter(ada)
    const globals = newDict(ada)
    const code = loadText(ada, source, 'program.py', 'exec')
    decref(ada, runCode(runner(ada), code, globals, globals))
    for (const object of [code, globals]) decref(ada, object)
    endInterpreter(ada)
    expect(names()).toEqual(ENDED)
  },
)

test('wherever memory runs out while it is made ready, a later try succeeds, and nothing is left in the end', () => {
  const { runtime, ada, names } = begun()
  let refused = 0
  for (let ready = false; !ready; refused++) {
    // Strings stay, so each try comes further than the last one.
    runtime.arena.limit(refused)
    try {
      prepareInterpreter(ada)
      ready = true
    } catch (error) {
      expect(error).toBeInstanceOf(OutOfMemory)
    }
    runtime.arena.limit(null)
  }
  expect(refused).toBeGreaterThan(50)
  endInterpreter(ada)
  expect(names()).toEqual(ENDED)
})

test('nor does one that has its classes, but nothing built in yet', () => {
  const { ada, names } = begun()
  prepare(ada, internText)
  endInterpreter(ada)
  expect(names()).toEqual(ENDED)
})

test('what goes wrong for another reason is told as it is', () => {
  const { ada } = begun()
  const broken = (): never => {
    throw new RangeError('broken')
  }
  expect(() => prepare(ada, broken)).toThrow(RangeError)
  const other = begun().ada
  prepare(other, internText)
  Object.defineProperty(other, 'builtins', { get: broken })
  expect(() => prepareInterpreter(other)).toThrow(RangeError)
})
