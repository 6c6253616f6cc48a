/**
 * Faults of threads: their records and states, pauses, safe points, life and death, locks, fork.
 */
import type { Fault } from '../fault.ts'

export const thread: readonly Fault[] = [
  {
    id: 'field-before-the-public-view',
    title: 'a mechanism puts its fields in front of the public view',
    requirement: 'THREAD-01',
    shownBy: 'THREAD-01.1',
    file: 'interpreter/records.ts',
    text: `  base: ThreadState,
  /** Locks that the thread gives up while it is detached. */
  sections: CriticalSections,
`,
    replacement: `  sections: CriticalSections,
  base: ThreadState,
`,
    why: 'The record and its public view have two addresses, so whoever goes from one to the other ends up in the middle of something else.',
  },
  {
    id: 'queue-of-the-interpreter',
    title: 'delayed frees are kept by the interpreter instead of by the thread',
    requirement: 'THREAD-02',
    shownBy: 'THREAD-02.2',
    file: 'interpreter/thread.ts',
    text: 'this.queue = record.freeQueue',
    replacement: 'this.queue = this.interpreter.abandonedFrees.queue',
    why: 'Threads that retire memory change one queue at the same time, without a lock, since each takes it for its own.',
  },
  {
    id: 'interrupt-lets-go',
    title: 'an interrupt lets a suspended thread go',
    requirement: 'THREAD-03',
    shownBy: 'THREAD-03.9',
    file: 'thread/thread-state.ts',
    text: '    park(parker, thread.state, SUSPENDED)',
    replacement: `    if (park(parker, thread.state, SUSPENDED) === 'interrupted') memory.store(thread.state, DETACHED)`,
    why: 'The thread touches objects while somebody else relies on the world being stopped.',
  },
  {
    id: 'sections-kept',
    title: 'detaching keeps the locks of critical sections',
    requirement: 'THREAD-03',
    shownBy: 'THREAD-03.11',
    file: 'interpreter/thread.ts',
    text: '    suspendAll(memory, this.attached.lot, record.sections)\n',
    replacement: '',
    why: 'Two threads that sleep for each other inside their sections wait for ever.',
  },
  {
    id: 'outer-section-not-taken-up',
    title: 'leaving a section does not take up the one around it',
    requirement: 'THREAD-03',
    shownBy: 'THREAD-03.14',
    file: 'thread/critical-section.ts',
    text: `  memory.set(sections.depth, depth - 1)
  takeUp(parker, sections)
`,
    replacement: `  memory.set(sections.depth, depth - 1)
`,
    why: 'Once the thread has slept in the inner section it goes on in the outer one without its lock.',
  },
  {
    id: 'locks-in-the-order-given',
    title: 'a section takes its two locks in the order in which they were named',
    requirement: 'THREAD-03',
    shownBy: 'THREAD-03.17',
    file: 'thread/critical-section.ts',
    text: `  memory.set(section.first, other !== NULL && other < one ? other : one)
  memory.set(section.second, other !== NULL && other < one ? one : other)
`,
    replacement: `  memory.set(section.first, one)
  memory.set(section.second, other)
`,
    why: 'Two threads that name the same two locks the other way round wait for each other for ever.',
  },
  {
    id: 'birth-misses-pause',
    title: 'a thread state born during a pause is not suspended',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.12',
    file: 'interpreter/lifecycle.ts',
    text: 'memory.store(base.state, paused ? SUSPENDED : DETACHED)',
    replacement: 'memory.store(base.state, DETACHED)',
    why: 'The newcomer is in nobody’s countdown, attaches, and runs in a world that is stopped.',
  },
  {
    id: 'death-counted-twice',
    title: 'a thread state at rest is counted once more when it is deleted',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.18',
    file: 'interpreter/lifecycle.ts',
    text: '      if (memory.load(base.state) === SUSPENDED) continue\n',
    replacement: '',
    why: 'The countdown reaches zero while one thread is still running.',
  },
  {
    id: 'death-not-counted',
    title: 'a thread that dies during a request for a pause is waited for on',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.15',
    file: 'interpreter/lifecycle.ts',
    text: '        if (isRequested(memory, pause)) countDown(memory, attached.lot, pause)\n',
    replacement: '',
    why: 'Nobody else can bring that thread to rest, so the pause never begins.',
  },
  {
    id: 'old-request-obeyed',
    title: 'a thread comes to rest for a pause that is over',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.21',
    file: 'interpreter/safe-point.ts',
    text: `  if (pause) comeToRest(thread, pause)
  // The request was left over from a pause that is over. It must not count towards another one.
  else thread.detach()
`,
    replacement: '  comeToRest(thread, pause ?? interpreter.pause)\n',
    why: 'Nobody will let it go, and the next pause begins with a countdown that is one too low.',
  },
  {
    id: 'looked-once',
    title: 'the stopper looks for detached threads only once',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.5',
    file: 'thread/stop-the-world.ts',
    text: 'if (waitForEvent(attached, pause.allAtRest, LOOK_AGAIN)) break',
    replacement: 'if (waitForEvent(attached, pause.allAtRest)) break',
    why: 'A thread that detaches after it was asked tells nobody, so the pause waits until that thread comes back.',
  },
  {
    id: 'pause-of-all-stops-one',
    title: 'a pause of all interpreters asks the threads of the newest only',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.26',
    file: 'interpreter/runtime.ts',
    text: 'for (const interpreter of this.interpreters()) yield* each(this.memory, interpreter.threads)',
    replacement: 'for (const interpreter of [...this.interpreters()].slice(0, 1)) yield* each(this.memory, interpreter.threads)',
    why: 'Threads of other interpreters run on while the whole process is believed to be at rest.',
  },
  {
    id: 'attached-while-waiting-to-stop',
    title: 'a thread that waits for its turn to stop the world stays attached',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.19',
    file: 'thread/stop-the-world.ts',
    text: 'lockMutex(detaching, pause.mutex)',
    replacement: 'lockMutex(attached, pause.mutex)',
    why: 'Two threads that want to stop the same world wait for each other for ever.',
  },
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
  const requests = memory.loadRelaxed(record.base.requests)
`,
    replacement: `  const requests = memory.loadRelaxed(record.base.requests)
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
  // After the merge queue, whose finalizers may have retired more.
  abandon(thread, record.freeQueue)
`,
    replacement: `  abandon(thread, record.freeQueue)
  unregister(thread, record.mergeQueue)
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
    id: 'deadline-renewed',
    title: 'a waiter that was overtaken grows young again',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.10',
    file: 'sync/mutex.ts',
    text: 'memory.set(waiter.fairAt, fairAt)',
    replacement: 'memory.set(waiter.fairAt, (memory.now() + FAIR_AFTER) | 0)',
    why: 'A waiter that is overtaken often enough is never handed the lock.',
  },
  {
    id: 'hand-off-frees',
    title: 'the lock that is handed over is free for a moment',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.6',
    file: 'sync/mutex.ts',
    text: 'memory.store(mutex, handOff ? LOCKED | parked : parked)',
    replacement: 'memory.store(mutex, parked)',
    why: 'The waiter believes that it holds the lock, and so does whoever takes it meanwhile.',
  },
  {
    id: 'other-waiters-forgotten',
    title: 'unlocking forgets that more than one waits',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.11',
    file: 'sync/mutex.ts',
    text: 'const parked = more ? PARKED : 0',
    replacement: 'const parked = 0',
    why: 'The next unlock wakes nobody, and the second waiter sleeps for ever.',
  },
  {
    id: 'interrupt-without-listening',
    title: 'an interrupt calls away a waiter that does not listen for signals',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.17',
    file: 'sync/mutex.ts',
    text: `if (outcome === 'interrupted' && onInterrupt && !onInterrupt()) return outcome`,
    replacement: `if (outcome === 'interrupted' && !onInterrupt?.()) return outcome`,
    why: 'The caller goes on as if it held the lock.',
  },
  {
    id: 'waiter-stays-attached',
    title: 'a thread does not detach while it sleeps for a lock',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.4',
    file: 'sync/parking-lot.ts',
    text: 'return whileDetached ? whileDetached(rest) : rest()',
    replacement: 'return rest()',
    why: 'A pause waits for the sleeper, the sleeper for a lock, and its holder for the pause.',
  },
  {
    id: 'last-come-first-served',
    title: 'whoever came last is woken first',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.11',
    file: 'sync/parking-lot.ts',
    text: `  const tail = memory.get(bucket.tail)
  memory.set(waiter.next, NULL)
  memory.set(tail === NULL ? bucket.head : tail + Waiter.offset.next, waiter.address)
  memory.set(bucket.tail, waiter.address)
`,
    replacement: `  const head = memory.get(bucket.head)
  memory.set(waiter.next, head)
  memory.set(bucket.head, waiter.address)
  if (head === NULL) memory.set(bucket.tail, waiter.address)
`,
    why: 'Under load the first waiter never gets its turn.',
  },
  {
    id: 'parked-without-looking',
    title: 'a thread parks without looking once more',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.24',
    file: 'sync/parking-lot.ts',
    text: `  if (memory.load(target) !== expected) {
    release(memory, bucket.lock)
    return 'changed'
  }
`,
    replacement: '',
    why: 'The change it waits for has happened, and nobody will wake it: the classic lost wake-up.',
  },
  {
    id: 'neighbour-woken',
    title: 'a waker takes the first waiter of the bucket, whatever it waits for',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.21',
    file: 'sync/parking-lot.ts',
    text: 'while (at !== NULL && memory.get(at + Waiter.offset.target) !== target) at = memory.get(at + Waiter.offset.next)',
    replacement: '',
    why: 'Two locks share a bucket by chance; the wake-up goes to the other lock’s waiter.',
  },
  {
    id: 'readers-overtake-writers',
    title: 'readers are let in past a writer that waits',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.40',
    file: 'sync/read-write-lock.ts',
    text: 'if ((seen & (WRITER | PARKED)) !== 0) parkOn(parker, lock, seen)',
    replacement: 'if ((seen & WRITER) !== 0) parkOn(parker, lock, seen)',
    why: 'Readers that keep coming keep the writer out for ever.',
  },
  {
    id: 'pause-lock-not-reset',
    title: 'the child of a fork keeps the lock of a pause that a dead thread had asked for',
    requirement: 'THREAD-08',
    shownBy: 'THREAD-08.12',
    file: 'interpreter/fork.ts',
    text: '    resetMutex(memory, interpreter.pause.mutex)\n',
    replacement: '',
    why: 'The child can never stop its world: whoever should unlock does not exist.',
  },
  {
    id: 'sleepers-not-forgotten',
    title: 'the child of a fork keeps the parking lot’s queues',
    requirement: 'THREAD-08',
    shownBy: 'THREAD-08.10',
    file: 'interpreter/fork.ts',
    text: '  lotAfterFork(memory, runtime.record.parkingLot)\n',
    replacement: '',
    why: 'Locks are handed to threads that do not exist, and stay locked.',
  },
  {
    id: 'dead-threads-not-cleared',
    title: 'the child of a fork frees the dead threads’ records without clearing them',
    requirement: 'THREAD-08',
    shownBy: 'THREAD-08.8',
    file: 'interpreter/fork.ts',
    text: '  clearRecord(own ? thread : onBehalfOf(thread, record), record)\n',
    replacement: '',
    why: 'Objects that were queued for the dead and memory that they had retired are lost.',
  },
  {
    id: 'dead-handler-kept',
    title: 'the child of a fork leaves pending calls to the dead thread that was handling them',
    requirement: 'THREAD-08',
    shownBy: 'THREAD-08.13',
    file: 'interpreter/fork.ts',
    text: '    if (memory.get(interpreter.pendingCalls.handler) !== survivor) memory.set(interpreter.pendingCalls.handler, NULL)\n',
    replacement: '',
    why: 'No pending call is ever handled in the child, and the requests go into memory that was freed.',
  },
]
