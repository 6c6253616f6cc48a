import { expect, test } from 'vitest'
import { isAlive } from '../../../testing/objects.ts'
import { begin, enter } from '../../../testing/setting.ts'
import { NULL } from '../../memory/memory.ts'
import { decref, incref, mergeCounts, tryIncref } from '../../refcount/biased.ts'
import { makeImmortal } from '../../refcount/immortal.ts'
import { ownerOf, references } from '../../refcount/object-header.ts'
import { countAgain, DEFERRED, deferCounting, isDeferred } from './deferred.ts'
import { Kind } from './kinds.ts'

/** An object of Ada's whose counting is deferred. */
function deferred() {
  const setting = begin()
  const [ada, ben] = [enter(setting), enter(setting)]
  const object = ada.newObject(Kind.ELLIPSIS, 24, 'object')
  deferCounting(ada, object)
  return { ...setting, ada, ben, object, alive: () => isAlive(setting, object) }
}

test('an object whose counting is deferred does not end with its last reference, whoever drops it', () => {
  const { ada, ben, memory, object, alive } = deferred()
  incref(ben, object)
  decref(ada, object)
  decref(ben, object)
  expect([alive(), isDeferred(memory, object), references(memory, object)]).toEqual([true, true, DEFERRED])
})

test('any thread can take a reference to it at once', () => {
  const { ben, memory, object } = deferred()
  expect(tryIncref(ben, object)).toBe(true)
  expect(references(memory, object)).toBe(DEFERRED + 2)
})

test('once it is counted again it is merged, and ends with its last reference', () => {
  const { ben, memory, object, alive } = deferred()
  countAgain(memory, object, 1)
  expect([isDeferred(memory, object), ownerOf(memory, object), references(memory, object)]).toEqual([false, NULL, 2])
  decref(ben, object)
  expect(alive()).toBe(true)
  decref(ben, object)
  expect(alive()).toBe(false)
})

test('what was counted all the time only gets the references added', () => {
  const { ada, memory } = deferred()
  const other = ada.newObject(Kind.ELLIPSIS, 24, 'object')
  countAgain(memory, other, 1)
  expect([isDeferred(memory, other), references(memory, other)]).toEqual([false, 2])
})

test('no other object looks as if its counting were deferred: owned, merged, immortal, dead, or counted below zero', () => {
  const { ada, ben, memory } = deferred()
  const make = () => ada.newObject(Kind.ELLIPSIS, 24, 'object')
  const [owned, merged, immortal, dead, below] = [make(), make(), make(), make(), make()] as const
  mergeCounts(memory, merged, 0)
  makeImmortal(memory, immortal)
  decref(ada, dead)
  incref(ada, below)
  decref(ben, below)
  decref(ben, below)
  expect([owned, merged, immortal, dead, below].map((object) => isDeferred(memory, object))).toEqual([false, false, false, false, false])
})
