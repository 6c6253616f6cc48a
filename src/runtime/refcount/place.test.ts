import { describe, expect, test } from 'vitest'
import { threeCounters } from '../../testing/objects.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { OBJECTS } from '../heap/allocators.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { lock, unlock } from '../sync/mutex.ts'
import { allowTryIncref, decref, mergeCounts } from './biased.ts'
import { makeImmortal } from './immortal.ts'
import { ObjectHeader, references } from './object-header.ts'
import { Place, put, take } from './place.ts'

/** A place, and an object of Ada's that she put there. */
function aPlace() {
  const setting = threeCounters()
  const { memory, runtime, ada } = setting
  const place = Place.at(ada.allocate(Place.size, Place.name))
  const object = ada.createObject(0, false)
  const fill = (by: typeof ada, value: Address) => put(by.detaching, place, value)
  fill(ada, object)
  return {
    ...setting,
    place,
    object,
    fill,
    takeBy: (by: typeof ada) => take(by, by.detaching, place),
    count: () => references(memory, object),
    used: () => runtime.inUse().objects,
  }
}

test('putting something into a place answers what was there, with its reference', () => {
  const { ada, ben, object, fill, count } = aPlace()
  const other = ben.createObject(0, false)
  expect(fill(ben, other)).toBe(object)
  expect(fill(ada, NULL)).toBe(other)
  expect(fill(ada, NULL)).toBe(NULL)
  expect(count()).toBe(1)
})

test('from an empty place nothing is taken', () => {
  const { ada, fill, takeBy } = aPlace()
  fill(ada, NULL)
  expect(takeBy(ada)).toBe(NULL)
})

test('who takes has a reference of its own', () => {
  const { ada, ben, object, takeBy, count, look } = aPlace()
  expect(takeBy(ada)).toBe(object)
  expect(takeBy(ben)).toBe(object)
  expect(count()).toBe(3)
  expect(look(object)).toMatchObject({ local: 2, shared: 1 })
})

test('another thread takes the lock the first time, and never again', () => {
  const { ada, ben, place, takeBy, look, object } = aPlace()
  lock(ada.attached, place.mutex)
  expect(() => takeBy(ben)).toThrow(EndlessSleep)
  unlock(ada.memory, ada.attached.lot, place.mutex)
  ben.attach()
  expect([takeBy(ben), look(object).state]).toEqual([object, 'maybe weakref'])
  lock(ada.attached, place.mutex)
  expect(takeBy(ben)).toBe(object)
})

test('an immortal object is taken as it is', () => {
  const { memory, ben, object, takeBy } = aPlace()
  makeImmortal(memory, object)
  expect(takeBy(ben)).toBe(object)
})

describe('when the place changes under the reader', () => {
  test('an object that was replaced before it had its reference is given back, and the new one taken', () => {
    const { memory, ada, ben, object, fill, takeBy, count } = aPlace()
    allowTryIncref(memory, object)
    const other = ada.createObject(0, false)
    allowTryIncref(memory, other)
    memory.before('compareExchange', object + ObjectHeader.offset.shared, () => fill(ada, other))
    expect(takeBy(ben)).toBe(other)
    expect([count(), references(memory, other)]).toEqual([1, 2])
  })

  test('an object that has died meanwhile is not revived', () => {
    const { memory, ada, ben, object, fill, takeBy, alive, used } = aPlace()
    const other = ada.createObject(0, false)
    memory.before('loadRelaxed', object + ObjectHeader.offset.local, () => {
      fill(ada, other)
      decref(ada, object)
    })
    expect(takeBy(ben)).toBe(other)
    expect([alive(object), used()]).toEqual([false, 1])
  })

  describe('an object that took the memory of a dead one is not mistaken for it', () => {
    /** Ben takes what the place holds, which ends meanwhile. @param raise what becomes of the object that comes to lie there. */
    const takenTooLate = (raise: (memory: Memory, successor: Address) => void) => {
      const place = aPlace()
      const { memory, ada, ben, object, fill, takeBy } = place
      allowTryIncref(memory, object)
      let successor = NULL
      memory.before('loadRelaxed', object + ObjectHeader.offset.local, () => {
        decref(ada, fill(ada, NULL))
        successor = ada.createObject(0, false)
        raise(memory, successor)
      })
      expect(takeBy(ben)).toBe(NULL)
      expect(successor).toBe(object)
      return place
    }

    test('if it may be attempted', () => {
      const { memory, runtime, object } = takenTooLate(allowTryIncref)
      expect([references(memory, object), runtime.arena.block(object).tag]).toEqual([1, OBJECTS])
    })

    test('if it is immortal', () => {
      takenTooLate(makeImmortal)
    })
  })

  test('a place that is emptied before the lock is taken gives nothing', () => {
    const { memory, ada, ben, object, place, fill, takeBy, alive } = aPlace()
    memory.before('compareExchange', place.mutex, () => decref(ada, fill(ada, NULL)))
    expect(takeBy(ben)).toBe(NULL)
    expect(alive(object)).toBe(false)
  })

  test('a reader whose reference turns out to be the last one ends the object', () => {
    const { memory, ada, ben, object, place, fill, takeBy, alive, finalized } = aPlace()
    mergeCounts(memory, object, 0)
    memory.before('load', place.value, () => decref(ada, fill(ada, NULL)), 2)
    expect(takeBy(ben)).toBe(NULL)
    expect([alive(object), finalized]).toEqual([false, []])
  })
})
