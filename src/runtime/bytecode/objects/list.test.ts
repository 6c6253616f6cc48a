import { describe, expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import type { Program } from '../../../explore/program.ts'
import { python } from '../../../testing/python.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { Thread } from '../../interpreter/thread.ts'
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { items as retired } from '../../reclaim/free-queue.ts'
import { decref, incref, mergeCounts } from '../../refcount/biased.ts'
import { floatOf, newFloat } from './float.ts'
import {
  append,
  BLOCK,
  borrowedItems,
  LIST_LAYOUT,
  LIST_LENGTH,
  LIST_SHARED,
  listItem,
  listItems,
  listLength,
  newListGiven,
  newListOf,
  reorder,
  replace,
  replaceEvery,
  splice,
} from './list.ts'

function someList(count: number) {
  const { m, setting, left } = python()
  const ben = enter(setting)
  const list = newListGiven(
    m,
    Array.from({ length: count }, (_, index) => newFloat(m, index)),
  )
  const values = (): number[] => borrowedItems(m.memory, list).map((item) => floatOf(m.memory, item))
  const drop = (objects: readonly Address[]): void => {
    for (const object of objects) decref(m, object)
  }
  return { m, ben, runtime: setting.runtime, list, values, drop, left }
}

const all = (length: number) => ({ start: 0, count: length })

describe('a list', () => {
  test('holds what it was given, and lets go of it at its end, with its block', () => {
    const { m, runtime, list, values, left } = someList(3)
    expect([values(), listLength(m.memory, list), left()]).toEqual([[0, 1, 2], 3, 4])
    const { memory } = runtime.inUse()
    decref(m, list)
    expect([left(), runtime.inUse().memory]).toEqual([0, memory - 1])
  })

  test('of nothing has no block', () => {
    const { m, list, left } = someList(0)
    expect([m.memory.get(list + BLOCK), listItem(m, list, 0)]).toEqual([NULL, NULL])
    decref(m, list)
    expect(left()).toBe(0)
  })

  test('grows by a part of its length, so that most items take no new block', () => {
    const { m, list, values } = someList(0)
    const blocks = new Set<Address>()
    for (let index = 0; index < 200; index++) {
      append(m, list, newFloat(m, index))
      blocks.add(m.memory.get(list + BLOCK))
    }
    expect(values()).toEqual(Array.from({ length: 200 }, (_, index) => index))
    expect(blocks.size).toBeLessThan(30)
  })

  test('has items in the place of others, and gives those back', () => {
    const { m, list, values, drop, left } = someList(4)
    const taken = splice(m, list, () => ({ start: 1, count: 2 }), [newFloat(m, 7)])
    expect([values(), taken.map((item) => floatOf(m.memory, item))]).toEqual([
      [0, 7, 3],
      [1, 2],
    ])
    drop(taken)
    drop(splice(m, list, all, []))
    expect([values(), splice(m, list, all, [])]).toEqual([[], []])
    decref(m, list)
    expect(left()).toBe(0)
  })

  test('replaces only what it has', () => {
    const { m, list, values } = someList(2)
    const item = newFloat(m, 7)
    expect([replace(m, list, 2, item), replace(m, list, 1, item), values()]).toEqual([false, true, [0, 7]])
  })

  test('replaces places at a distance, as far as they are there', () => {
    const { m, list, values, drop } = someList(3)
    const items = [newFloat(m, 7), newFloat(m, 8), newFloat(m, 9)]
    const left = replaceEvery(m, list, 0, 2, items)
    expect([values(), left.map((item) => floatOf(m.memory, item))]).toEqual([
      [7, 1, 8],
      [0, 2, 9],
    ])
    drop(left)
  })

  test('is put into another order', () => {
    const { m, list, values } = someList(3)
    reorder(m, list, (items) => items.toReversed())
    expect(values()).toEqual([2, 1, 0])
  })

  test('is cleared for the collector', () => {
    const { m, list, values, left } = someList(2)
    LIST_LAYOUT.clear?.(m, list)
    expect([values(), left()]).toEqual([[], 1])
  })

  test.for([
    ['the list itself', (m: Thread) => newListOf(m, 3), 0],
    ['its block', (m: Thread) => newListOf(m, 3), 1],
  ] as const)('is not made without memory for %s', ([, make, allowed]) => {
    const { m, runtime, left } = someList(0)
    const before = left()
    runtime.arena.limit(allowed)
    expect(() => make(m)).toThrow(OutOfMemory)
    expect(left()).toBe(before)
  })

  test('stays as it is when there is no memory to grow', () => {
    const { m, runtime, list, values } = someList(2)
    const item = newFloat(m, 7)
    append(m, list, item)
    const more = Array.from({ length: 20 }, () => newFloat(m, 8))
    runtime.arena.limit(0)
    expect(() => splice(m, list, () => ({ start: 0, count: 0 }), more)).toThrow(OutOfMemory)
    const full = someList(1)
    full.runtime.arena.limit(0)
    expect(() => append(full.m, full.list, item)).toThrow(OutOfMemory)
    expect([values(), full.values()]).toEqual([[0, 1, 7], [0]])
  })
})

describe('the block of a list', () => {
  test('is freed at once while only its owner has used it', () => {
    const { m, list, runtime } = someList(1)
    const { memory } = runtime.inUse()
    append(m, list, newFloat(m, 1))
    expect([runtime.inUse().memory, [...retired(m.memory, m.queue)]]).toEqual([memory, []])
  })

  test.for([
    ['reads', (ben: Thread, list: Address): void => decref(ben, listItem(ben, list, 0))],
    ['changes', (ben: Thread, list: Address): void => void replace(ben, list, 9, NULL)],
  ] as const)('is retired once another thread %s the list', ([, use]) => {
    const { m, ben, list } = someList(1)
    const before = m.memory.get(list + BLOCK)
    use(ben, list)
    expect(m.memory.get(list + LIST_SHARED)).toBe(1)
    append(m, list, newFloat(m, 1))
    expect([...retired(m.memory, m.queue)].map(({ address }) => address)).toEqual([before])
  })
})

describe('an item', () => {
  test('is read by others too, under the lock at first and without it afterwards', () => {
    const { m, ben, list } = someList(1)
    const [item] = borrowedItems(m.memory, list)
    expect(listItem(ben, list, 0)).toBe(item)
    m.memory.set(list + LIST_SHARED, 1)
    expect(listItem(ben, list, 0)).toBe(item)
    expect([listItem(ben, list, 1), listItem(m, list, 1)]).toEqual([NULL, NULL])
  })

  test('is none for whoever learns of a new length before the block that goes with it', () => {
    const { m, list } = someList(1)
    m.memory.set(list + LIST_LENGTH, 9)
    expect(listItem(m, list, 8)).toBe(NULL)
  })

  test('of a list that lost it meanwhile is none', () => {
    const { m, ben, list, drop } = someList(1)
    const { sections } = ben
    // Ben has seen the length and is about to take the lock; when he has it the item is gone.
    let gone = false
    const get = (): Thread['sections'] => {
      if (!gone) drop(splice(m, list, all, []))
      gone = true
      return sections
    }
    const slow = Object.create(ben, { sections: { get } }) as Thread
    expect(listItem(slow, list, 0)).toBe(NULL)
  })
})

test('all items at one moment are taken under the lock', () => {
  const { m, list, drop, values, left } = someList(3)
  const items = listItems(m, list)
  decref(m, list)
  expect([items.map((item) => floatOf(m.memory, item)), left()]).toEqual([[0, 1, 2], 3])
  drop(items)
  expect([left(), values.length]).toEqual([0, 0])
})

describe('in every order', () => {
  const SIZE = 64 * 1024

  interface Stage {
    readonly threads: readonly { readonly os: Thread['os']; readonly record: Thread['record'] }[]
    readonly list: Address
    readonly first: Address
    readonly second: Address
  }

  const seat = (memory: Memory, { threads }: Stage, index: number): Thread => {
    const { os, record } = threads[index] as Stage['threads'][number]
    return new Thread(new Runtime(memory, SIZE), os, record, QUIET)
  }

  /** Ben beside Ada, who owns a list of one item. Both items are merged, so that Ben may take them without a lock. */
  const racing = (ada: (ada: Thread, stage: Stage) => unknown, ben: (ben: Thread, stage: Stage) => unknown): Program<Stage> => ({
    bytes: SIZE,
    setup: (memory) => {
      const runtime = Runtime.create(memory, SIZE)
      const os = runtime.createOsThread()
      const interpreter = runtime.createInterpreter({ memory, lot: runtime.record.parkingLot, waiter: os.waiter })
      const threads = [enter({ runtime, interpreter }), enter({ runtime, interpreter })]
      const [owner] = threads as [Thread, Thread]
      const [first, second] = [newFloat(owner, 10), newFloat(owner, 20)]
      for (const item of [first, second]) mergeCounts(memory, item, 0)
      const list = newListGiven(owner, [first])
      memory.set(list + LIST_SHARED, 1)
      return { list, first, second, threads: threads.map(({ os, record }) => ({ os, record })) }
    },
    bodies: [(memory, stage) => ada(seat(memory, stage, 0), stage), (memory, stage) => ben(seat(memory, stage, 1), stage)],
  })

  const explored = (program: Program<Stage>, preemptions?: number) => {
    const exploration = explore(program, preemptions === undefined ? {} : { preemptions })
    expect(exploration.failure?.message).toBeUndefined()
    expect(exploration.why === 'preemptions' || exploration.complete).toBe(true)
    return [...exploration.outcomes.keys()].sort()
  }

  /** What is read, as the number that it stands for. */
  const reading = (ben: Thread, { list }: Stage) => {
    const item = listItem(ben, list, 0)
    if (item === NULL) return 0
    const value = floatOf(ben.memory, item)
    decref(ben, item)
    return value
  }

  test('a reader finds the item before or the one after, while a writer replaces it and the old one dies', () => {
    const outcomes = explored(racing((ada, { list, second }) => void replace(ada, list, 0, second), reading))
    expect(outcomes).toEqual(['[null,10]', '[null,20]'])
  })

  test('a reader finds the item while a writer moves all to a larger block', () => {
    const outcomes = explored(racing((ada, { list, second }) => void append(ada, list, second), reading))
    expect(outcomes).toEqual(['[null,10]'])
  })

  test('a reader finds the item or nothing while a writer takes it out, and never what lies in its memory next', () => {
    const outcomes = explored(
      racing((ada, { list }) => {
        for (const item of splice(ada, list, all, [])) decref(ada, item)
        incref(ada, newFloat(ada, 30))
      }, reading),
    )
    expect(outcomes).toEqual(['[null,0]', '[null,10]'])
  })

  test('two who append both get through', () => {
    const appending = (thread: Thread, { list }: Stage) => {
      append(thread, list, newFloat(thread, 1))
      return listLength(thread.memory, list)
    }
    const outcomes = explored(racing(appending, appending), 2)
    expect(outcomes).toEqual(['[2,3]', '[3,2]', '[3,3]'])
  })
})
