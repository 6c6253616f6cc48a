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
]
