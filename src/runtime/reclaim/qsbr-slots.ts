/**
 * The table of slots in which threads report their sequences.
 *
 * A poll walks the table without a lock, so it may only be replaced while nobody can poll: with the
 * world stopped. Slots are handed out before a thread state is in any list (growing the table must
 * be able to stop the world), and bound to it once it is.
 *
 * @see CPython Python/qsbr.c, _Py_qsbr_reserve and its neighbours
 */
import type { Chunks } from '../memory/chunks.ts'
import { type Address, type Memory, NULL } from '../memory/memory.ts'
import { lock, reset as resetMutex, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { DETACHED, FIRST, type Qsbr, QsbrMisuse, QsbrSlot } from './qsbr.ts'

/** Slots of the first table. Each later one has twice as many as the one before. */
export const SMALLEST = 8

/** What the block of a table is called. */
export const SLOT_TABLE = 'slot table'

/** What replacing the table needs. */
export interface Growth extends Chunks {
  /** Detaches while it sleeps: whoever grows the table holds the mutex and stops the world. */
  readonly detaching: Parker
  whileStopped<T>(action: () => T): T
}

/** Makes the state of an interpreter whose memory holds zeros. */
export function initialise(memory: Memory, qsbr: Qsbr): void {
  memory.store(qsbr.writeSequence, FIRST)
  memory.store(qsbr.readSequence, FIRST)
}

/**
 * Takes a slot for a thread state that is in no list yet, and grows the table if none is free.
 * @returns its number, since the table may move before it is registered; undefined if there is no memory.
 */
export function reserve(growth: Growth, qsbr: Qsbr): number | undefined {
  const { memory, lot } = growth.detaching
  lock(growth.detaching, qsbr.mutex)
  try {
    if (memory.get(qsbr.free) === NULL && !grow(growth, qsbr)) return undefined
    const slot = QsbrSlot.at(memory.get(qsbr.free))
    memory.set(qsbr.free, memory.get(slot.next))
    memory.set(slot.next, NULL)
    memory.set(slot.reserved, 1)
    // Under the mutex: after it, another thread may have replaced the table.
    return numberOf(memory, qsbr, slot.address)
  } finally {
    unlock(memory, lot, qsbr.mutex)
  }
}

/** Gives a slot back that was reserved for a thread state which was not made after all. */
export function release(parker: Parker, qsbr: Qsbr, number: number): void {
  const { memory, lot } = parker
  lock(parker, qsbr.mutex)
  give(memory, qsbr, slotAt(memory, qsbr, number))
  unlock(memory, lot, qsbr.mutex)
}

/** Binds a slot to a thread state that is in its interpreter's list. @param holder the cell that is to hold the slot's address. */
export function register(parker: Parker, qsbr: Qsbr, number: number, holder: Address): void {
  const { memory, lot } = parker
  lock(parker, qsbr.mutex)
  const slot = slotAt(memory, qsbr, number)
  memory.set(slot.holder, holder)
  memory.storeRelease(holder, slot.address)
  unlock(memory, lot, qsbr.mutex)
}

/** Gives back the slot of a thread state that is detached and in no list any more. */
export function unregister(parker: Parker, qsbr: Qsbr, holder: Address): void {
  const { memory, lot } = parker
  lock(parker, qsbr.mutex)
  // Only now: waiting for the mutex may have let the table be replaced.
  const slot = QsbrSlot.at(memory.get(holder))
  memory.set(holder, NULL)
  give(memory, qsbr, slot)
  unlock(memory, lot, qsbr.mutex)
}

/** For a fork's child: gives back every slot but the survivor's, those reserved and never registered too. */
export function afterFork(memory: Memory, qsbr: Qsbr, survivor: Address): void {
  resetMutex(memory, qsbr.mutex)
  // The list is made anew: a thread that exists no longer may have been in the middle of changing it.
  memory.set(qsbr.free, NULL)
  for (let number = memory.get(qsbr.size) - 1; number >= 0; number--) {
    const slot = slotAt(memory, qsbr, number)
    if (slot.address === survivor) continue
    const holder = memory.get(slot.holder)
    if (holder !== NULL) memory.set(holder, NULL)
    give(memory, qsbr, slot)
  }
}

/** Frees the table, once no thread state is left. */
export function dispose(memory: Memory, qsbr: Qsbr, free: (address: Address) => void): void {
  const slots = memory.get(qsbr.slots)
  if (slots !== NULL) free(slots)
  memory.set(qsbr.slots, NULL)
  memory.set(qsbr.size, 0)
  memory.set(qsbr.free, NULL)
}

/** The number of a slot in the table. */
export const numberOf = (memory: Memory, qsbr: Qsbr, slot: Address): number => (slot - memory.get(qsbr.slots)) / QsbrSlot.size

/** How many slots are free. For observers. */
export function countFree(memory: Memory, qsbr: Qsbr): number {
  let count = 0
  for (let at = memory.get(qsbr.free); at !== NULL; at = memory.get(at + QsbrSlot.offset.next)) count += 1
  return count
}

type Slot = ReturnType<typeof QsbrSlot.at>

const slotAt = (memory: Memory, qsbr: Qsbr, number: number): Slot => QsbrSlot.at(memory.get(qsbr.slots) + number * QsbrSlot.size)

function give(memory: Memory, qsbr: Qsbr, slot: Slot): void {
  if (memory.load(slot.sequence) !== DETACHED) throw new QsbrMisuse('an attached thread gave its slot back')
  memory.set(slot.holder, NULL)
  memory.set(slot.reserved, 0)
  memory.set(slot.next, memory.get(qsbr.free))
  memory.set(qsbr.free, slot.address)
}

/** Replaces the table by one of twice the size. The caller holds the mutex, and no slot is free. @returns false without memory. */
function grow(growth: Growth, qsbr: Qsbr): boolean {
  const { memory } = growth.detaching
  return growth.whileStopped(() => {
    const old = memory.get(qsbr.slots)
    const oldSize = memory.get(qsbr.size)
    const size = Math.max(SMALLEST, 2 * oldSize)
    const slots = growth.allocate(size * QsbrSlot.size, SLOT_TABLE)
    if (slots === NULL) return false
    for (let number = 0; number < oldSize; number++) {
      const from = QsbrSlot.at(old + number * QsbrSlot.size)
      const to = QsbrSlot.at(slots + number * QsbrSlot.size)
      const holder = memory.get(from.holder)
      memory.store(to.sequence, memory.load(from.sequence))
      memory.set(to.deferrals, memory.get(from.deferrals))
      memory.set(to.reserved, memory.get(from.reserved))
      memory.set(to.holder, holder)
      if (holder !== NULL) memory.set(holder, to.address)
    }
    for (let number = oldSize; number < size; number++) {
      const slot = QsbrSlot.at(slots + number * QsbrSlot.size)
      memory.set(slot.next, memory.get(qsbr.free))
      memory.set(qsbr.free, slot.address)
    }
    memory.set(qsbr.slots, slots)
    memory.set(qsbr.size, size)
    if (old !== NULL) growth.free(old)
    return true
  })
}
