/** What two threads do with memory that one reads while the other retires it. */
import { MEMORY } from '../../runtime/heap/allocators.ts'
import { clearThread, deleteThread } from '../../runtime/interpreter/lifecycle.ts'
import { safePoint } from '../../runtime/interpreter/safe-point.ts'
import type { Thread } from '../../runtime/interpreter/thread.ts'
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

/** Reads every version it can get hold of, cell by cell. @returns how many of them were not the same in all cells. */
export function readAll(memory: SharedMemory, gate: Address, place: Address, done: Address): number {
  const thread = enter(open(memory))
  let torn = 0
  meet(memory, gate, 2)
  for (let looks = 0; memory.load(done) === 0; looks++) {
    const block = memory.load(place)
    const version = memory.get(block)
    for (let cell = 1; cell < CELLS; cell++) if (memory.get(block + cell * CELL) !== version) torn += 1
    if (looks % 3 === 0) safePoint(thread)
  }
  freeDelayed(thread, MEMORY, memory.exchange(place, NULL))
  exit(thread)
  return torn
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
