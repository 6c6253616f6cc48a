/** What becomes of objects in the making when memory runs out, wherever that is. */
import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import type { Thread } from '../../interpreter/thread.ts'
import { type Address, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { newClass } from './class.ts'
import { classNamed } from './classes.ts'
import { newDict } from './dict.ts'
import { DICTIONARY, dictionaryAt, newInstance } from './instance.ts'
import { Raised, raise, raiseWith } from './raise.ts'
import { newStr } from './str.ts'

/** Tries an action with ever more memory until there is enough. @returns how often there was not. */
function starved(m: Thread, action: () => void): number {
  const { runtime } = m
  for (let allowed = 0; ; allowed++) {
    const before = runtime.inUse().objects
    runtime.arena.limit(allowed)
    try {
      action()
      return allowed
    } catch (error) {
      expect(error).toBeInstanceOf(OutOfMemory)
      expect(runtime.inUse().objects, `with ${allowed} blocks`).toBe(before)
    } finally {
      runtime.arena.limit(null)
    }
  }
}

/** A thread, and what classes are made of. */
function beginning() {
  const { m } = programs()
  return { m, name: newStr(m, 'Made of text that is long enough to be allocated'), namespace: newDict(m) }
}

test('a class for which there is no memory leaves nothing behind', () => {
  const { m, name, namespace } = beginning()
  const failures = starved(m, () => newClass(m, name, [classNamed(m, 'Exception')], namespace))
  expect(failures).toBeGreaterThan(1)
})

test('nor does an exception', () => {
  const { m, name } = beginning()
  const raising = (action: () => never) => () => {
    try {
      action()
    } catch (error) {
      if (!(error instanceof Raised)) throw error
      decref(m, error.exception)
    }
  }
  expect(
    starved(
      m,
      raising(() => raise(m, 'ValueError', 'a text that is long enough to need a block')),
    ),
  ).toBeGreaterThan(1)
  expect(
    starved(
      m,
      raising(() => raiseWith(m, 'KeyError', [name])),
    ),
  ).toBeGreaterThan(0)
})

test('nor does a dictionary of attributes, and the next attempt makes it', () => {
  const { m } = beginning()
  const object = newInstance(m, classNamed(m, 'object'))
  let made: Address = NULL
  starved(m, () => {
    made = dictionaryAt(m, object + DICTIONARY)
  })
  expect(dictionaryAt(m, object + DICTIONARY)).toBe(made)
})

test('what is no class is no base of one', () => {
  const { m, name, namespace } = beginning()
  expect(() => newClass(m, name, [namespace], namespace)).toThrow('TypeError: bases must be types')
})
