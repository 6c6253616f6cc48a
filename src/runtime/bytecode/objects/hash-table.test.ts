import { describe, expect, test, vi } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import type { Program } from '../../../explore/program.ts'
import { isAlive } from '../../../testing/objects.ts'
import { scripted } from '../../../testing/scripted.ts'
import { BYTES, begin, enter as enterThread, QUIET } from '../../../testing/setting.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { Thread } from '../../interpreter/thread.ts'
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { items } from '../../reclaim/free-queue.ts'
import { decref, incref, mergeCounts } from '../../refcount/biased.ts'
import { ObjectHeader, references } from '../../refcount/object-header.ts'
import { FREE } from '../../sync/mutex.ts'
import { add, empty, enter, find, leave, remove, replace } from './hash-table.ts'
import {
  entryHash,
  entryKey,
  entryOf,
  entryValue,
  HashTable,
  inUseFrom,
  lastEntry,
  lengthOf,
  releaseTable,
  visitTable,
} from './hash-table-layout.ts'
import { has, lookUp } from './hash-table-lookup.ts'
import { Kind } from './kinds.ts'

const VALUE = ObjectHeader.size

/** A number, as an object. */
function number(thread: Thread, value: number, kind: number = Kind.INT): Address {
  const object = thread.newObject(kind, ObjectHeader.size + 4, 'number')
  thread.memory.set(object + VALUE, value)
  return object
}

const equal = ({ memory }: Thread, one: Address, other: Address): boolean => memory.get(one + VALUE) === memory.get(other + VALUE)

/** Puts a value in, as a dictionary does. */
function put(thread: Thread, table: Address, key: Address, hash: number, value: Address): void {
  enter(thread, table)
  const entry = find(thread, table, key, hash, equal)
  const before = entry === NULL ? NULL : replace(thread, entry, value)
  if (entry === NULL) add(thread, table, key, hash, value)
  leave(thread)
  if (before !== NULL) decref(thread, before)
}

/** Takes an entry out, as a dictionary does. */
function take(thread: Thread, table: Address, key: Address, hash: number): boolean {
  const { memory } = thread
  enter(thread, table)
  const entry = find(thread, table, key, hash, equal)
  const held = entry === NULL ? [] : [entryKey(memory, entry), entryValue(memory, entry)]
  if (entry !== NULL) remove(memory, table, entry)
  leave(thread)
  for (const object of held) decref(thread, object)
  return entry !== NULL
}

function aTable() {
  const setting = begin(scripted(BYTES))
  const [ada, ben] = [enterThread(setting), enterThread(setting)]
  const table = ada.newObject(Kind.DICT, HashTable.size, 'table')
  return {
    ...setting,
    ada,
    ben,
    table,
    keys: () => {
      const found: number[] = []
      for (let at = inUseFrom(setting.memory, table, 0); at >= 0; at = inUseFrom(setting.memory, table, at + 1)) {
        found.push(setting.memory.get(entryKey(setting.memory, entryOf(setting.memory, table, at)) + VALUE))
      }
      return found
    },
    /** What is found under a number that is another object than the key. */
    under: (thread: Thread, value: number, hash = value) => {
      const key = number(thread, value)
      const found = lookUp(thread, table, key, hash, equal)
      decref(thread, key)
      if (found !== NULL) decref(thread, found)
      return found
    },
    /** How often the table's lock was taken from now on. */
    locks: () => {
      const { calls } = vi.spyOn(setting.memory, 'compareExchange').mock
      return () => calls.filter(([at, expected]) => at === table + HashTable.offset.mutex && expected === FREE).length
    },
  }
}

