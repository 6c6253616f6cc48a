/**
 * Faults of delayed free.
 */
import type { Fault } from '../fault.ts'

export const dfree: readonly Fault[] = [
  {
    id: 'goal-of-now',
    title: 'a retired block waits for the sequence of now',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.1',
    file: 'reclaim/delayed-free.ts',
    text: 'const goal = deferredAdvance(memory, qsbr, retirer.slot())',
    replacement: 'const goal = memory.load(qsbr.writeSequence)',
    why: 'Everybody may have reported it before the block was unlinked, and readers hold the block still.',
  },
  {
    id: 'reading-does-not-share',
    title: 'reading another thread’s list does not mark it as shared',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.11',
    file: 'reclaim/shared-list.ts',
    text: '    memory.store(list.shared, 1)\n    unlock',
    replacement: '    unlock',
    why: 'The owner frees the old items at once, under the reader’s hands.',
  },
  {
    id: 'resizing-does-not-share',
    title: 'resizing another thread’s list does not mark it as shared',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.12',
    file: 'reclaim/shared-list.ts',
    text: '  if (memory.loadRelaxed(list.owner) !== user.identity) memory.store(list.shared, 1)\n',
    replacement: '',
    why: 'The old items are freed at once although the owner, who takes no lock to read, may hold them.',
  },
  {
    id: 'shared-frees-at-once',
    title: 'a list frees its old items at once if it is its owner who resizes it',
    requirement: 'DFREE-01',
    shownBy: 'DFREE-01.11',
    file: 'reclaim/shared-list.ts',
    text: 'if (memory.load(list.shared) === 0) user.free(MEMORY, old)',
    replacement: 'if (memory.loadRelaxed(list.owner) === user.identity) user.free(MEMORY, old)',
    why: 'Others may be reading them.',
  },
  {
    id: 'always-freed-as-memory',
    title: 'every retired block is freed by the allocator for raw memory',
    requirement: 'DFREE-02',
    shownBy: 'DFREE-02.1',
    file: 'reclaim/delayed-free.ts',
    text: 'const free = (item: Retired) => retirer.free(item.domain, item.address)',
    replacement: 'const free = (item: Retired) => retirer.free(1, item.address)',
    why: 'Blocks of objects go where they do not belong, and corrupt both allocators.',
  },
  {
    id: 'at-once-as-memory',
    title: 'a block that is freed at once is freed by the allocator for raw memory',
    requirement: 'DFREE-02',
    shownBy: 'DFREE-02.5',
    file: 'reclaim/delayed-free.ts',
    text: `    retirer.free(domain, address)
    return undefined
  }
  if`,
    replacement: `    retirer.free(1, address)
    return undefined
  }
  if`,
    why: 'Blocks of objects go where they do not belong, but only in a pause or when an interpreter ends.',
  },
  {
    id: 'full-chunk-not-looked-at',
    title: 'a full chunk is not looked at',
    requirement: 'DFREE-03',
    shownBy: 'DFREE-03.6',
    file: 'reclaim/free-queue.ts',
    text: 'return write + 1 === CHUNK',
    replacement: 'return false',
    why: 'A program that never collects never gets its memory back.',
  },
  {
    id: 'looked-at-each-time',
    title: 'the queue is looked at whenever something is retired',
    requirement: 'DFREE-03',
    shownBy: 'DFREE-03.15',
    file: 'reclaim/delayed-free.ts',
    text: 'if (add(memory, queue, { address, domain, goal })) processDelayed(retirer)',
    replacement: 'add(memory, queue, { address, domain, goal })\n  processDelayed(retirer)',
    why: 'Every retirement costs a scan of all threads.',
  },
  {
    id: 'collector-skips-others',
    title: 'a collection frees what its own thread has retired only',
    requirement: 'DFREE-03',
    shownBy: 'DFREE-03.10',
    file: 'reclaim/delayed-free.ts',
    text: '  for (const other of others) move(memory, other, queue)\n',
    replacement: '',
    why: 'What a sleeping thread has retired waits as long as it sleeps.',
  },
  {
    id: 'collector-does-not-advance',
    title: 'a collection does not advance',
    requirement: 'DFREE-03',
    shownBy: 'DFREE-03.1',
    file: 'reclaim/delayed-free.ts',
    text: '  advance(memory, qsbr)\n  quiescentState',
    replacement: '  quiescentState',
    why: 'Goals of a round that is not complete stay in the future, and the memory waits on.',
  },
  {
    id: 'goes-on-after-the-first-unready',
    title: 'processing skips what is not ready',
    requirement: 'DFREE-04',
    shownBy: 'DFREE-04.2',
    file: 'reclaim/free-queue.ts',
    text: 'if (!ready(item.goal)) return',
    replacement: 'if (!ready(item.goal)) continue',
    why: 'What was skipped is behind the read mark, and is never looked at again.',
  },
  {
    id: 'inherited-first',
    title: 'what exited threads left is looked at before the thread’s own queue',
    requirement: 'DFREE-04',
    shownBy: 'DFREE-04.7',
    file: 'reclaim/delayed-free.ts',
    text: `  process(memory, chunks, queue, true, ready, free)

  if (memory.loadRelaxed(abandoned.hasWork) === 0) return
  // Not worth waiting for: whoever holds the mutex is doing the work, or adding to it.
  if (memory.compareExchange(abandoned.mutex, FREE, LOCKED) !== FREE) return
  process(memory, chunks, abandoned.queue, false, ready, free)
  memory.storeRelaxed(abandoned.hasWork, isEmpty(memory, abandoned.queue) ? 0 : 1)
  unlock(memory, detaching.lot, abandoned.mutex)
`,
    replacement: `  if (memory.loadRelaxed(abandoned.hasWork) !== 0 && memory.compareExchange(abandoned.mutex, FREE, LOCKED) === FREE) {
    process(memory, chunks, abandoned.queue, false, ready, free)
    memory.storeRelaxed(abandoned.hasWork, isEmpty(memory, abandoned.queue) ? 0 : 1)
    unlock(memory, detaching.lot, abandoned.mutex)
  }
  process(memory, chunks, queue, true, ready, free)
`,
    why: 'A thread’s own memory, which is in its cache, waits behind other threads’.',
  },
  {
    id: 'joined-in-front',
    title: 'a queue that is taken over goes in front of what waits already',
    requirement: 'DFREE-04',
    shownBy: 'DFREE-04.5',
    file: 'reclaim/free-queue.ts',
    text: `  const tail = memory.get(onto.tail)
  memory.set(tail === NULL ? onto.head : tail + Chunk.offset.next, head)
  memory.set(onto.tail, memory.get(from.tail))
`,
    replacement: `  const tail = memory.get(from.tail)
  memory.set(tail + Chunk.offset.next, memory.get(onto.head))
  if (memory.get(onto.head) === NULL) memory.set(onto.tail, tail)
  memory.set(onto.head, head)
`,
    why: 'What has waited longest waits behind newer blocks, each time anew.',
  },
  {
    id: 'exit-drops-delayed-frees',
    title: 'an exiting thread does not leave its delayed frees to anybody',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.1',
    file: 'interpreter/lifecycle.ts',
    text: '  abandon(thread, record.freeQueue)\n',
    replacement: '',
    why: 'All memory that it had retired is lost.',
  },
  {
    id: 'abandoned-unannounced',
    title: 'nobody is told that an exiting thread has left something',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.1',
    file: 'reclaim/delayed-free.ts',
    text: '  memory.storeRelaxed(abandoned.hasWork, 1)\n',
    replacement: '',
    why: 'Everybody passes by, and the memory is never freed.',
    report: 'gh-130794',
  },
  {
    id: 'inheritance-overwritten',
    title: 'the queue of the second thread to exit replaces that of the first',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.3',
    file: 'reclaim/free-queue.ts',
    text: 'memory.set(tail === NULL ? onto.head : tail + Chunk.offset.next, head)',
    replacement: 'memory.set(onto.head, head)',
    why: 'What the first had retired is lost.',
  },
  {
    id: 'freed-on-exit',
    title: 'an exiting thread frees what it has retired',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.1',
    file: 'reclaim/delayed-free.ts',
    text: `  lock(detaching, abandoned.mutex)
  move(memory, queue, abandoned.queue)
`,
    replacement: `  process(
    memory,
    chunks,
    queue,
    false,
    () => true,
    (item) => retirer.free(item.domain, item.address),
  )
  lock(detaching, abandoned.mutex)
`,
    why: 'Readers have not let go, only the thread that retired it.',
  },
  {
    id: 'empty-chunk-left',
    title: 'an exiting thread leaves its empty chunk',
    requirement: 'DFREE-05',
    shownBy: 'DFREE-05.4',
    file: 'reclaim/delayed-free.ts',
    text: `    // At most the one chunk that processing kept.
    process(
      memory,
      chunks,
      queue,
      false,
      () => false,
      () => {},
    )
    return`,
    replacement: '    return',
    why: 'Every thread that ever retired anything leaks a chunk.',
  },
  {
    id: 'at-once-in-any-pause',
    title: 'a pause of all interpreters counts as the interpreter’s own',
    requirement: 'DFREE-06',
    shownBy: 'DFREE-06.4',
    file: 'interpreter/thread.ts',
    text: 'isStopped(memory, interpreter.pause)',
    replacement: 'isStopped(memory, interpreter.pause) || isStopped(memory, this.runtime.record.pauseOfAll)',
    why: 'The child of a fork frees memory that the parent’s threads, and its own copies of them, still point to.',
  },
  {
    id: 'at-once-in-others-pauses',
    title: 'the pause of any interpreter makes frees immediate in all',
    requirement: 'DFREE-06',
    shownBy: 'DFREE-06.5',
    file: 'interpreter/thread.ts',
    text: 'isStopped(memory, interpreter.pause)',
    replacement: '[...this.runtime.interpreters()].some(({ pause }) => isStopped(memory, pause))',
    why: 'The threads of this interpreter run, and read.',
  },
  {
    id: 'queued-at-the-end',
    title: 'an interpreter that ends queues what is retired',
    requirement: 'DFREE-06',
    shownBy: 'DFREE-06.6',
    file: 'interpreter/thread.ts',
    text: 'memory.load(interpreter.finalizing) !== 0 || ',
    replacement: '',
    why: 'Nobody may ever look at that queue.',
  },
  {
    id: 'no-memory-no-pause',
    title: 'without memory for the queue a block is freed at once',
    requirement: 'DFREE-06',
    shownBy: 'DFREE-06.11',
    file: 'reclaim/delayed-free.ts',
    text: 'retirer.whileStopped(() => retirer.free(domain, address))',
    replacement: 'retirer.free(domain, address)',
    why: 'Readers hold the block still.',
  },
  {
    id: 'freed-but-still-queued',
    title: 'a block is freed before it is out of the queue',
    requirement: 'DFREE-07',
    shownBy: 'DFREE-07.6',
    file: 'reclaim/free-queue.ts',
    text: '      memory.set(chunk.read, read + 1)\n',
    replacement: '',
    why: 'The next look frees it again.',
  },
  {
    id: 'read-mark-not-reset',
    title: 'the chunk that is kept forgets what it holds and not how far it was read',
    requirement: 'DFREE-07',
    shownBy: 'DFREE-07.2',
    file: 'reclaim/free-queue.ts',
    text: `      memory.set(chunk.read, 0)
      memory.set(chunk.write, 0)
`,
    replacement: '      memory.set(chunk.write, 0)\n',
    why: 'What is put there next stands before the read mark, and is never freed.',
  },
  {
    id: 'handed-over-and-kept',
    title: 'a queue that is handed over stays with the thread too',
    requirement: 'DFREE-07',
    shownBy: 'DFREE-07.4',
    file: 'reclaim/free-queue.ts',
    text: `  memory.set(from.head, NULL)
  memory.set(from.tail, NULL)
`,
    replacement: '',
    why: 'Two threads free the same blocks.',
  },
  {
    id: 'handed-over-from-the-start',
    title: 'a queue that is handed over begins again with what was freed of it',
    requirement: 'DFREE-07',
    shownBy: 'DFREE-07.61',
    file: 'reclaim/free-queue.ts',
    text: '  memory.set(from.head, NULL)\n',
    replacement: '  memory.set(Chunk.at(head).read, 0)\n  memory.set(from.head, NULL)\n',
    why: 'Whoever inherits the queue frees those blocks once more.',
  },
]
