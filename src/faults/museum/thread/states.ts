/**
 * Faults of thread states: their records, being attached, critical sections.
 */
import type { Fault } from '../../fault.ts'

export const states: readonly Fault[] = [
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
    id: 'born-without-the-lock',
    title: 'a thread state gets its number and its place in the list without a lock',
    requirement: 'THREAD-01',
    shownBy: 'THREAD-01.8',
    file: 'interpreter/lifecycle.ts',
    text: '  runtime.locked(stopper.attached, () => {\n    const id',
    replacement: '  const born = (action: () => void): void => action()\n  born(() => {\n    const id',
    why: 'Of two threads that come at once one is in no list, and both have one number.',
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
    text: '  takeUp(detaching, sections)\n',
    replacement: '',
    why: 'Once the thread has slept in the inner section it goes on in the outer one without its lock.',
  },
  {
    id: 'locks-in-the-order-given',
    title: 'a section takes its two locks in the order in which they were named',
    requirement: 'THREAD-03',
    shownBy: 'THREAD-03.17',
    file: 'thread/critical-section.ts',
    text: `  memory.set(section.first, second !== NULL && second < one ? second : one)
  memory.set(section.second, second !== NULL && second < one ? one : second)
`,
    replacement: `  memory.set(section.first, one)
  memory.set(section.second, second)
`,
    why: 'Two threads that name the same two locks the other way round wait for each other for ever.',
  },
]