describe('one thread', () => {
  test('finds what it has put in, by the same key and by an equal one', () => {
    const { ada, table, under, memory } = aTable()
    const [key, value] = [number(ada, 3), number(ada, 30)]
    expect([lookUp(ada, table, key, 3, equal), has(ada, table, key, 3, equal)]).toEqual([NULL, false])
    put(ada, table, key, 3, value)
    expect(lookUp(ada, table, key, 3, equal)).toBe(value)
    expect([under(ada, 3), under(ada, 4)]).toEqual([value, NULL])
    expect([references(memory, key), references(memory, value)]).toEqual([2, 3])
    expect(lengthOf(memory, table)).toBe(1)
  })

  test('finds each of many with one hash, and none that is not there', () => {
    const { ada, table, under } = aTable()
    const values = Array.from({ length: 12 }, (_, index) => {
      const value = number(ada, 100 + index)
      put(ada, table, number(ada, index), 7, value)
      return value
    })
    expect(values.map((_, index) => under(ada, index, 7))).toEqual(values)
    expect(under(ada, 12, 7)).toBe(NULL)
  })

  test('gives a key another value, and the key stays the one it was', () => {
    const { ada, table, memory, keys } = aTable()
    const [first, second] = [number(ada, 3), number(ada, 3)]
    const [before, after] = [number(ada, 1), number(ada, 2)]
    put(ada, table, first, 3, before)
    put(ada, table, second, 3, after)
    expect(keys()).toEqual([3])
    expect([references(memory, first), references(memory, second), references(memory, before)]).toEqual([2, 1, 1])
    expect(lookUp(ada, table, first, 3, equal)).toBe(after)
  })

  test('sees entries in the order in which they came, whatever was removed or moved to a larger block', () => {
    const { ada, table, keys } = aTable()
    const objects = Array.from({ length: 40 }, (_, index) => number(ada, index))
    for (const [index, key] of objects.entries()) put(ada, table, key, index * 13, key)
    for (const [index, key] of objects.entries()) if (index % 3 !== 0) expect(take(ada, table, key, index * 13)).toBe(true)
    put(ada, table, number(ada, 99), 5, number(ada, 0))
    expect(keys()).toEqual([...objects.keys()].filter((index) => index % 3 === 0).concat(99))
  })

  test('uses the room of removed entries again when the block is full', () => {
    const { ada, table, runtime } = aTable()
    const key = number(ada, 1)
    put(ada, table, key, 1, key)
    const used = runtime.inUse().memory
    for (let round = 0; round < 300; round++) {
      take(ada, table, key, round)
      put(ada, table, key, round + 1, key)
      take(ada, table, key, round + 1)
      put(ada, table, key, round + 1, key)
    }
    // What is in use now is one block, and what waits to be freed.
    expect(runtime.inUse().memory - used - [...items(ada.memory, ada.queue)].length).toBeLessThan(3)
  })

  test('finds nothing to remove where nothing is', () => {
    const { ada, table } = aTable()
    expect(take(ada, table, number(ada, 1), 1)).toBe(false)
    put(ada, table, number(ada, 1), 1, number(ada, 1))
    expect(take(ada, table, number(ada, 2), 1)).toBe(false)
  })

  test('empties a table, and is handed what it held', () => {
    const { ada, table, memory, keys } = aTable()
    const [key, value] = [number(ada, 1), number(ada, 2)]
    expect(empty(ada, table)).toEqual([])
    put(ada, table, key, 1, value)
    expect(empty(ada, table)).toEqual([key, value])
    expect([keys(), lengthOf(memory, table), lookUp(ada, table, key, 1, equal)]).toEqual([[], 0, NULL])
  })

  test('finds the last entry', () => {
    const { ada, table, memory } = aTable()
    expect(lastEntry(memory, table)).toBe(NULL)
    const objects = [1, 2, 3].map((value) => number(ada, value))
    for (const key of objects) put(ada, table, key, 1, key)
    take(ada, table, objects[2] as Address, 1)
    expect(entryKey(memory, lastEntry(memory, table))).toBe(objects[1])
    expect(entryHash(memory, lastEntry(memory, table))).toBe(1)
    for (const key of objects) take(ada, table, key, 1)
    expect(lastEntry(memory, table)).toBe(NULL)
  })

  test('keeps values or none: a set has only keys', () => {
    const { ada, table, memory } = aTable()
    const key = number(ada, 1)
    enter(ada, table)
    add(ada, table, key, 1, NULL)
    leave(ada)
    const seen: Address[] = []
    visitTable(memory, table, (child) => seen.push(child))
    expect(seen).toEqual([key])
    expect([has(ada, table, key, 1, equal), has(ada, table, number(ada, 1), 1, equal), has(ada, table, number(ada, 2), 1, equal)]).toEqual([
      true,
      true,
      false,
    ])
  })

  test('changes nothing if there is no memory for a larger block', () => {
    const { ada, table, memory, runtime, keys } = aTable()
    const key = number(ada, 1)
    runtime.arena.limit(0)
    enter(ada, table)
    expect(() => add(ada, table, key, 1, key)).toThrow(OutOfMemory)
    leave(ada)
    expect([keys(), references(memory, key), lengthOf(memory, table)]).toEqual([[], 1, 0])
  })

  test('gives back the block of a table that has one', () => {
    const { ada, table, runtime } = aTable()
    const before = runtime.inUse().memory
    releaseTable(ada, table)
    const key = number(ada, 1)
    put(ada, table, key, 1, key)
    releaseTable(ada, table)
    expect(runtime.inUse().memory).toBe(before)
  })
})

