import { expect, test } from 'vitest'
import { isAlive } from '../../testing/objects.ts'
import { beginPrograms, programs } from '../../testing/programs.ts'
import { python } from '../../testing/python.ts'
import { enter, QUIET } from '../../testing/setting.ts'
import type { Address } from '../memory/memory.ts'
import { decref, incref } from '../refcount/biased.ts'
import { queued } from '../refcount/merge-queue.ts'
import { newTuple, newTupleOf, setTupleItem } from './objects/tuple.ts'

test('a chain of any length ends', () => {
  const { m, make, left } = python()
  let chain = make([])
  for (let link = 0; link < 5000; link++) {
    const next = newTuple(m, [chain])
    decref(m, chain)
    chain = next
  }
  expect(left()).toBe(5000)
  decref(m, chain)
  expect(left()).toBe(0)
})

test('what holds an object of the embedder lets go of it', () => {
  const { m, left } = python()
  const inner = m.createObject(0, false)
  const outer = newTuple(m, [inner])
  decref(m, inner)
  expect(left()).toBe(2)
  decref(m, outer)
  expect(left()).toBe(0)
})

test('what another thread counted is passed to that thread', () => {
  const { m, setting, make } = python()
  const ben = enter(setting)
  const inner = make(1.5)
  // Ada's only reference is in a tuple of Ben's.
  const tuple = newTupleOf(ben, 1)
  setTupleItem(m.memory, tuple, 0, inner)
  decref(ben, tuple)
  expect([...queued(m.memory, m.record.mergeQueue)]).toEqual([inner])
})

test('a generator that somebody gets hold of while it is closed lives on, and is closed once', () => {
  const setting = beginPrograms()
  const taken: Address[] = []
  const m = enter(setting, {
    ...QUIET,
    wait(thread) {
      incref(thread, generator)
      taken.push(generator)
    },
  })
  const { run, look } = programs(setting, m)
  run(`
def generate():
    try:
        yield
    finally:
        wait('closed')
generator = generate()
next(generator)`)
  const generator = look('generator')
  run('del generator')
  decref(m, generator)
  expect(taken).toEqual([generator])
  expect(isAlive(setting, generator)).toBe(true)
  decref(m, generator)
  expect(taken).toEqual([generator])
  expect(isAlive(setting, generator)).toBe(false)
})
