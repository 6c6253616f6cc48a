/** What two threads do with memory that one reads while the other retires it. */
import { MEMORY } from '../../runtime/heap/allocators.ts'
import { clearThread, deleteThread } from '../../runtime/interpreter/lifecycle.ts'
import { safePoint } from '../../runtime/interpreter/safe-point.ts'
import type { Thread } from '../../runtime/interpreter/thread.ts'
import { POISON } from '../../runtime/memory/arena.ts'
import { type Address, CELL, NULL } from '../../runtime/memory/memory.ts'
import type { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { freeDelayed } from '../../runtime/reclaim/delayed-free.ts'
import { enter, open } from '../setting.ts'
import { meet } from './meet.ts'

const CELLS = 24

function aBlock(thread: Thread, version: number): Address {
  const block = thread.allocate(CELLS * CELL, 'block')
  thread.memory.fill(block, CELLS * CELL, version)
  return block
}

function exit(thread: Thread): void {
  clearThread(thread)
  deleteThread(thread)
}

/** Publishes one version of a block after the other, and retires the one before. @returns how many it published. */
export function publish(memory: SharedMemory, gate: Address, place: Address, done: Address, versions: number): number {
  const thread = enter(open(memory))
  memory.store(place, aBlock(thread, 1))
  meet(memory, gate, 2)
  for (let version = 2; version <= versions; version++) {
    const old = memory.exchange(place, aBlock(thread, version))
    freeDelayed(thread, MEMORY, old)
    safePoint(thread)
  }
  memory.store(done, 1)
  exit(thread)
  return versions
}

/** Blocks that the reader looks at between two safe points. */
const HELD = 3

/** Holds on to the versions it finds until its next safe point. @returns how many cells of them were not, or did not stay, what they should be. */
export function readAll(memory: SharedMemory, gate: Address, place: Address, done: Address): number {
  const thread = enter(open(memory))
  const held: { readonly block: Address; readonly version: number }[] = []
  let wrong = 0
  meet(memory, gate, 2)
  while (memory.load(done) === 0) {
    const block = memory.load(place)
    held.push({ block, version: memory.get(block) })
    if (held.length < HELD) continue
    for (const { block, version } of held.splice(0)) {
      wrong += Number(version === POISON)
      for (let cell = 0; cell < CELLS; cell++) wrong += Number(memory.get(block + cell * CELL) !== version)
    }
    safePoint(thread)
  }
  freeDelayed(thread, MEMORY, memory.exchange(place, NULL))
  exit(thread)
  return wrong
}

/** Retires blocks, so many that chunks fill up, and exits. */
export function retireMany(memory: SharedMemory, gate: Address, count: number): void {
  const thread = enter(open(memory))
  meet(memory, gate, 2)
  for (let index = 1; index <= count; index++) {
    freeDelayed(thread, MEMORY, aBlock(thread, index))
    if (index % 100 === 0) safePoint(thread)
  }
  exit(thread)
}
