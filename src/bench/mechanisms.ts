/** What the mechanisms cost on one thread, against the same memory operations bare. */
import { MEMORY } from '../runtime/heap/allocators.ts'
import { bind, createThread } from '../runtime/interpreter/lifecycle.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { type Embedder, sleeper, type Thread } from '../runtime/interpreter/thread.ts'
import { type Address, CELL } from '../runtime/memory/memory.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { freeDelayed } from '../runtime/reclaim/delayed-free.ts'
import { advance, poll, QsbrSlot, quiescentState } from '../runtime/reclaim/qsbr.ts'
import { decref, incref } from '../runtime/refcount/biased.ts'
import { LOCAL, OWNER, SHARED } from '../runtime/refcount/object-header.ts'
import { compare, type Result } from './measure.ts'

const BYTES = 8 * 1024 * 1024
const SOMEBODY: Embedder = { finalize() {}, serve: () => true }

export function mechanisms(): Result[] {
  return [ownerCounts(), foreignCounts(), quiescence(), advances(), polls(2), polls(64), delayedFree()]
}

/** A runtime with so many attached threads; they are views on one thread of this program. */
function threads(count: number): Thread[] {
  const runtime = Runtime.create(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  return Array.from({ length: count }, () => {
    const os = runtime.createOsThread()
    return bind(runtime, os, createThread({ runtime, os }, interpreter), SOMEBODY)
  }).map((thread) => {
    thread.attach()
    return thread
  })
}

function ownerCounts(): Result {
  const [owner] = threads(1) as [Thread]
  const object = owner.createObject(0, false)
  const memory = owner.memory as SharedMemory
  return compare(
    'owner takes and drops a reference',
    (operations) => {
      for (let i = 0; i < operations; i++) {
        incref(owner, object)
        decref(owner, object)
      }
    },
    'four plain reads and two plain writes',
    (operations) => {
      for (let i = 0; i < operations; i++) {
        touch(memory, object, 1)
        touch(memory, object, -1)
      }
    },
    { is: 'at most', value: 2 },
  )
}

/** Two reads and a write, of the cells that counting as owner touches. */
function touch(memory: SharedMemory, object: Address, by: number): void {
  const local = memory.get(object + LOCAL)
  if (memory.get(object + OWNER) !== 0) memory.set(object + LOCAL, local + by)
}

function foreignCounts(): Result {
  const [owner, other] = threads(2) as [Thread, Thread]
  const object = owner.createObject(0, false)
  incref(other, object)
  const { memory } = owner
  return compare(
    'another thread takes and drops a reference',
    (operations) => {
      for (let i = 0; i < operations; i++) {
        incref(other, object)
        decref(other, object)
      }
    },
    'one atomic add and one compare-and-exchange',
    (operations) => {
      for (let i = 0; i < operations; i++) {
        const before = memory.add(object + SHARED, CELL)
        memory.compareExchange(object + SHARED, before + CELL, before)
      }
    },
  )
}

function quiescence(): Result {
  const [thread] = threads(1) as [Thread]
  const { memory, qsbr } = thread
  const slot = thread.slot()
  const { writeSequence } = qsbr
  const sequence = slot + QsbrSlot.offset.sequence
  return compare(
    'quiescent state',
    (operations) => {
      for (let i = 0; i < operations; i++) quiescentState(memory, qsbr, slot)
    },
    'one atomic load and one atomic store',
    (operations) => {
      for (let i = 0; i < operations; i++) memory.storeRelease(sequence, memory.loadAcquire(writeSequence))
    },
  )
}

function advances(): Result {
  const [thread] = threads(1) as [Thread]
  const { memory, qsbr } = thread
  const { writeSequence } = qsbr
  return compare(
    'advance',
    (operations) => {
      for (let i = 0; i < operations; i++) advance(memory, qsbr)
    },
    'one atomic add',
    (operations) => {
      for (let i = 0; i < operations; i++) memory.add(writeSequence, 2)
    },
  )
}

/** A poll for a goal that is not reached looks at every slot. */
function polls(count: number): Result {
  const all = threads(count)
  const [thread] = all as [Thread]
  const { memory, qsbr } = thread
  const slot = thread.slot()
  const goal = advance(memory, qsbr)
  const size = memory.get(qsbr.size)
  const slots = memory.get(qsbr.slots)
  return compare(
    `poll that scans, ${count} threads in ${size} slots`,
    (operations) => {
      for (let i = 0; i < operations; i++) poll(memory, qsbr, slot, goal)
    },
    `${size + 3} atomic loads`,
    (operations) => {
      for (let i = 0; i < operations; i++) {
        let sum = memory.load(qsbr.writeSequence) + memory.load(qsbr.readSequence) + memory.load(qsbr.readSequence)
        for (let at: Address = slots; at < slots + size * QsbrSlot.size; at += QsbrSlot.size) sum += memory.load(at)
        if (sum === -1) throw new Error('no sequence is negative')
      }
    },
  )
}

/** Allocating and retiring a block, its later free included, against allocating and freeing it at once. */
function delayedFree(): Result {
  const [thread] = threads(1) as [Thread]
  const { memory, runtime } = thread
  const bytes = 32
  return compare(
    'allocate a block and retire it',
    (operations) => {
      for (let i = 0; i < operations; i++) {
        freeDelayed(thread, MEMORY, runtime.allocate(MEMORY, bytes, 'block'))
        quiescentState(memory, thread.qsbr, thread.slot())
      }
    },
    'allocate a block and free it at once',
    (operations) => {
      for (let i = 0; i < operations; i++) runtime.free(MEMORY, runtime.allocate(MEMORY, bytes, 'block'))
    },
  )
}
