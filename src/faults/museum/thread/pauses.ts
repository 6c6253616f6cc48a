/**
 * Faults of pauses.
 */
import type { Fault } from '../../fault.ts'

export const pauses: readonly Fault[] = [
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
    id: 'attached-by-load-and-store',
    title: 'a thread attaches by looking at its state and then storing into it',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.34',
    file: 'thread/thread-state.ts',
    text: `  while (memory.compareExchange(thread.state, DETACHED, ATTACHED) !== DETACHED) {
    // The stopper stores DETACHED and then wakes: if it did so already, the value has changed and nobody sleeps.
    park(parker, thread.state, SUSPENDED)
  }
`,
    replacement: `  while (memory.load(thread.state) !== DETACHED) park(parker, thread.state, SUSPENDED)
  memory.store(thread.state, ATTACHED)
`,
    why: 'A stopper that suspends it in between is overruled, and the thread runs in a world that is stopped.',
  },
  {
    id: 'held-by-load-and-store',
    title: 'the stopper holds a detached thread by looking at its state and then storing into it',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.34',
    file: 'thread/thread-state.ts',
    text: `  return memory.compareExchange(thread.state, DETACHED, SUSPENDED) === DETACHED
`,
    replacement: `  if (memory.load(thread.state) !== DETACHED) return false
  memory.store(thread.state, SUSPENDED)
  return true
`,
    why: 'A thread that attaches in between is taken for one at rest, and touches objects in a world that is stopped.',
  },
  {
    id: 'woken-before-let-go',
    title: 'whoever starts the world wakes a thread before it lets the thread go',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.37',
    file: 'thread/thread-state.ts',
    text: `  memory.store(thread.state, DETACHED)
  unparkAll(memory, lot, thread.state)
`,
    replacement: `  unparkAll(memory, lot, thread.state)
  memory.store(thread.state, DETACHED)
`,
    why: 'A thread that looks in between sees that it is suspended still, goes to sleep, and is woken by nobody.',
  },
  {
    id: 'at-rest-without-order',
    title: 'a thread says that it is at rest without making visible what it did before',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.39',
    file: 'thread/thread-state.ts',
    text: 'memory.storeRelease(thread.state, to)',
    replacement: 'memory.storeRelaxed(thread.state, to)',
    why: 'Whoever stopped the world reads what the thread wrote, and nothing says that it has arrived.',
  },
  {
    id: 'counted-before-at-rest',
    title: 'a thread counts itself as at rest before it is',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.41',
    file: 'interpreter/safe-point.ts',
    text: `  thread.suspend()
  runtime.locked(thread.attached, () => countDown(memory, thread.attached.lot, pause))
`,
    replacement: `  runtime.locked(thread.attached, () => countDown(memory, thread.attached.lot, pause))
  thread.suspend()
`,
    why: 'The pause begins while the last thread is attached still.',
  },
  {
    id: 'newcomer-looks-before-the-lock',
    title: 'a thread state that is made looks for a pause before it takes the lock of the list',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.36',
    file: 'interpreter/lifecycle.ts',
    text: `  runtime.locked(stopper.attached, () => {
    const id = memory.get(runtime.record.threadsMade) + 1
    memory.set(runtime.record.threadsMade, id)
    memory.set(base.id, id)
    memory.set(base.interpreter, interpreter.address)
    memory.set(record.mergeQueue.requests, base.requests)
    // Whoever changes the version goes through the list afterwards, so the thread has it one way or the other.
    memory.store(base.requests, memory.load(interpreter.code.tools.version))
    // Under the list's lock: the stopper either counts this thread or this thread sees the pause.
    const paused = [interpreter.pause, runtime.record.pauseOfAll].some((pause) => isRequested(memory, pause))
`,
    replacement: `  const paused = [interpreter.pause, runtime.record.pauseOfAll].some((pause) => isRequested(memory, pause))
  runtime.locked(stopper.attached, () => {
    const id = memory.get(runtime.record.threadsMade) + 1
    memory.set(runtime.record.threadsMade, id)
    memory.set(base.id, id)
    memory.set(base.interpreter, interpreter.address)
    memory.set(record.mergeQueue.requests, base.requests)
    // Whoever changes the version goes through the list afterwards, so the thread has it one way or the other.
    memory.store(base.requests, memory.load(interpreter.code.tools.version))
`,
    why: 'A pause that is requested in between neither counts the newcomer nor holds it.',
  },
  {
    id: 'death-looked-at-before-the-lock',
    title: 'a thread that dies looks for a pause before it takes the lock of the list',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.35',
    file: 'interpreter/lifecycle.ts',
    text: `  runtime.locked(attached, () => {
    for (const candidate of runtime.interpreters()) {
      if (candidate.address !== interpreter) continue
      unlink(memory, candidate.threads, base)
      // A pause that was waiting for this thread waits no more. One that holds it counted it already.
      if (memory.load(base.state) === SUSPENDED) continue
      for (const pause of [candidate.pause, runtime.record.pauseOfAll]) {
        if (isRequested(memory, pause)) countDown(memory, attached.lot, pause)
      }
`,
    replacement: `  const pauses = [InterpreterRecord.at(interpreter).pause, runtime.record.pauseOfAll].filter((pause) => isRequested(memory, pause))
  runtime.locked(attached, () => {
    for (const candidate of runtime.interpreters()) {
      if (candidate.address !== interpreter) continue
      unlink(memory, candidate.threads, base)
      if (memory.load(base.state) === SUSPENDED) continue
      for (const pause of pauses) countDown(memory, attached.lot, pause)
`,
    why: 'A pause that is requested in between has counted the thread, and waits for it for ever.',
  },
  {
    id: 'event-reset-before-each-wait',
    title: 'the stopper forgets what the event says before it waits for it',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.35',
    file: 'thread/stop-the-world.ts',
    text: `    if (waitForEvent(attached, pause.allAtRest, LOOK_AGAIN)) break
`,
    replacement: `    resetEvent(memory, pause.allAtRest)
    if (waitForEvent(attached, pause.allAtRest, LOOK_AGAIN)) break
`,
    why: 'A thread that comes to rest right before that has told nobody, and the pause never begins.',
  },
  {
    id: 'stopper-forgotten-too-late',
    title: 'whoever starts the world takes its name back after it has given the pause away',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.38',
    file: 'thread/stop-the-world.ts',
    text: `  memory.set(pause.requester, NULL)
  memory.set(os.pause, NULL)
  unlockMutex(memory, lot, scope.listLock)

  if (scope.global) unlockForWriting(memory, lot, scope.kinds)
  else unlockForReading(memory, lot, scope.kinds)
  unlockMutex(memory, lot, pause.mutex)
`,
    replacement: `  memory.set(os.pause, NULL)
  unlockMutex(memory, lot, scope.listLock)

  if (scope.global) unlockForWriting(memory, lot, scope.kinds)
  else unlockForReading(memory, lot, scope.kinds)
  unlockMutex(memory, lot, pause.mutex)
  memory.set(pause.requester, NULL)
`,
    why: 'The name of the next stopper is wiped out, so that it is held by its own pause.',
  },
  {
    id: 'stopper-leaves',
    title: 'a thread that has stopped the world may exit',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.80',
    file: 'interpreter/lifecycle.ts',
    text: `  if (hasStopped(memory, os)) throw new ThreadMisuse('the thread has stopped the world, and must start it first')\n`,
    replacement: '',
    why: 'Nobody else can start the world, so everybody waits for a thread that is gone.',
  },
  {
    id: 'pauses-of-both-kinds',
    title: 'a thread that has stopped all interpreters may stop one of them',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.82',
    file: 'thread/stop-the-world.ts',
    text: `if (hasStopped(memory, os)) throw new ThreadMisuse('the thread has stopped the world already')`,
    replacement: `if (isStoppedBy(memory, os, pause)) throw new ThreadMisuse('the thread has stopped the world already')`,
    why: 'The pauses of both kinds exclude each other, so the thread waits for itself.',
  },
  {
    id: 'started-by-anybody',
    title: 'whoever has no thread state starts any world',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.83',
    file: 'thread/stop-the-world.ts',
    text: `if (!isStoppedBy(memory, os, pause)) throw`,
    replacement: `if (!isStopped(memory, pause)) throw`,
    why: 'Threads run on while somebody still relies on their being at rest.',
  },
  {
    id: 'own-pause-answered',
    title: 'a thread comes to rest for its own pause',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.84',
    file: 'interpreter/safe-point.ts',
    text: '.filter((pause) => !isStoppedBy(memory, thread.os, pause))',
    replacement: '',
    why: 'An old request is enough, and nobody is left who could start the world.',
  },
  {
    id: 'pause-of-all-does-not-wait',
    title: 'a pause of all interpreters does not wait for the pause of one',
    requirement: 'THREAD-04',
    shownBy: 'THREAD-04.86',
    file: 'thread/stop-the-world.ts',
    text: 'if (scope.global) lockForWriting(detaching, scope.kinds)\n  else lockForReading(detaching, scope.kinds)',
    replacement: 'if (!scope.global) lockForReading(detaching, scope.kinds)',
    why: 'Threads that the one pause lets go run into the other.',
  },
]
