import { describe, expect, test } from 'vitest'
import { type Maker, stage } from '../../../testing/explored-threads.ts'
import { collect } from '../../interpreter/collect.ts'
import { finalizeInterpreter } from '../../interpreter/lifecycle.ts'
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { isImmortal, references } from '../../refcount/object-header.ts'
import { CodeObject, LocalKind, mainCopy, unitCountOf } from '../code/code-object.ts'
import { lineOf } from '../code/places.ts'
import { compile } from '../compile/compile.ts'
import type { CompiledCode } from '../compile/compiled-code.ts'
import { OP, opcodeOf } from '../compile/opcodes.ts'
import { Kind, kindOf } from '../objects/kinds.ts'
import { textOf } from '../objects/str.ts'
import { tupleItem, tupleItems } from '../objects/tuple.ts'
import { endConstants } from './end.ts'
import { isInterned } from './intern.ts'
import { load } from './load.ts'
import { suppressed } from './suppression.ts'

const BYTES = 1 << 19
const DEFAULT_BUILD = { freeThreaded: false, copying: false }

function begun(settings?: typeof DEFAULT_BUILD) {
  const { threads, ...rest } = stage(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES, settings)
  const [ada, ben] = threads
  // It would have to come to a safe point when the world is stopped.
  ben.detach()
  return { ...rest, ada, memory: ada.memory }
}

const PROGRAM = `
def outer(a, b=2.5, *rest, key='two words', **others):
    free = (5000, 'name', b'bytes', ..., True)
    def inner():
        return free, a[1:6000], b in {'x y', 7000}
    try:
        return inner
    except ValueError:
        return None
`

const compiled = (source = PROGRAM): CompiledCode => compile(source, 'program.py', 'exec')
const loaded = (thread: Maker, source?: string): Address => load(thread, compiled(source))

const constantsOf = (memory: Memory, code: Address): Address[] => tupleItems(memory, memory.get(code + CodeObject.offset.constants))

/** What an interpreter does at its end with what has been loaded, when nobody reads any more. */
function end(thread: Maker): void {
  finalizeInterpreter(thread)
  collect(thread)
  endConstants(thread)
}

/** The code objects among the constants of one. */
const inside = (memory: Memory, code: Address): Address[] =>
  constantsOf(memory, code).filter((constant) => kindOf(memory, constant) === Kind.CODE)

/** All code objects of a module, the outermost first. */
const all = (memory: Memory, code: Address): Address[] => [code, ...inside(memory, code).flatMap((inner) => all(memory, inner))]

const names = (memory: Memory, tuple: Address): string[] => tupleItems(memory, tuple).map((name) => textOf(memory, name))

const opcodes = (memory: Memory, code: Address): number[] =>
  Array.from({ length: unitCountOf(memory, code) }, (_, index) => opcodeOf(memory.get(mainCopy(code) + index * CELL)))

test('a code object has what was compiled, and so has the code inside', () => {
  const { memory, ada } = begun()
  const expected = compiled()
  const check = (code: Address, from: CompiledCode): void => {
    const at = CodeObject.at(code)
    expect([at.name, at.qualifiedName, at.filename].map((part) => textOf(memory, memory.get(part)))).toEqual([
      from.name,
      from.qualifiedName,
      from.filename,
    ])
    expect(names(memory, memory.get(at.names))).toEqual(from.names)
    expect(names(memory, memory.get(at.localNames))).toEqual(from.locals.map(({ name }) => name))
    expect([memory.get(at.argumentCount), memory.get(at.keywordOnlyCount), memory.get(at.flags), memory.get(at.stackSize)]).toEqual([
      from.argumentCount,
      from.keywordOnlyCount,
      from.flags,
      from.stackSize,
    ])
    expect(unitCountOf(memory, code)).toBe(from.units.length)
    expect(from.units.map((_, offset) => lineOf(memory, code, offset) ?? null)).toEqual(from.lines.map((line) => line || null))
    const inner = from.constants.flatMap((constant) => (constant.kind === 'code' ? [constant.code] : []))
    expect(inside(memory, code).length).toBe(inner.length)
    for (const [index, each] of inside(memory, code).entries()) check(each, inner[index] as CompiledCode)
  }
  check(loaded(ada), expected)
  expect(all(memory, loaded(ada)).length).toBe(3)
})

