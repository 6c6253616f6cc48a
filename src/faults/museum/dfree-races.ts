/**
 * Faults of delayed free that take a race to show: no order of whole operations comes near them.
 *
 * Those without order leave every value as it is. On hardware, what they leave out lets a reader's last look at the
 * memory come after it was freed; here the two are found to have no order.
 */
import type { Fault } from '../fault.ts'

export const dfreeRaces: readonly Fault[] = [
  {
    id: 'reported-without-order',
    title: 'a quiescent state is reported by a relaxed store',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.16',
    file: 'reclaim/qsbr.ts',
    text: 'memory.storeRelease(slot + SEQUENCE, memory.loadAcquire(qsbr.writeSequence))',
    replacement: 'memory.storeRelaxed(slot + SEQUENCE, memory.loadAcquire(qsbr.writeSequence))',
    why: 'The report may be seen before the last look that the thread took at the memory is over.',
  },
  {
    id: 'scanned-without-order',
    title: 'a scan reads the sequences of the threads by relaxed loads',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.16',
    file: 'reclaim/qsbr.ts',
    text: 'const sequence = memory.load(slot + SEQUENCE)',
    replacement: 'const sequence = memory.loadRelaxed(slot + SEQUENCE)',
    why: 'That a reader has reported does not mean then that what it did before is over for whoever frees.',
  },
  {
    id: 'left-without-order',
    title: 'a thread takes its sequence back by a relaxed store',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.19',
    file: 'reclaim/qsbr.ts',
    text: 'memory.storeRelease(slot + SEQUENCE, DETACHED)',
    replacement: 'memory.storeRelaxed(slot + SEQUENCE, DETACHED)',
    why: 'It counts as detached before its last look at the memory is over.',
  },
  {
    id: 'known-without-order',
    title: 'what an earlier scan has found out is read by a relaxed load',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.20',
    file: 'reclaim/qsbr.ts',
    text: 'memory.loadAcquire(qsbr.readSequence)',
    replacement: 'memory.loadRelaxed(qsbr.readSequence)',
    why: 'Who scanned has seen that the readers are done; whoever trusts that result has not.',
  },
  {
    id: 'read-before-it-is-shared',
    title: 'a reader finds the items of a list before it says that there is a reader',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.17',
    file: 'reclaim/shared-list.ts',
    text: `  const { memory, lot } = user.detaching
  if (memory.loadRelaxed(list.owner) !== user.identity && memory.load(list.shared) === 0) {
    lock(user.detaching, list.mutex)
    memory.store(list.shared, 1)
    unlock(memory, lot, list.mutex)
  }
  return memory.loadAcquire(list.items)
`,
    replacement: `  const { memory, lot } = user.detaching
  const items = memory.loadAcquire(list.items)
  if (memory.loadRelaxed(list.owner) !== user.identity && memory.load(list.shared) === 0) {
    lock(user.detaching, list.mutex)
    memory.store(list.shared, 1)
    unlock(memory, lot, list.mutex)
  }
  return items
`,
    why: 'In between the owner replaces them, sees no reader, and frees them at once.',
  },
  {
    id: 'processed-without-the-mutex',
    title: 'what exited threads left is processed without the mutex',
    requirement: 'DFREE-07',
    shownBy: 'DFREE-07.8',
    file: 'reclaim/delayed-free.ts',
    text: `  if (memory.compareExchange(abandoned.mutex, FREE, LOCKED) !== FREE) return
  process(memory, chunks, abandoned.queue, false, ready, free)
  memory.storeRelaxed(abandoned.hasWork, isEmpty(memory, abandoned.queue) ? 0 : 1)
  unlock(memory, detaching.lot, abandoned.mutex)
`,
    replacement: `  process(memory, chunks, abandoned.queue, false, ready, free)
  memory.storeRelaxed(abandoned.hasWork, isEmpty(memory, abandoned.queue) ? 0 : 1)
`,
    why: 'Two who process it at once read the same item, and both free it.',
  },
  {
    id: 'announced-before-the-mutex',
    title: 'an exiting thread announces what it leaves before it has the mutex',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.17',
    file: 'reclaim/delayed-free.ts',
    text: `  lock(detaching, abandoned.mutex)
  move(memory, queue, abandoned.queue)
  memory.storeRelaxed(abandoned.hasWork, 1)
`,
    replacement: `  memory.storeRelaxed(abandoned.hasWork, 1)
  lock(detaching, abandoned.mutex)
  move(memory, queue, abandoned.queue)
`,
    why: 'Who is just emptying the queue withdraws the announcement, and what is put there afterwards is found by nobody.',
  },
  {
    id: 'announcement-withdrawn-late',
    title: 'whoever has emptied the queue says so when it has given the mutex back',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.17',
    file: 'reclaim/delayed-free.ts',
    text: `  memory.storeRelaxed(abandoned.hasWork, isEmpty(memory, abandoned.queue) ? 0 : 1)
  unlock(memory, detaching.lot, abandoned.mutex)
`,
    replacement: `  const left = isEmpty(memory, abandoned.queue) ? 0 : 1
  unlock(memory, detaching.lot, abandoned.mutex)
  memory.storeRelaxed(abandoned.hasWork, left)
`,
    why: 'What another thread leaves in between is announced and withdrawn again, and found by nobody.',
  },
]
