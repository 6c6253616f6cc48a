import { describe, expect, test } from 'vitest'
import { threeCounters } from '../../testing/objects.ts'
import { safePoint } from '../interpreter/safe-point.ts'
import { decref, incref, increfAndAllow, mergeCounts, tryIncref } from './biased.ts'
import { makeImmortal } from './immortal.ts'
import { isImmortal, references, SHARED, UNOWNED } from './object-header.ts'

/** An object of Ada's with one reference and a finalizer. */
function anObject() {
  const setting = threeCounters()
  const object = setting.ada.createObject(1, false)
  return {
    ...setting,
    object,
    look: () => setting.look(object),
    isAlive: () => setting.alive(object),
    onFinalize: (act: () => void) => setting.finalizers.set(1, act),
    times: () => setting.finalized.length,
  }
}

test('an object without a finalizer is just freed', () => {
  const { ada, alive, finalized } = threeCounters()
  const object = ada.createObject(0, false)
  decref(ada, object)
  expect([alive(object), finalized]).toEqual([false, []])
})

test('a finalizer finds its object alive, owned by its own thread, with one reference', () => {
  const { memory, ada, ben, object, look, isAlive, onFinalize } = anObject()
  mergeCounts(memory, object, 0)
  onFinalize(() => {
    expect(look()).toEqual({ owner: ben.identity, local: 1, shared: 0, state: 'none' })
    expect(tryIncref(ada, object)).toBe(false)
  })
  decref(ben, object)
  expect(isAlive()).toBe(false)
})

test('a finalizer that leaves everything as it was ends the object, and nobody can take a reference any more', () => {
  const { ada, ben, object, look, isAlive, times } = anObject()
  decref(ada, object)
  expect([isAlive(), times(), look()]).toEqual([false, 1, { owner: ada.identity, local: 0, shared: 0, state: 'none' }])
  expect(tryIncref(ben, object)).toBe(false)
})

describe('a finalizer may bring its object back', () => {
  test('by taking a reference', () => {
    const { memory, ada, object, isAlive, onFinalize } = anObject()
    onFinalize(() => incref(ada, object))
    decref(ada, object)
    expect([isAlive(), references(memory, object)]).toEqual([true, 1])
  })

  test('by letting another thread take one', () => {
    const { memory, ada, ben, object, isAlive, onFinalize } = anObject()
    onFinalize(() => increfAndAllow(ben, object))
    decref(ada, object)
    expect([isAlive(), references(memory, object)]).toEqual([true, 1])
    decref(ben, object)
    expect(isAlive()).toBe(false)
  })

  test('and it runs no second time', () => {
    const { ada, object, isAlive, onFinalize, times } = anObject()
    onFinalize(() => incref(ada, object))
    decref(ada, object)
    decref(ada, object)
    expect([isAlive(), times()]).toEqual([false, 1])
  })

  test('by making it immortal', () => {
    const { memory, ada, object, isAlive, onFinalize } = anObject()
    onFinalize(() => makeImmortal(memory, object))
    decref(ada, object)
    expect([isAlive(), isImmortal(memory, object)]).toEqual([true, true])
  })

  test('and hand out a reference that is dropped before it returns', () => {
    const { ada, ben, object, isAlive, onFinalize } = anObject()
    onFinalize(() => {
      increfAndAllow(ben, object)
      decref(ben, object)
    })
    decref(ada, object)
    // The door that was opened for the other thread is shut again.
    expect([isAlive(), tryIncref(ben, object)]).toEqual([false, false])
  })

  test('and hand out its own, which another thread drops: the queue holds it', () => {
    const { ada, ben, object, look, isAlive, onFinalize } = anObject()
    onFinalize(() => {
      incref(ada, object)
      decref(ben, object)
      expect(look()).toMatchObject({ state: 'queued' })
    })
    decref(ada, object)
    expect([isAlive(), look()]).toEqual([true, { owner: UNOWNED, local: 0, shared: 1, state: 'merged' }])
    safePoint(ada)
    expect(isAlive()).toBe(false)
  })

  test('and be merged while it runs', () => {
    const { ada, ben, object, isAlive, onFinalize } = anObject()
    onFinalize(() => {
      incref(ada, object)
      decref(ben, object)
      safePoint(ada)
    })
    decref(ada, object)
    expect(isAlive()).toBe(false)
  })

  test('and be merged while it runs, with a reference that lives on', () => {
    const { memory, ada, ben, object, isAlive, onFinalize } = anObject()
    onFinalize(() => {
      incref(ada, object)
      incref(ada, object)
      decref(ben, object)
      safePoint(ada)
    })
    decref(ada, object)
    expect([isAlive(), references(memory, object)]).toEqual([true, 1])
  })
})

test('a count that another thread takes while the borrowed reference is dropped is not lost', () => {
  const { memory, ada, ben, object, isAlive, onFinalize } = anObject()
  onFinalize(() => {
    incref(ada, object)
    memory.before('compareExchange', object + SHARED, () => incref(ben, object))
  })
  decref(ada, object)
  expect([isAlive(), references(memory, object)]).toEqual([true, 2])
})
