/**
 * Faults of what a thread goes through: safe points, birth, death.
 */
import type { Fault } from '../../fault.ts'

export const lives: readonly Fault[] = [
  {
    id: 'signals-before-stop',
    title: 'the safe point runs signal handlers before it comes to rest',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.1',
    file: 'interpreter/safe-point.ts',
    text: `  { bit: STOP, serve: answerPause },
  { bit: SIGNALS, serve: (thread) => serveOrKeep(thread, SIGNALS) },
`,
    replacement: `  { bit: SIGNALS, serve: (thread) => serveOrKeep(thread, SIGNALS) },
  { bit: STOP, serve: answerPause },
`,
    why: 'Everybody waits for the pause as long as the program’s own handlers run.',
  },
  {
    id: 'requests-read-again',
    title: 'the safe point reads the requests again before each of them',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.7',
    file: 'interpreter/safe-point.ts',
    text: 'if ((requests & bit) === 0) continue',
    replacement: 'if ((memory.loadRelaxed(record.base.requests) & bit) === 0) continue',
    why: 'A thread that is asked all the time never leaves its safe point.',
  },
  {
    id: 'request-taken-back-after-serving',
    title: 'a request is taken back after it was served',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.7',
    file: 'interpreter/safe-point.ts',
    text: `  clear(thread.memory, thread.record.base.requests, bit)
  return thread.embedder.serve(thread, bit)
`,
    replacement: `  const served = thread.embedder.serve(thread, bit)
  clear(thread.memory, thread.record.base.requests, bit)
  return served
`,
    why: 'What is asked again while it is served is lost.',
  },
  {
    id: 'failed-request-forgotten',
    title: 'signals whose handler failed are not asked for again',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.9',
    file: 'interpreter/safe-point.ts',
    text: `  if (!served) request(thread.memory, thread.record.base.requests, bit)
`,
    replacement: '',
    why: 'The signals that came after the one whose handler failed are not handled until another one comes.',
  },
  {
    id: 'quiet-only-when-idle',
    title: 'a safe point reports a quiescent state only if nobody asks for anything',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.11',
    file: 'interpreter/safe-point.ts',
    text: `  quiescentState(memory, thread.qsbr, thread.slot())
  // A request that is missed now is seen next time: nobody relies on its being seen at once.
  const requests = memory.loadRelaxed(thread.requests)
`,
    replacement: `  const requests = memory.loadRelaxed(thread.requests)
  if (requests === 0) quiescentState(memory, thread.qsbr, thread.slot())
`,
    why: 'A thread that is busy with requests holds back everybody’s memory.',
  },
  {
    id: 'pending-call-dropped',
    title: 'a thread that finds another handling pending calls does not ask that one again',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.12',
    file: 'thread/pending-calls.ts',
    text: `  if (handler !== NULL) request(memory, handler + ThreadState.offset.requests, PENDING_CALLS)
  else memory.set(calls.handler, thread.address)
`,
    replacement: '  if (handler === NULL) memory.set(calls.handler, thread.address)\n',
    why: 'The other may have looked already, so the call that has just come in is handled by nobody.',
  },
  {
    id: 'requested-by-load-and-store',
    title: 'a request is added by looking at what is requested and then storing it',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.16',
    file: 'thread/requests.ts',
    text: 'memory.or(requests, bit)',
    replacement: 'memory.store(requests, memory.load(requests) | bit)',
    why: 'What another requests in between is wiped out.',
  },
  {
    id: 'taken-back-by-load-and-store',
    title: 'a request is taken back by looking at what is requested and then storing the rest',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.15',
    file: 'thread/requests.ts',
    text: 'memory.and(requests, ~bit)',
    replacement: 'memory.store(requests, memory.load(requests) & ~bit)',
    why: 'What another requests in between is wiped out, and nobody serves it.',
  },
  {
    id: 'handler-looked-at-before-the-lock',
    title: 'a thread looks for whoever handles pending calls before it takes the lock',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.17',
    file: 'thread/pending-calls.ts',
    text: `  lock(parker, calls.mutex)
  const handler = memory.get(calls.handler)
`,
    replacement: `  const handler = memory.get(calls.handler)
  lock(parker, calls.mutex)
`,
    why: 'Two find that nobody does, and both handle the calls; or one leaves them to a thread that has just finished.',
  },
  {
    id: 'handler-leaves-without-the-lock',
    title: 'whoever has handled the pending calls says so without the lock',
    requirement: 'THREAD-05',
    shownBy: 'THREAD-05.17',
    file: 'thread/pending-calls.ts',
    text: `  lock(parker, calls.mutex)
  memory.set(calls.handler, NULL)
  unlock(memory, lot, calls.mutex)
  return succeeded
`,
    replacement: `  memory.set(calls.handler, NULL)
  return succeeded
`,
    why: 'Another that looks at that moment leaves its calls to a thread that is done with them.',
  },
  {
    id: 'registered-by-the-creator',
    title: 'the merge queue is registered when the thread state is made, under its maker’s id',
    requirement: 'THREAD-06',
    shownBy: 'THREAD-06.1',
    file: 'interpreter/lifecycle.ts',
    text: `  slots.register(stopper.detaching, interpreter.qsbr, number, record.slot)
  return record
}

/** Binds a thread state to the calling operating-system thread. It is not attached yet. */
export function bind(runtime: Runtime, os: OsThread, record: ThreadRecord, embedder: Embedder): Thread {
  const { memory } = runtime
  if (memory.get(record.base.osThread) !== NULL) throw new ThreadMisuse('the thread state is bound already')
  memory.set(record.base.osThread, os.address)
  const thread = new Thread(runtime, os, record, embedder)
  // On the thread itself, and under its own identity, not its creator's.
  register(thread.attached, thread.table, record.mergeQueue, thread.identity)
  return thread
}
`,
    replacement: `  slots.register(stopper.detaching, interpreter.qsbr, number, record.slot)
  register(stopper.attached, interpreter.mergeTable, record.mergeQueue, creator.os.address)
  return record
}

/** Binds a thread state to the calling operating-system thread. It is not attached yet. */
export function bind(runtime: Runtime, os: OsThread, record: ThreadRecord, embedder: Embedder): Thread {
  const { memory } = runtime
  if (memory.get(record.base.osThread) !== NULL) throw new ThreadMisuse('the thread state is bound already')
  memory.set(record.base.osThread, os.address)
  return new Thread(runtime, os, record, embedder)
}
`,
    why: 'Nobody finds the newcomer’s queue, so others merge what it owns while it is counting.',
    report: 'gh-117271',
  },
  {
    id: 'frees-left-before-merging',
    title: 'an exiting thread leaves its delayed frees before it drains its merge queue',
    requirement: 'THREAD-06',
    shownBy: 'THREAD-06.8',
    file: 'interpreter/lifecycle.ts',
    text: `  unregister(thread, record.mergeQueue)
  // After the merge queue, whose finalizers may have run code.
  freeDataStack(thread, record.code)
  if (hasIndex) releaseIndex(thread.attached, thread.shared, thread.memory.get(record.code.index))
  // They may have retired more as well.
  abandon(thread, record.freeQueue)
`,
    replacement: `  abandon(thread, record.freeQueue)
  unregister(thread, record.mergeQueue)
  // After the merge queue, whose finalizers may have run code.
  freeDataStack(thread, record.code)
  if (hasIndex) releaseIndex(thread.attached, thread.shared, thread.memory.get(record.code.index))
`,
    why: 'What the finalizers of dying objects retire goes into a queue that nobody will look at again.',
  },
  {
    id: 'left-without-draining',
    title: 'an exiting thread leaves the table of merge queues with objects in its queue',
    requirement: 'THREAD-06',
    shownBy: 'THREAD-06.8',
    file: 'refcount/merge-queue.ts',
    text: `    left = isEmpty(memory, queue.toMerge)
    if (left) remove(memory, bucket, queue)
    else move(memory, queue.toMerge, queue.taken)
`,
    replacement: `    left = true
    remove(memory, bucket, queue)
`,
    why: 'The objects wait for an owner that is gone, and are never freed.',
  },
  {
    id: 'deleted-uncleared',
    title: 'a thread state may be deleted before it is cleared',
    requirement: 'THREAD-06',
    shownBy: 'THREAD-06.13',
    file: 'interpreter/lifecycle.ts',
    text: `  if (!isCleared(thread)) throw new ThreadMisuse('the thread must be cleared before it is deleted')\n`,
    replacement: '',
    why: 'The freed record stays in the table of merge queues, where others find it and write into it.',
  },
  {
    id: 'list-walked-without-its-lock',
    title: 'the collector goes through the list of threads without its lock',
    requirement: 'THREAD-06',
    shownBy: 'THREAD-06.19',
    file: 'interpreter/collect.ts',
    text: 'runtime.locked(attached, () => [...each(memory, interpreter.threads)])',
    replacement: '[...each(memory, interpreter.threads)]',
    why: 'A thread state is linked into the list by somebody whom no pause can stop, and the collector follows a link that is being changed.',
  },
]
