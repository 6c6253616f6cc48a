/**
 * Faults of a fork.
 */
import type { Fault } from '../../fault.ts'

export const forks: readonly Fault[] = [
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
    text: '  clearRecord(own ? thread : onBehalfOf(thread, record), record, false)\n',
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
