import { expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { BYTES, begin, enter } from '../../testing/setting.ts'
import { collect } from '../interpreter/collect.ts'
import type { Thread } from '../interpreter/thread.ts'
import { BlockMisuse } from '../memory/arena.ts'
import type { Address } from '../memory/memory.ts'
import { isLocked } from '../sync/mutex.ts'
import { items } from './free-queue.ts'
import { read, resize, SharedList } from './shared-list.ts'

/** A list of Ada's. */
function aList() {
  const setting = begin(scripted(BYTES))
  const { memory, runtime } = setting
  const [ada, ben] = [enter(setting), enter(setting)]
  const list = SharedList.at(ada.allocate(SharedList.size, SharedList.name))
  const first = ada.allocate(32, 'items')
  memory.set(list.owner, ada.identity)
  memory.set(list.items, first)
  const isFreed = (address: Address) => {
    try {
      runtime.arena.block(address)
      return false
    } catch (error) {
      expect(error).toBeInstanceOf(BlockMisuse)
      return true
    }
  }
  return {
    ...setting,
    ada,
    ben,
    list,
    first,
    isFreed,
    shared: () => memory.get(list.shared) !== 0,
    grow: (by: Thread) => resize(by, list, by.allocate(32, 'items')),
    waiting: (thread: Thread) => [...items(memory, thread.queue)].map(({ address }) => address),
  }
}

test('a list that only its owner uses is not shared, and frees its old items at once', () => {
  const { ada, list, first, isFreed, shared, grow, waiting } = aList()
  expect(read(ada, list)).toBe(first)
  expect(grow(ada)).toBe(first)
  expect([shared(), isFreed(first), waiting(ada)]).toEqual([false, true, []])
})

test('the first reader that is not its owner makes it shared, and from then on old items are retired', () => {
  const { memory, ada, ben, list, first, isFreed, shared, grow, waiting } = aList()
  expect(read(ben, list)).toBe(first)
  expect([shared(), isLocked(memory, list.mutex)]).toEqual([true, false])
  expect(grow(ada)).toBe(first)
  expect([isFreed(first), waiting(ada)]).toEqual([false, [first]])
  const second = read(ben, list)
  expect(grow(ada)).toBe(second)
  ben.detach()
  collect(ada)
  expect([isFreed(first), isFreed(second), waiting(ada)]).toEqual([true, true, []])
})

test('a list that another thread resizes is shared', () => {
  const { ben, first, isFreed, shared, grow, waiting } = aList()
  expect(grow(ben)).toBe(first)
  expect([shared(), isFreed(first), waiting(ben)]).toEqual([true, false, [first]])
})

test('a reader that comes while the owner resizes gets the new items', () => {
  const { memory, ada, ben, list, first, isFreed, grow } = aList()
  memory.before('compareExchange', list.mutex, () => grow(ada))
  const found = read(ben, list)
  expect(found).toBe(memory.get(list.items))
  expect([found === first, isFreed(first), isFreed(found)]).toEqual([false, true, false])
})
