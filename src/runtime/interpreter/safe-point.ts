/**
 * The safe point: where a thread holds nothing that another may take away.
 *
 * It reports a quiescent state, whether or not anybody asked for anything, and then serves the
 * requests in one order. The requests are read once: what is set meanwhile waits for the next safe
 * point, so that a thread that is asked all the time still gets on with its work.
 *
 * @see CPython Python/ceval_gil.c, _Py_HandlePending
 */
import { quiescentState } from '../reclaim/qsbr.ts'
import { drain } from '../refcount/merge-queue.ts'
import { handlePendingCalls } from '../thread/pending-calls.ts'
import {
  COLD_CODE,
  COLLECT,
  clear,
  DROP_LOCK,
  EXCEPTION,
  MERGE,
  PENDING_CALLS,
  REQUESTS,
  request,
  SIGNALS,
  STOP,
} from '../thread/requests.ts'
import { countDown, isRequested, isStoppedBy, type StopTheWorld } from '../thread/stop-the-world.ts'
import { collect } from './collect.ts'
import type { Thread } from './thread.ts'

/** One kind of request: its bit, and what is done about it. `serve` answers false if that failed. */
interface Service {
  readonly bit: number
  serve(thread: Thread): boolean
}

/**
 * In the order in which they are served. Stopping comes first: nothing else may run while others
 * wait for this thread. Signals and pending calls may fail, and what comes after them then waits.
 */
const SERVICES: readonly Service[] = [
  { bit: STOP, serve: answerPause },
  { bit: SIGNALS, serve: (thread) => serveOrKeep(thread, SIGNALS) },
  { bit: PENDING_CALLS, serve: servePendingCalls },
  { bit: MERGE, serve: merge },
  { bit: COLLECT, serve: collectOnRequest },
  { bit: COLD_CODE, serve: (thread) => serveByEmbedder(thread, COLD_CODE) },
  { bit: DROP_LOCK, serve: (thread) => serveByEmbedder(thread, DROP_LOCK) },
  { bit: EXCEPTION, serve: (thread) => serveByEmbedder(thread, EXCEPTION) },
]

/** What a safe point did: the bits served, in order, and the one that failed and ended it, or zero. */
export interface Served {
  readonly bits: readonly number[]
  readonly failed: number
}

/** What most safe points do. */
const NOTHING: Served = { bits: [], failed: 0 }

/** Passes a safe point. The caller is attached and keeps no unprotected pointer. */
export function safePoint(thread: Thread): Served {
  const { memory } = thread
  quiescentState(memory, thread.qsbr, thread.slot())
  // A request that is missed now is seen next time: nobody relies on its being seen at once.
  const requests = memory.loadRelaxed(thread.requests)
  if ((requests & REQUESTS) === 0) return NOTHING
  const bits: number[] = []
  for (const { bit, serve } of SERVICES) {
    if ((requests & bit) === 0) continue
    bits.push(bit)
    if (!serve(thread)) return { bits, failed: bit }
  }
  return { bits, failed: 0 }
}

/** Runs the signal handlers early, for a thread that an interrupt woke from a sleep. @returns false if that failed. */
export const serveSignals = (thread: Thread): boolean => serveOrKeep(thread, SIGNALS)

/** Comes to rest, if a pause still asks for it, until the world starts again. */
function answerPause(thread: Thread): boolean {
  const { memory, record, runtime, interpreter } = thread
  clear(memory, record.base.requests, STOP)
  // A pause of all first: while it is requested, the interpreter's own cannot be going on. Nobody answers a pause of
  // its own: the request was somebody else's, who waits for this one to end.
  const pauses = [runtime.record.pauseOfAll, interpreter.pause].filter((pause) => !isStoppedBy(memory, thread.os, pause))
  const requested = () => pauses.find((pause) => isRequested(memory, pause))
  const pause = runtime.locked(thread.attached, requested)
  if (pause) comeToRest(thread, pause)
  // The request was left over from a pause that is over. It must not count towards another one.
  else thread.detach()
  thread.attach()
  return true
}

function comeToRest(thread: Thread, pause: StopTheWorld): void {
  const { memory, runtime } = thread
  thread.suspend()
  runtime.locked(thread.attached, () => countDown(memory, thread.attached.lot, pause))
}

function servePendingCalls(thread: Thread): boolean {
  const { attached, interpreter, record, embedder } = thread
  return handlePendingCalls(attached, interpreter.pendingCalls, record.base, () => embedder.serve(thread, PENDING_CALLS))
}

function merge(thread: Thread): boolean {
  drain(thread, thread.record.mergeQueue)
  return true
}

function collectOnRequest(thread: Thread): boolean {
  clear(thread.memory, thread.record.base.requests, COLLECT)
  collect(thread)
  return true
}

function serveByEmbedder(thread: Thread, bit: number): boolean {
  clear(thread.memory, thread.record.base.requests, bit)
  return thread.embedder.serve(thread, bit)
}

/** Serves, and asks again for what failed: the next safe point tries once more. */
function serveOrKeep(thread: Thread, bit: number): boolean {
  const served = serveByEmbedder(thread, bit)
  if (!served) request(thread.memory, thread.record.base.requests, bit)
  return served
}