describe('a comparison that runs code of a program', () => {
  test('is made under the lock, and if the table changes meanwhile it is looked through anew', () => {
    const { ada, table, memory } = aTable()
    const [first, second] = [number(ada, 1, Kind.INSTANCE), number(ada, 2, Kind.INSTANCE)]
    put(ada, table, first, 7, first)
    put(ada, table, second, 7, second)
    const asked = number(ada, 2, Kind.INSTANCE)
    const compared: number[] = []
    const meddling = (thread: Thread, candidate: Address, key: Address): boolean => {
      compared.push(memory.get(candidate + VALUE))
      if (compared.length === 1) {
        enter(thread, table)
        remove(memory, table, find(thread, table, first, 7, equal))
        leave(thread)
      }
      return equal(thread, candidate, key)
    }
    expect(lookUp(ada, table, asked, 7, meddling)).toBe(second)
    expect(compared).toEqual([1, 2])
    expect(has(ada, table, asked, 7, equal)).toBe(true)
  })

  test('lets go of the candidate and the lock if it fails', () => {
    const { ada, table, memory } = aTable()
    const key = number(ada, 1, Kind.INSTANCE)
    put(ada, table, key, 7, key)
    const failing = () => {
      throw new RangeError('not today')
    }
    const asked = number(ada, 2)
    expect(() => lookUp(ada, table, asked, 7, failing)).toThrow('not today')
    expect(() => has(ada, table, asked, 7, failing)).toThrow('not today')
    expect([references(memory, key), memory.get(table + HashTable.offset.mutex)]).toEqual([3, 0])
  })
})

describe('another thread', () => {
  test('takes the lock for an object the first time, and then no more', () => {
    const { ada, ben, table, under, locks } = aTable()
    const value = number(ada, 30)
    put(ada, table, number(ada, 3), 3, value)
    const taken = locks()
    expect(under(ben, 3)).toBe(value)
    expect(taken()).toBe(1)
    expect(under(ben, 3)).toBe(value)
    expect(taken()).toBe(1)
  })

  test.for(['hold', 'take'] as const)('looks under the lock if what it took with %s is no longer there', (moment) => {
    const { ada, ben, table, under, memory } = aTable()
    const [key, value, other] = [number(ada, 3), number(ada, 30), number(ada, 31)]
    put(ada, table, key, 3, value)
    for (const object of [key, value]) mergeCounts(memory, object, 0)
    under(ben, 3)
    const changing = moment === 'hold' ? key : value
    let done = false
    const attempt = memory.compareExchange.bind(memory)
    vi.spyOn(memory, 'compareExchange').mockImplementation((at, expected, next) => {
      if (at === changing + 8 && !done) {
        done = true
        take(ada, table, key, 3)
        put(ada, table, key, 3, other)
      }
      return attempt(at, expected, next)
    })
    expect(under(ben, 3)).toBe(other)
    expect(done).toBe(true)
  })

  test('finds nothing if the entry is removed before it has the key or the value', () => {
    const { ada, ben, table, under, memory } = aTable()
    const key = number(ada, 3)
    const lookingAt = (field: 'key' | 'value', looked: () => unknown) => {
      put(ada, table, key, 3, key)
      enter(ada, table)
      const entry = find(ada, table, key, 3, equal)
      leave(ada)
      memory.before('loadAcquire', entry + (field === 'key' ? 4 : 8), () => take(ada, table, key, 3), field === 'key' ? 2 : 1)
      return looked()
    }
    expect(lookingAt('key', () => under(ben, 3))).toBe(NULL)
    expect(lookingAt('key', () => has(ben, table, number(ben, 3), 3, equal))).toBe(false)
    expect(lookingAt('value', () => lookUp(ben, table, key, 3, equal))).toBe(NULL)
  })
})

