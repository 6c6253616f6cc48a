import { describe, expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import { type Maker, type Stage, stage } from '../../../testing/explored-threads.ts'
import type { Address, Memory } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { isImmortal, MARKS, references, TRACKED } from '../../refcount/object-header.ts'
import type { Constant } from '../compile/compiled-code.ts'
import { visitTable } from '../objects/hash-table-layout.ts'
import { Kind } from '../objects/kinds.ts'
import { START, STOP } from '../objects/slice.ts'
import { tupleItem as itemAt, newTuple, setTupleItem } from '../objects/tuple.ts'
import { useCanonical } from './constants.ts'
import { isInterned } from './intern.ts'
import { newConstant } from './load.ts'
import { suppressed } from './suppression.ts'

const BYTES = 1 << 18
const DEFAULT_BUILD = { freeThreaded: false, copying: false }

const int = (value: number | bigint): Constant => ({ kind: 'int', value: BigInt(value) })
const float = (value: number): Constant => ({ kind: 'float', value })
const str = (value: string): Constant => ({ kind: 'str', value })
const bytes = (...values: number[]): Constant => ({ kind: 'bytes', value: new Uint8Array(values) })
const tuple = (...items: Constant[]): Constant => ({ kind: 'tuple', items })
const frozenset = (...items: Constant[]): Constant => ({ kind: 'frozenset', items })
const slice = (...items: [Constant, Constant, Constant]): Constant => ({ kind: 'slice', items })

function setItems(memory: Memory, set: Address): Address[] {
  const items: Address[] = []
  visitTable(memory, set, (item) => items.push(item))
  return items
}

const memoryOf = (): Memory => new SharedMemory(new SharedArrayBuffer(BYTES))

function begun(settings?: typeof DEFAULT_BUILD) {
  const { threads, ...rest } = stage(memoryOf(), BYTES, settings)
  const [ada, ben] = threads
  return { ...rest, ada, ben, memory: ada.memory }
}

/** A tuple of constants, as of code that was just compiled. */
const made = (thread: Maker, ...items: Constant[]): Address => newConstant(thread, tuple(...items))

/** What a thread gets for a constant. */
function used(thread: Maker, constant: Constant): Address {
  const constants = made(thread, constant)
  useCanonical(thread, constants)
  return itemAt(thread.memory, constants, 0)
}

const EACH: readonly (readonly [string, Constant])[] = [
  ['int', int(5000)],
  ['big int', int(-(2n ** 100n))],
  ['float', float(2.5)],
  ['bytes', bytes(1, 2, 3)],
  ['tuple', tuple(int(5000), tuple(float(0), str('hello')))],
  ['frozenset', frozenset(int(5000), int(6000))],
  ['empty frozenset', frozenset()],
  ['slice', slice(int(5000), int(6000), int(1))],
]

describe('where threads run at once', () => {
  test.for(EACH)('one constant of a value is used by all, and immortal: %s', ([, constant]) => {
    const { memory, interpreter, ada, ben } = begun()
    const first = used(ada, constant)
    const size = memory.get(interpreter.code.constants.count)
    expect([isImmortal(memory, first), memory.loadRelaxed(first + MARKS) & TRACKED]).toEqual([true, 0])
    expect([used(ben, constant), used(ada, constant)]).toEqual([first, first])
    expect(memory.get(interpreter.code.constants.count)).toBe(size)
  })

  test('the first of a value is the one', () => {
    const { memory, ada } = begun()
    const constants = made(ada, int(5000), int(5000))
    const first = itemAt(memory, constants, 0)
    useCanonical(ada, constants)
    expect([itemAt(memory, constants, 0), itemAt(memory, constants, 1)]).toEqual([first, first])
  })

  test('strings are interned, whatever they hold', () => {
    const { memory, ada } = begun()
    const strings = ['', 'name', 'not a name', 'ä', '\0'].map((text) => used(ada, str(text)))
    for (const string of strings) expect([isImmortal(memory, string), isInterned(memory, string)]).toEqual([true, true])
  })

  test('what differs in type, sign, length or order is not one', () => {
    const { memory, interpreter, ada } = begun()
    const constants = [
      ...[int(5000), float(5000), bytes(0x13, 0x88), str('5000')],
      ...[float(0), float(-0), float(Number.NaN), float(Number.POSITIVE_INFINITY)],
      ...[int(2n ** 30n), int(-(2n ** 30n)), int(2n ** 60n), int(2n ** 60n + 1n)],
      ...[bytes(1), bytes(1, 0), bytes(0, 1)],
      ...[tuple(int(1), int(5000)), tuple(float(1), int(5000)), tuple(int(1), float(5000)), tuple(int(5000)), tuple(tuple(int(5000)))],
      ...[frozenset(int(8), int(16)), frozenset(int(16), int(8)), frozenset(int(8)), tuple(int(8), int(16))],
      ...[slice(int(8), int(16), int(1)), tuple(int(8), int(16), int(1)), slice(int(16), int(8), int(1))],
    ]
    const objects = constants.map((constant) => used(ada, constant))
    expect(new Set(objects).size).toBe(constants.length)
    expect(memory.get(interpreter.code.constants.count)).toBeGreaterThan(20)
    expect(constants.map((constant) => used(ada, constant))).toEqual(objects)
  })

  test('containers hold the constants to be used, and of equal ones there is one', () => {
    const { memory, ada } = begun()
    const number = used(ada, int(5000))
    const string = used(ada, str('two words'))
    const outer = used(ada, tuple(tuple(int(5000)), frozenset(str('two words')), slice(int(5000), str('two words'), int(1))))
    const [inner, set, range] = [0, 1, 2].map((index) => itemAt(memory, outer, index)) as [Address, Address, Address]
    expect(itemAt(memory, inner, 0)).toBe(number)
    expect(setItems(memory, set)).toEqual([string])
    expect([memory.get(range + START), memory.get(range + STOP)]).toEqual([number, string])
    expect([used(ada, tuple(int(5000))), used(ada, frozenset(str('two words')))]).toEqual([inner, set])
  })

  test('a set or slice whose items are the ones to be used already is kept', () => {
    const { memory, ada } = begun()
    const constants = made(ada, frozenset(int(8), int(16)), slice(int(1), int(2), int(3)))
    const before = [itemAt(memory, constants, 0), itemAt(memory, constants, 1)]
    useCanonical(ada, constants)
    expect([itemAt(memory, constants, 0), itemAt(memory, constants, 1)]).toEqual(before)
  })

  test.for([
    ['code', Kind.CODE],
    ['a list, which has no hash', Kind.LIST],
    ['anything else', Kind.FUNCTION],
  ] as const)('%s is left alone, and so is what holds it', ([, kind]) => {
    const { memory, ada } = begun()
    const other = ada.newObject(kind, 64, 'other')
    const alone = newTuple(ada, [other])
    const holding = made(ada, tuple(int(5000), int(6000)))
    const inner = itemAt(memory, holding, 0)
    setTupleItem(memory, inner, 0, other)
    for (const constants of [alone, holding]) useCanonical(ada, constants)
    expect([itemAt(memory, alone, 0), itemAt(memory, holding, 0), itemAt(memory, inner, 0)]).toEqual([other, inner, other])
    expect([other, inner].map((object) => isImmortal(memory, object))).toEqual([false, false])
    expect(isImmortal(memory, itemAt(memory, inner, 1))).toBe(true)
  })
})

describe('while it is suppressed', () => {
  test.for(EACH.filter(([name]) => name !== 'tuple'))('a constant stays mortal, and as it is: %s', ([, constant]) => {
    const { memory, interpreter, ada } = begun()
    const constants = made(ada, constant)
    const before = itemAt(memory, constants, 0)
    suppressed(ada, () => useCanonical(ada, constants))
    expect([itemAt(memory, constants, 0), isImmortal(memory, before), references(memory, before)]).toEqual([before, false, 1])
    expect(memory.get(interpreter.code.constants.count)).toBe(0)
  })

  test('strings are interned all the same, also inside of others; a set or slice of them has to be made anew', () => {
    const { memory, ada } = begun()
    const string = used(ada, str('two words'))
    const constants = made(ada, tuple(str('two words'), int(5000)), frozenset(str('two words')), slice(str('two words'), int(1), int(1)))
    const before = [0, 1, 2].map((index) => itemAt(memory, constants, index)) as [Address, Address, Address]
    suppressed(ada, () => useCanonical(ada, constants))
    const after = [0, 1, 2].map((index) => itemAt(memory, constants, index)) as [Address, Address, Address]
    expect([itemAt(memory, after[0], 0), setItems(memory, after[1]), memory.get(after[2] + START)]).toEqual([string, [string], string])
    expect(after.map((object, index) => object === before[index])).toEqual([true, false, false])
    expect(after.map((object) => [isImmortal(memory, object), references(memory, object)])).toEqual(Array(3).fill([false, 1]))
  })

  test('what comes later is made immortal again; what was made meanwhile is not', () => {
    const { memory, ada } = begun()
    const mortal = suppressed(ada, () => used(ada, int(5000)))
    const immortal = used(ada, int(5000))
    expect([isImmortal(memory, mortal), isImmortal(memory, immortal)]).toEqual([false, true])
    expect(suppressed(ada, () => used(ada, int(5000)))).not.toBe(immortal)
  })

  test('other threads are not concerned', () => {
    const { memory, ada, ben } = begun()
    const [immortal, mortal] = suppressed(ada, () => [used(ben, int(5000)), used(ada, int(5000))] as const)
    expect([isImmortal(memory, immortal), isImmortal(memory, mortal)]).toEqual([true, false])
  })
})

describe('in the default build', () => {
  test.for(EACH.filter(([name]) => name !== 'tuple'))('a constant stays mortal, and as it is: %s', ([, constant]) => {
    const { memory, interpreter, ada } = begun(DEFAULT_BUILD)
    const constants = made(ada, constant, constant)
    const before = [itemAt(memory, constants, 0), itemAt(memory, constants, 1)]
    useCanonical(ada, constants)
    expect([itemAt(memory, constants, 0), itemAt(memory, constants, 1)]).toEqual(before)
    expect(before.map((object) => isImmortal(memory, object))).toEqual([false, false])
    expect(memory.get(interpreter.code.constants.count)).toBe(0)
  })

  test('strings that look like names are interned, and mortal; others are left alone', () => {
    const { memory, ada } = begun(DEFAULT_BUILD)
    const interned = (text: string): boolean => isInterned(memory, used(ada, str(text)))
    expect(['', 'name', 'Name_7', '7'].map(interned)).toEqual(Array(4).fill(true))
    expect(['two words', 'ää', 'a\0', 'a-b', 'a\n'].map(interned)).toEqual(Array(5).fill(false))
    const first = used(ada, str('name'))
    expect([isImmortal(memory, first), used(ada, str('name'))]).toEqual([false, first])
  })

  test('strings in tuples and sets are interned, in slices they are not', () => {
    const { memory, ada } = begun(DEFAULT_BUILD)
    const string = used(ada, str('name'))
    expect(itemAt(memory, used(ada, tuple(str('name'))), 0)).toBe(string)
    expect(setItems(memory, used(ada, frozenset(str('name'))))).toEqual([string])
    expect(memory.get(used(ada, slice(str('name'), int(1), int(1))) + START)).not.toBe(string)
  })
})

test('wherever memory runs out, all that was replaced by then is sound, and a second try succeeds', () => {
  const constant = tuple(int(5000), str('x'), frozenset(str('y'), int(6000)), slice(str('y'), int(6000), float(1)))
  for (let allowed = 0, failed = true; failed; allowed++) {
    const { runtime, memory, ada } = begun()
    // So that sets and slices have to be made anew.
    used(ada, tuple(str('y'), int(6000)))
    const constants = made(ada, constant)
    runtime.arena.limit(allowed)
    try {
      useCanonical(ada, constants)
      failed = false
      expect(allowed).toBeGreaterThan(1)
    } catch (error) {
      expect(error).toBeInstanceOf(OutOfMemory)
    }
    runtime.arena.limit(null)
    useCanonical(ada, constants)
    expect([itemAt(memory, constants, 0), isImmortal(memory, itemAt(memory, constants, 0))]).toEqual([used(ada, constant), true])
  }
})

describe('in every order', () => {
  const SMALL = 1 << 16
  const number = int(5000)

  interface Made extends Stage {
    readonly tuples: readonly Address[]
    /** What each tuple held at first. */
    readonly own: readonly Address[]
  }

  /** All that may come of what two threads do with tuples of the same constant: whose constant each holds then, and what later ones get. */
  function outcomes(...bodies: ((thread: Maker, constants: Address) => void)[]): string[] {
    const exploration = explore<Made>({
      bytes: SMALL,
      setup: (memory) => {
        const begun = stage(memory, SMALL)
        const tuples = begun.threads.map((thread) => made(thread, number))
        return { ...begun, tuples, own: tuples.map((constants) => itemAt(memory, constants, 0)) }
      },
      bodies: bodies.map((body, index) => (_memory, { threads, tuples }) => {
        body(threads[index] as Maker, tuples[index] as Address)
      }),
      observe: (memory, _, { threads, tuples, own }) => {
        const whose = (object: Address): string =>
          `${["Ada's", "Ben's"][own.indexOf(object)]}, ${isImmortal(memory, object) ? 'immortal' : 'mortal'}`
        const held = tuples.map((constants) => whose(itemAt(memory, constants, 0)))
        return [...held, whose(used(threads[0], number))].join('; ')
      },
    })
    expect(exploration.failure?.message).toBeUndefined()
    expect(exploration.complete).toBe(true)
    return [...exploration.outcomes.keys()].sort()
  }

  test('two threads that make the same constant at once use one object', () => {
    expect(outcomes(useCanonical, useCanonical)).toEqual([
      "Ada's, immortal; Ada's, immortal; Ada's, immortal",
      "Ben's, immortal; Ben's, immortal; Ben's, immortal",
    ])
  })

  test('what a thread makes while it suppresses is its own, whenever another makes the same', () => {
    const suppresses = (thread: Maker, constants: Address): void => suppressed(thread, () => useCanonical(thread, constants))
    expect(outcomes(suppresses, useCanonical)).toEqual(["Ada's, mortal; Ben's, immortal; Ben's, immortal"])
  })
})
