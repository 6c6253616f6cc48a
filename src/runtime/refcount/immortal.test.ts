import { describe, expect, test, vi } from 'vitest'
import { threeCounters } from '../../testing/objects.ts'
import { allowTryIncref, decref, incref, isUniquelyReferenced, tryIncref } from './biased.ts'
import { addReferences, makeImmortal, makeMortal, setCount } from './immortal.ts'
import { FINALIZED, IMMORTAL_REFERENCES, isImmortal, LOCAL_LIMIT, MARKS, references, UNOWNED } from './object-header.ts'

function anObject() {
  const setting = threeCounters()
  const object = setting.ada.createObject(0, true)
  const { memory } = setting
  const look = () => setting.look(object)
  return { ...setting, object, look, immortal: () => isImmortal(memory, object) }
}

test('an immortal object has no owner, and the collector does not look at it', () => {
  const { memory, ben, object, immortal, look } = anObject()
  memory.or(object + MARKS, FINALIZED)
  allowTryIncref(memory, object)
  incref(ben, object)
  makeImmortal(memory, object)
  expect([immortal(), references(memory, object)]).toEqual([true, IMMORTAL_REFERENCES])
  expect(look()).toMatchObject({ owner: UNOWNED, shared: 0, state: 'none' })
  expect(memory.get(object + MARKS)).toBe(FINALIZED)
})

test('an object that becomes immortal never looks as if it were being merged', () => {
  const { memory, object, immortal, look } = anObject()
  const written = vi.spyOn(memory, 'storeRelaxed').mockImplementation((at, value) => {
    memory.store(at, value)
    expect([immortal(), look().owner === UNOWNED]).not.toEqual([false, true])
  })
  makeImmortal(memory, object)
  expect(written).toHaveBeenCalled()
  expect(immortal()).toBe(true)
})

test('nothing counts an immortal object', () => {
  const { memory, ada, ben, object, look, alive } = anObject()
  makeImmortal(memory, object)
  const before = look()
  for (const thread of [ada, ben]) {
    incref(thread, object)
    decref(thread, object)
    decref(thread, object)
    setCount(thread, object, 5n)
    addReferences(thread, object, 5n)
    expect(tryIncref(thread, object)).toBe(true)
    expect(isUniquelyReferenced(thread, object)).toBe(false)
  }
  allowTryIncref(memory, object)
  expect([look(), alive(object)]).toEqual([before, true])
})

test('an object that is made mortal again has no owner, and that many references', () => {
  const { memory, ben, object, look, alive } = anObject()
  makeImmortal(memory, object)
  makeMortal(memory, object, 2)
  expect(look()).toEqual({ owner: UNOWNED, local: 0, shared: 2, state: 'merged' })
  decref(ben, object)
  decref(ben, object)
  expect(alive(object)).toBe(false)
})

describe('setting the count', () => {
  test('leaves the owner owner, and the flags what they are', () => {
    const { memory, ada, ben, object, look } = anObject()
    allowTryIncref(memory, object)
    incref(ben, object)
    setCount(ada, object, 7n)
    expect(look()).toEqual({ owner: ada.identity, local: 7, shared: 0, state: 'maybe weakref' })
  })

  test('by another thread merges the object', () => {
    const { ben, object, look } = anObject()
    setCount(ben, object, 7n)
    expect(look()).toEqual({ owner: UNOWNED, local: 0, shared: 7, state: 'merged' })
  })

  test.for([
    [0n, false],
    [BigInt(LOCAL_LIMIT), false],
    [BigInt(LOCAL_LIMIT) + 1n, true],
    [2n ** 32n, true],
    [-1n, true],
  ] as const)('to %i makes the object immortal: %j', ([count, becomes]) => {
    const { memory, ada, object, immortal } = anObject()
    setCount(ada, object, count)
    expect(immortal()).toBe(becomes)
    if (!becomes) expect(references(memory, object)).toBe(Number(count))
  })
})

describe('adding references', () => {
  test('the owner adds to the local count', () => {
    const { ada, object, look } = anObject()
    addReferences(ada, object, 5n)
    expect(look()).toMatchObject({ local: 6, shared: 0 })
  })

  test('another thread adds to the shared count, and changes no flag', () => {
    const { memory, ben, object, look } = anObject()
    allowTryIncref(memory, object)
    addReferences(ben, object, 5n)
    expect(look()).toMatchObject({ local: 1, shared: 5, state: 'maybe weakref' })
  })

  test.for([
    [BigInt(LOCAL_LIMIT) - 1n, false],
    [BigInt(LOCAL_LIMIT), true],
    [2n ** 64n, true],
  ] as const)('%i more make the object immortal: %j', ([count, becomes]) => {
    const { ada, object, immortal } = anObject()
    addReferences(ada, object, count)
    expect(immortal()).toBe(becomes)
  })
})
