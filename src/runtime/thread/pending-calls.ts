/**
 * Pending calls: work that some thread of an interpreter is to do, one thread at a time.
 *
 * A thread that is asked while another is at it leaves the work to that one, and asks it again: it
 * may have looked already at what has come in since.
 *
 * @see CPython Python/ceval_gil.c, make_pending_calls
 */
import { NULL } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'
import { lock, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { clear, PENDING_CALLS, request } from './requests.ts'
import { ThreadState } from './thread-state.ts'

/** One per interpreter. */
export const PendingCalls = record('pending calls', {
  mutex: cell,
  /** The thread state that is handling them; NULL while none is. Guarded by the mutex. */
  handler: cell,
})
export type PendingCalls = Opened<typeof PendingCalls>

/**
 * Handles the pending calls, unless another thread does.
 * @param handle answers whether it succeeded. If not, the thread is asked again.
 * @returns false if handling them failed.
 */
export function handlePendingCalls(parker: Parker, calls: PendingCalls, thread: ThreadState, handle: () => boolean): boolean {
  const { memory, lot } = parker
  lock(parker, calls.mutex)
  const handler = memory.get(calls.handler)
  if (handler !== NULL) request(memory, handler + ThreadState.offset.requests, PENDING_CALLS)
  else memory.set(calls.handler, thread.address)
  unlock(memory, lot, calls.mutex)
  // Before the calls: one that comes in meanwhile asks again. Not by whoever just asked the handler, if that is itself.
  if (handler !== thread.address) clear(memory, thread.requests, PENDING_CALLS)
  if (handler !== NULL) return true

  const succeeded = handle()
  if (!succeeded) request(memory, thread.requests, PENDING_CALLS)
  lock(parker, calls.mutex)
  memory.set(calls.handler, NULL)
  unlock(memory, lot, calls.mutex)
  return succeeded
}