test('variables that inner functions share are cells, and arguments among them both', () => {
  const { memory, ada } = begun()
  const [, outer, inner] = all(memory, loaded(ada)) as [Address, Address, Address]
  const kinds = (code: Address): Record<string, number> => {
    const at = CodeObject.at(code)
    return Object.fromEntries(
      names(memory, memory.get(at.localNames)).map((name, index) => [name, memory.get(memory.get(at.localKinds) + index * CELL)]),
    )
  }
  expect(kinds(outer)).toMatchObject({ a: LocalKind.LOCAL | LocalKind.CELL, key: LocalKind.LOCAL, free: LocalKind.CELL })
  expect(kinds(inner)).toEqual({ a: LocalKind.FREE, b: LocalKind.FREE, free: LocalKind.FREE })
})

describe.for([
  ['where threads run at once', undefined],
  ['in the default build', DEFAULT_BUILD],
] as const)('%s', ([, settings]) => {
  test('all names are interned and immortal, but what code itself is called by only where threads run at once', () => {
    const { memory, ada } = begun(settings)
    for (const code of all(memory, loaded(ada))) {
      const at = CodeObject.at(code)
      const strings = [at.names, at.localNames].flatMap((part) => tupleItems(memory, memory.get(part)))
      const own = [at.name, at.qualifiedName, at.filename].map((part) => memory.get(part))
      for (const string of strings) expect([isInterned(memory, string), isImmortal(memory, string)]).toEqual([true, true])
      for (const string of own) expect(isInterned(memory, string)).toBe(true)
      // One that is a name as well, or is there only once anyhow, is immortal all the same.
      expect(isImmortal(memory, memory.get(at.filename))).toBe(settings === undefined)
    }
  })

  test('once the code is gone, and then constants and strings, nothing is left', () => {
    const { runtime, ada } = begun(settings)
    const before = runtime.inUse()
    for (let time = 0; time < 3; time++) {
      decref(ada, loaded(ada))
      decref(
        ada,
        suppressed(ada, () => loaded(ada)),
      )
    }
    end(ada)
    expect(runtime.inUse()).toEqual(before)
  })

  test('loading the same again leaves nothing more', () => {
    const { runtime, ada } = begun(settings)
    const once = () => {
      decref(ada, loaded(ada))
      collect(ada)
      return runtime.inUse()
    }
    expect(once()).toEqual(once())
  })

  test('wherever memory runs out, nothing is left but what is immortal by then, and a second try succeeds', () => {
    const { runtime, ada } = begun(settings)
    const before = runtime.inUse()
    let refused = 0
    for (let failed = true; failed; refused++) {
      // What a try left behind would be found by the next one.
      runtime.arena.limit(refused)
      try {
        decref(ada, loaded(ada))
        failed = false
      } catch (error) {
        expect(error).toBeInstanceOf(OutOfMemory)
      }
      runtime.arena.limit(null)
      end(ada)
      expect(runtime.inUse()).toEqual(before)
    }
    expect(refused).toBeGreaterThan(20)
  })
})

test('constants are shared by all code that is made apart, and outlive it; the code itself does not', () => {
  const { runtime, memory, ada } = begun()
  const mortal = (code: Address): Address[] =>
    all(memory, code)
      .flatMap((each) => constantsOf(memory, each))
      .filter((constant) => !isImmortal(memory, constant))
  const [first, second] = [loaded(ada), loaded(ada)] as const
  for (const code of [first, second]) for (const constant of mortal(code)) expect(kindOf(memory, constant)).toBe(Kind.CODE)
  const shared = (code: Address): Address[] =>
    all(memory, code)
      .flatMap((each) => constantsOf(memory, each))
      .filter((constant) => isImmortal(memory, constant))
  const before = shared(first)
  expect(before.length).toBeGreaterThan(5)
  expect(shared(second)).toEqual(before)
  for (const code of [first, second]) decref(ada, code)
  collect(ada)
  expect([...runtime.arena.blocks()].some(({ address }) => address === first)).toBe(false)
  expect(shared(loaded(ada))).toEqual(before)
})

test('an immortal constant is loaded without counting, one that was made while that is suppressed is counted', () => {
  const { memory, ada } = begun()
  const source = 'x = (5000, 6000)'
  expect(opcodes(memory, loaded(ada, source))).toContain(OP.LOAD_CONST_IMMORTAL)
  const code = suppressed(ada, () => loaded(ada, source))
  expect(opcodes(memory, code)).toContain(OP.LOAD_CONST)
  const [pair] = constantsOf(memory, code) as [Address]
  expect([isImmortal(memory, pair), references(memory, pair)]).toEqual([false, 1])
  expect(isImmortal(memory, tupleItem(memory, pair, 0))).toBe(false)
})