describe('in every order', () => {
  const SIZE = 64 * 1024

  interface Stage {
    readonly threads: readonly { readonly os: Thread['os']; readonly record: Thread['record'] }[]
    readonly table: Address
    readonly key: Address
    readonly first: Address
    readonly second: Address
  }

  const seat = (memory: Memory, { threads }: Stage, index: number): Thread => {
    const { os, record } = threads[index] as Stage['threads'][number]
    return new Thread(new Runtime(memory, SIZE), os, record, QUIET)
  }

  /** A reader beside a writer. */
  const racing = (
    prepare: (ada: Thread, stage: Omit<Stage, 'threads'>) => void,
    write: (ada: Thread, stage: Stage) => void,
    read: (ben: Thread, stage: Stage) => unknown,
  ): Program<Stage> => ({
    bytes: SIZE,
    setup: (memory) => {
      const runtime = Runtime.create(memory, SIZE)
      const os = runtime.createOsThread()
      const interpreter = runtime.createInterpreter({ memory, lot: runtime.record.parkingLot, waiter: os.waiter })
      const threads = [enterThread({ runtime, interpreter }), enterThread({ runtime, interpreter })]
      const [ada] = threads as [Thread, Thread]
      const stage = {
        table: ada.newObject(Kind.DICT, HashTable.size, 'table'),
        key: number(ada, 1),
        first: number(ada, 10),
        second: number(ada, 20),
      }
      prepare(ada, stage)
      return { ...stage, threads: threads.map(({ os, record }) => ({ os, record })) }
    },
    bodies: [(memory, stage) => write(seat(memory, stage, 0), stage), (memory, stage) => read(seat(memory, stage, 1), stage)],
  })

  const explored = (program: Program<Stage>) => {
    const exploration = explore(program)
    expect(exploration.failure?.message).toBeUndefined()
    expect(exploration.complete).toBe(true)
    return [...exploration.outcomes.keys()].sort()
  }

  /** What a reader finds, as the number that it stands for; it holds the object while it looks. */
  const reading = (ben: Thread, { table, key }: Stage) => {
    const found = lookUp(ben, table, key, 1, equal)
    if (found === NULL) return 0
    const value = ben.memory.get(found + VALUE)
    decref(ben, found)
    return value
  }

  const shared = ({ memory }: Thread, ...objects: Address[]) => {
    for (const object of objects) mergeCounts(memory, object, 0)
  }

  test('a reader finds the value before or the one after, while a writer replaces it and the old one dies', () => {
    const outcomes = explored(
      racing(
        (ada, { table, key, first, second }) => {
          put(ada, table, key, 1, first)
          shared(ada, first, second)
          decref(ada, first)
        },
        (ada, { table, key, second }) => put(ada, table, key, 1, second),
        reading,
      ),
    )
    expect(outcomes).toEqual(['[null,10]', '[null,20]'])
  })

  test('a reader finds the value while a writer moves the entries to a larger block', () => {
    const outcomes = explored(
      racing(
        (ada, { table, key, first }) => {
          put(ada, table, key, 1, first)
          for (let value = 2; value <= 5; value++) put(ada, table, number(ada, value), value, first)
          shared(ada, first)
        },
        (ada, { table, first }) => put(ada, table, number(ada, 6), 6, first),
        reading,
      ),
    )
    expect(outcomes).toEqual(['[null,10]'])
  })

  test('a reader finds the value or nothing while a writer removes it, and never what lies in its memory next', () => {
    const outcomes = explored(
      racing(
        (ada, { table, key, first }) => {
          put(ada, table, key, 1, first)
          shared(ada, first)
          decref(ada, first)
        },
        (ada, { table, key }) => {
          take(ada, table, key, 1)
          incref(ada, number(ada, 30))
        },
        reading,
      ),
    )
    expect(outcomes).toEqual(['[null,0]', '[null,10]'])
  })

  test('a reader who is still in a block that was replaced does not take an object that came to lie where the value was', () => {
    const outcomes = explored(
      racing(
        (ada, { table, key, first }) => {
          put(ada, table, key, 1, first)
          for (let value = 2; value <= 5; value++) put(ada, table, number(ada, value), value, number(ada, value * 10))
          shared(ada, first)
          decref(ada, first)
        },
        (ada, { table, key, second }) => {
          put(ada, table, number(ada, 6), 6, second)
          take(ada, table, key, 1)
          const next = number(ada, 30)
          shared(ada, next)
        },
        reading,
      ),
    )
    expect(outcomes).toEqual(['[null,0]', '[null,10]'])
  })

  test('two writers of one key both get through, and the later one is found', () => {
    const outcomes = explored(
      racing(
        () => {},
        (ada, { table, key, first }) => put(ada, table, key, 1, first),
        (ben, { table, key, second }) => put(ben, table, key, 1, second),
      ),
    )
    expect(outcomes).toEqual(['[null,null]'])
  })
})

test('a table is gone with its object', () => {
  const { ada, table, ...setting } = aTable()
  decref(ada, table)
  expect(isAlive(setting, table)).toBe(false)
})
