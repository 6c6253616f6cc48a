/**
 * A list whose readers take no lock, and which pays for that only once it has readers.
 *
 * A list that only its owner uses frees its old items at once when it is resized. The first access
 * by another thread marks it as shared, for ever, and from then on old items are retired.
 *
 * @see CPython Objects/listobject.c, ensure_shared_on_read and list_resize
 */
import { type Domain, MEMORY } from '../heap/allocators.ts'
import type { Address } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'
import { lock, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'

export const SharedList = record('list', {
  mutex: cell,
  /** Identity of the thread that made it. */
  owner: cell,
  /** Not zero once another thread has used it. Set under the mutex, never cleared. */
  shared: cell,
  /** The block that holds its items. */
  items: cell,
})
export type SharedList = Opened<typeof SharedList>

/** Who uses the list. */
export interface ListUser {
  readonly identity: Address
  readonly detaching: Parker
  free(domain: Domain, address: Address): void
  freeDelayed(domain: Domain, address: Address): void
}

/** @returns the items, which stay what they are until the caller's next quiescent state. */
export function read(user: ListUser, list: SharedList): Address {
  const { memory, lot } = user.detaching
  if (memory.loadRelaxed(list.owner) !== user.identity && memory.load(list.shared) === 0) {
    lock(user.detaching, list.mutex)
    memory.store(list.shared, 1)
    unlock(memory, lot, list.mutex)
  }
  return memory.loadAcquire(list.items)
}

/** Replaces the items and disposes of the old ones. @returns the old ones. */
export function resize(user: ListUser, list: SharedList, items: Address): Address {
  const { memory, lot } = user.detaching
  lock(user.detaching, list.mutex)
  if (memory.loadRelaxed(list.owner) !== user.identity) memory.store(list.shared, 1)
  const old = memory.exchange(list.items, items)
  if (memory.load(list.shared) === 0) user.free(MEMORY, old)
  else user.freeDelayed(MEMORY, old)
  unlock(memory, lot, list.mutex)
  return old
}
