/**
 * Request bits: what others want a thread to do at its next safe point.
 *
 * A request costs the sender one atomic operation and the receiver, while there is none, one
 * relaxed load per safe point. A bit says only that there is something to do; what it is stands in
 * the mechanism's own structures, so that a bit set twice or served in vain does no harm.
 *
 * @see CPython Include/internal/pycore_ceval.h, the eval breaker
 */
import type { Address, Memory } from '../memory/memory.ts'

export const DROP_LOCK = 1 << 0
export const SIGNALS = 1 << 1
export const PENDING_CALLS = 1 << 2
export const EXCEPTION = 1 << 3
export const COLLECT = 1 << 4
export const STOP = 1 << 5
export const MERGE = 1 << 6
export const COLD_CODE = 1 << 7
/** Any of them. Above them the word holds something else: the version of instrumentation. */
export const REQUESTS = (1 << 8) - 1

/** Sets a request for the thread whose request cell this is. Any thread may. */
export function request(memory: Memory, requests: Address, bit: number): void {
  memory.or(requests, bit)
}

/** Takes a request back, before serving it: one that is set again meanwhile is then not lost. */
export function clear(memory: Memory, requests: Address, bit: number): void {
  memory.and(requests, ~bit)
}
