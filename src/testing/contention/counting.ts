/** What two threads do with the same objects. */
import { clearThread, deleteThread } from '../../runtime/interpreter/lifecycle.ts'
import { safePoint } from '../../runtime/interpreter/safe-point.ts'
import type { Embedder, Thread } from '../../runtime/interpreter/thread.ts'
import { POISON } from '../../runtime/memory/arena.ts'
import { type Address, CELL, type Memory, NULL } from '../../runtime/memory/memory.ts'
import type { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { decref, incref } from '../../runtime/refcount/biased.ts'
import { FINALIZER } from '../../runtime/refcount/object-header.ts'
import { Place, put, take } from '../../runtime/refcount/place.ts'
import { enter, open, QUIET } from '../setting.ts'
import { meet } from './meet.ts'

/** References that each of the two is given. */
const SHARE = 3

/** Counts how often each object's finalizer runs: in the cell of its number. */
const counting = (ends: Address): Embedder => ({
  ...QUIET,
  finalize: ({ memory }, _object, which) => {
    memory.add(ends + (which - 1) * CELL, 1)
  },
})

function exit(thread: Thread): void {
  clearThread(thread)
  deleteThread(thread)
}

/** Waits, attached and passing safe points, until a cell is no longer zero. @returns what it holds. */
function waitFor(memory: Memory, thread: Thread, cell: Address): number {
  for (;;) {
    const value = memory.load(cell)
    if (value !== 0) return value
    safePoint(thread)
    memory.pause()
  }
}

/** Makes objects, gives the other its share of references, and drops the own one. With `early`, exits before the other is done. */
export function own(
  memory: SharedMemory,
  gate: Address,
  objects: Address,
  ends: Address,
  done: Address,
  count: number,
  early: boolean,
): void {
  const thread = enter(open(memory), counting(ends))
  meet(memory, gate, 2)
  for (let index = 0; index < count; index++) {
    const object = thread.createObject(index + 1, false)
    for (let more = 2 * SHARE - 1; more > 0; more--) incref(thread, object)
    memory.store(objects + index * CELL, object)
    for (let mine = SHARE; mine > 0; mine--) {
      incref(thread, object)
      decref(thread, object)
      decref(thread, object)
    }
    if (index % 8 === 0) safePoint(thread)
  }
  if (!early) waitFor(memory, thread, done)
  exit(thread)
}

/** Drops the share of references that the owner has given, taking others meanwhile. */
export function share(memory: SharedMemory, gate: Address, objects: Address, ends: Address, done: Address, count: number): void {
  const thread = enter(open(memory), counting(ends))
  meet(memory, gate, 2)
  for (let index = 0; index < count; index++) {
    const object = waitFor(memory, thread, objects + index * CELL)
    for (let mine = SHARE; mine > 0; mine--) {
      incref(thread, object)
      decref(thread, object)
      decref(thread, object)
    }
    safePoint(thread)
  }
  memory.store(done, 1)
  exit(thread)
}

/** Takes and drops references to an object that another thread owns. */
export function countOn(memory: SharedMemory, gate: Address, object: Address, times: number): void {
  const thread = enter(open(memory))
  meet(memory, gate, 2)
  for (let i = 0; i < times; i++) {
    incref(thread, object)
    incref(thread, object)
    decref(thread, object)
    if (i % 64 === 0) safePoint(thread)
  }
  for (let i = 0; i < times; i++) decref(thread, object)
  exit(thread)
}

/** Puts one new object after the other into a place. */
export function replace(memory: SharedMemory, gate: Address, place: Address, ends: Address, done: Address, count: number): void {
  const thread = enter(open(memory), counting(ends))
  const here = Place.at(place)
  meet(memory, gate, 2)
  const dispose = (object: Address) => {
    if (object !== NULL) decref(thread, object)
  }
  for (let index = 0; index < count; index++) {
    dispose(put(thread.detaching, here, thread.createObject(index + 1, false)))
    safePoint(thread)
  }
  waitFor(memory, thread, done)
  dispose(put(thread.detaching, here, NULL))
  exit(thread)
}

/** Takes what is in the place, looks at it and lets go, until it is the last object. @returns how many dead ones it was given. */
export function takeAndLook(memory: SharedMemory, gate: Address, place: Address, ends: Address, done: Address, count: number): number {
  const thread = enter(open(memory), counting(ends))
  const here = Place.at(place)
  let dead = 0
  meet(memory, gate, 2)
  for (let last = 0; last !== count; safePoint(thread)) {
    const object = take(thread, thread.detaching, here)
    if (object === NULL) continue
    last = memory.get(object + FINALIZER)
    dead += Number(last === POISON || last < 1)
    decref(thread, object)
  }
  memory.store(done, 1)
  exit(thread)
  return dead
}
