/**
 * Faults of biased reference counting.
 */
import type { Fault } from '../fault.ts'

export const brc: readonly Fault[] = [
  {
    id: 'local-count-lost',
    title: 'merging forgets what the owner counted',
    requirement: 'BRC-01',
    shownBy: 'BRC-01.5',
    file: 'refcount/biased.ts',
    text: 'const references = countOf(shared) + (local >>> 0) + extra',
    replacement: 'const references = countOf(shared) + extra',
    why: 'The references of the former owner are in no count any more, and the object is freed while they are held.',
  },
  {
    id: 'shared-count-only-subtracts',
    title: 'the shared count of an owned object is taken for a correction that can only lower the sum',
    requirement: 'BRC-01',
    shownBy: 'BRC-01.2',
    file: 'refcount/object-header.ts',
    text: '  return (local >>> 0) + countOf(memory.loadRelaxed(object + SHARED))\n',
    replacement: `  const shared = countOf(memory.loadRelaxed(object + SHARED))
  return (local >>> 0) + (local === 0 ? shared : Math.min(0, shared))
`,
    why: 'What other threads hold is not in the sum as long as the owner holds anything.',
  },
  {
    id: 'shared-count-without-sign',
    title: 'the shared count is read without its sign',
    requirement: 'BRC-02',
    shownBy: 'BRC-02.1',
    file: 'refcount/object-header.ts',
    text: 'shared >> COUNT_SHIFT',
    replacement: 'shared >>> COUNT_SHIFT',
    why: 'A count below zero reads as a huge one, and the object is never freed.',
  },
  {
    id: 'debt-not-subtracted',
    title: 'a shared count below zero is not taken off the sum',
    requirement: 'BRC-02',
    shownBy: 'BRC-02.1',
    file: 'refcount/object-header.ts',
    text: '  return (local >>> 0) + countOf(memory.loadRelaxed(object + SHARED))\n',
    replacement: '  return (local >>> 0) + Math.max(0, countOf(memory.loadRelaxed(object + SHARED)))\n',
    why: 'References that others have dropped are still in the sum.',
  },
  {
    id: 'freed-when-shared-count-returns',
    title: 'whoever brings the shared count back to zero frees the object',
    requirement: 'BRC-03',
    shownBy: 'BRC-03.2',
    file: 'refcount/biased.ts',
    text: 'else if (next === MERGED) counter.deallocate(object)\n    return',
    replacement: 'else if (next === MERGED || next === NONE) counter.deallocate(object)\n    return',
    why: 'The owner still uses the object: its references are in the other count.',
  },
  {
    id: 'queued-and-dropped',
    title: 'the reference that is passed to the queue is dropped as well',
    requirement: 'BRC-03',
    shownBy: 'BRC-03.1',
    file: 'refcount/biased.ts',
    text: 'const next = ask ? QUEUED : shared - ONE',
    replacement: 'const next = ask ? sharedWord(-1, QUEUED) : shared - ONE',
    why: 'It is taken off twice, once here and once when the owner merges, so the object is freed too early.',
  },
  {
    id: 'ownership-kept-after-last-drop',
    title: 'an owner that merges because it has nothing left to count stays the owner',
    requirement: 'BRC-03',
    shownBy: 'BRC-03.10',
    file: 'refcount/biased.ts',
    text: `  // Before the word says so: from then on another thread may free the object and reuse its memory.
  memory.storeRelaxed(object + OWNER, UNOWNED)
`,
    replacement: '',
    why: 'It goes on counting privately an object that others count to its end.',
  },
  {
    id: 'merged-in-the-queue-left',
    title: 'an owner that finds a merged object in its queue leaves it alone',
    requirement: 'BRC-03',
    shownBy: 'BRC-03.9',
    file: 'refcount/merge-queue.ts',
    text: `    // Minus one: the reference that the queue held.
    if (mergeCounts`,
    replacement: `    if (memory.loadRelaxed(object + OWNER) === UNOWNED) continue
    if (mergeCounts`,
    why: 'It was merged because the owner had nothing left to count; the reference that the queue holds is dropped by nobody.',
  },
  {
    id: 'nobody-asks',
    title: 'a drop that needs the owner is only noted',
    requirement: 'BRC-03',
    shownBy: 'BRC-03.1',
    file: 'refcount/biased.ts',
    text: '    if (ask) counter.askOwnerToMerge(object)\n    else if (next === MERGED)',
    replacement: '    if (next === MERGED)',
    why: 'The object says that it is queued and is in no queue, so it is never freed.',
  },
  {
    id: 'unique-for-anybody',
    title: 'one local reference counts as the only one, whoever asks',
    requirement: 'BRC-04',
    shownBy: 'BRC-04.8',
    file: 'refcount/biased.ts',
    text: 'memory.loadRelaxed(object + OWNER) === identity && memory.loadRelaxed(object + LOCAL) === 1 &&',
    replacement: 'memory.loadRelaxed(object + LOCAL) === 1 &&',
    why: 'A thread changes an object in place that its owner is using.',
    report: 'gh-140061',
  },
  {
    id: 'unique-despite-readers',
    title: 'an object that others may try to take counts as the owner’s alone',
    requirement: 'BRC-04',
    shownBy: 'BRC-04.7',
    file: 'refcount/biased.ts',
    text: 'memory.loadRelaxed(object + SHARED) === 0\n',
    replacement: 'countOf(memory.loadRelaxed(object + SHARED)) === 0\n',
    why: 'The owner changes the object in place while a reader without a lock takes it.',
  },
  {
    id: 'incref-without-owner',
    title: 'taking a reference does not ask who owns the object',
    requirement: 'BRC-04',
    shownBy: 'BRC-04.2',
    file: 'refcount/biased.ts',
    text: '  if (memory.loadRelaxed(object + OWNER) === identity) memory.storeRelaxed(object + LOCAL, local + 1)\n  else memory.add',
    replacement: '  if (memory.loadRelaxed(object + OWNER) !== UNOWNED) memory.storeRelaxed(object + LOCAL, local + 1)\n  else memory.add',
    why: 'Two threads write the local count without atomics, and references are lost.',
  },
  {
    id: 'permission-only-at-zero',
    title: 'allowing attempts does nothing if others hold references already',
    requirement: 'BRC-05',
    shownBy: 'BRC-05.8',
    file: 'refcount/biased.ts',
    text: 'if (flagsOf(shared) !== NONE) return\n',
    replacement: 'if (shared !== NONE) return\n',
    why: 'Once those are dropped, the owner frees the object without a look at the readers.',
  },
  {
    id: 'locked-incref-overwrites-state',
    title: 'a reference taken under a lock sets the flag for attempts whatever the state is',
    requirement: 'BRC-05',
    shownBy: 'BRC-05.7',
    file: 'refcount/biased.ts',
    text: 'const flag = flagsOf(shared) === NONE ? MAYBE_WEAKREF : 0',
    replacement: 'const flag = MAYBE_WEAKREF',
    why: 'A queued object becomes one that says it is merged although its owner is still counting.',
  },
  {
    id: 'maybe-weakref-not-queued',
    title: 'an object that others may try to take is not queued',
    requirement: 'BRC-05',
    shownBy: 'BRC-05.2',
    file: 'refcount/biased.ts',
    text: 'const ask = shared === NONE || shared === MAYBE_WEAKREF',
    replacement: 'const ask = shared === NONE',
    why: 'Its count goes below zero, nobody asks the owner, and it is never freed.',
  },
  {
    id: 'merge-keeps-flags',
    title: 'merging keeps the state',
    requirement: 'BRC-05',
    shownBy: 'BRC-05.1',
    file: 'refcount/biased.ts',
    text: 'sharedWord(references, MERGED)) === shared) return references',
    replacement: 'sharedWord(references, flagsOf(shared))) === shared) return references',
    why: 'The object has no owner and does not say so: the thread that drops the last reference asks an owner that is not there.',
  },
  {
    id: 'request-cleared-late',
    title: 'the owner takes its request back after it has emptied its queue',
    requirement: 'BRC-06',
    shownBy: 'BRC-06.7',
    file: 'refcount/merge-queue.ts',
    text: `  // First the bit, then the stack: an object that comes in between is taken now, and asked for once more in vain.
  clear(memory, memory.get(queue.requests), MERGE)
  const bucket = bucketOf(table, memory.get(queue.identity))
  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
  mergeTaken(merger, queue)
`,
    replacement: `  const bucket = bucketOf(table, memory.get(queue.identity))
  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
  mergeTaken(merger, queue)
  clear(memory, memory.get(queue.requests), MERGE)
`,
    why: 'An object that is queued meanwhile has no request any more, and waits until the next one comes.',
  },
  {
    id: 'newest-registration-first',
    title: 'of two thread states on one thread the newer one is asked',
    requirement: 'BRC-06',
    shownBy: 'BRC-06.8',
    file: 'refcount/merge-queue.ts',
    text: `  memory.set(queue.next, NULL)
  // At the end: of two thread states with one identity, the first is asked.
  let link = bucket.first
  while (memory.get(link) !== NULL) link = memory.get(link) + MergeQueue.offset.next
  memory.set(link, queue.address)
`,
    replacement: `  memory.set(queue.next, memory.get(bucket.first))
  memory.set(bucket.first, queue.address)
`,
    why: 'The queue goes to a thread state that lives for a moment only, in the middle of what the other one is doing.',
  },
  {
    id: 'one-object-per-safe-point',
    title: 'a safe point merges one object of the queue',
    requirement: 'BRC-06',
    shownBy: 'BRC-06.11',
    file: 'refcount/merge-queue.ts',
    text: `  for (let object = pop(memory, chunks, queue.taken); object !== NULL; object = pop(memory, chunks, queue.taken)) {
    // Minus one: the reference that the queue held.
    if (mergeCounts`,
    replacement: `  const object = pop(memory, chunks, queue.taken)
  if (object !== NULL) {
    if (mergeCounts`,
    why: 'The request is taken back, so the others wait until the next one comes.',
  },
  {
    id: 'queued-again',
    title: 'an object is queued each time its shared count is at zero',
    requirement: 'BRC-06',
    shownBy: 'BRC-06.9',
    file: 'refcount/biased.ts',
    text: 'const ask = shared === NONE || shared === MAYBE_WEAKREF',
    replacement: 'const ask = shared === NONE || shared === MAYBE_WEAKREF || shared === QUEUED',
    why: 'It stands in the queue twice, and the second merge drops a reference that somebody holds.',
  },
  {
    id: 'left-after-one-look',
    title: 'an exiting owner empties its queue once and leaves',
    requirement: 'BRC-07',
    shownBy: 'BRC-07.3',
    file: 'refcount/merge-queue.ts',
    text: `  for (let left = false; !left; ) {
    // Ending objects runs finalizers, and those may let others queue more here.
    mergeTaken(merger, queue)
    lock(detaching, bucket.mutex)
    left = isEmpty(memory, queue.toMerge)
    if (left) remove(memory, bucket, queue)
    else move(memory, queue.toMerge, queue.taken)
    unlock(memory, detaching.lot, bucket.mutex)
  }
`,
    replacement: `  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
  mergeTaken(merger, queue)
  lock(detaching, bucket.mutex)
  remove(memory, bucket, queue)
  unlock(memory, detaching.lot, bucket.mutex)
`,
    why: 'What a finalizer let others queue meanwhile stays in a queue that nobody will look at again.',
  },
  {
    id: 'orphan-left-alone',
    title: 'whoever does not find the owner any more does nothing',
    requirement: 'BRC-07',
    shownBy: 'BRC-07.4',
    file: 'refcount/merge-queue.ts',
    text: `      const references = mergeCounts(memory, object, -1)
      unlock(memory, detaching.lot, bucket.mutex)
      if (references === 0) merger.deallocate(object)
      return
`,
    replacement: `      unlock(memory, detaching.lot, bucket.mutex)
      return
`,
    why: 'What an exited thread owned is never freed.',
  },
  {
    id: 'orphan-merged-not-freed',
    title: 'whoever merges for an owner that is gone does not look what is left',
    requirement: 'BRC-07',
    shownBy: 'BRC-07.6',
    file: 'refcount/merge-queue.ts',
    text: `      unlock(memory, detaching.lot, bucket.mutex)
      if (references === 0) merger.deallocate(object)
      return
`,
    replacement: `      unlock(memory, detaching.lot, bucket.mutex)
      return
`,
    why: 'If nothing is left, nobody else will find out.',
  },
  {
    id: 'collector-merges-its-own',
    title: 'the collector merges its own thread’s queue only',
    requirement: 'BRC-08',
    shownBy: 'BRC-08.1',
    file: 'interpreter/collect.ts',
    text: 'records.map((record) => record.mergeQueue)',
    replacement: '[thread.record.mergeQueue]',
    why: 'What is queued for a thread that sleeps stays alive for as long as it sleeps.',
  },
  {
    id: 'collector-skips-taken',
    title: 'the collector does not look at what an owner has taken from its queue already',
    requirement: 'BRC-08',
    shownBy: 'BRC-08.5',
    file: 'refcount/merge-queue.ts',
    text: `    move(memory, queue.toMerge, queue.taken)
    for (let object = pop(memory, chunks, queue.taken); object !== NULL; object = pop(memory, chunks, queue.taken)) {
      if`,
    replacement: `    for (let object = pop(memory, chunks, queue.toMerge); object !== NULL; object = pop(memory, chunks, queue.toMerge)) {
      if`,
    why: 'An owner that sleeps in a finalizer keeps the rest of its queue alive.',
  },
  {
    id: 'finalizers-in-the-pause',
    title: 'the collector ends objects while the world is stopped',
    requirement: 'BRC-08',
    shownBy: 'BRC-08.6',
    file: 'interpreter/collect.ts',
    text: `    const dead = mergeQueuedInPause(
      memory,
      chunks,
      records.map((record) => record.mergeQueue),
    )
`,
    replacement: `    const dead = 0
    const merged = mergeQueuedInPause(
      memory,
      chunks,
      records.map((record) => record.mergeQueue),
    )
    endMerged(thread, merged)
`,
    why: 'A finalizer that waits for another thread waits for ever.',
  },
  {
    id: 'last-owner-frees-nothing',
    title: 'an owner that merges its last reference away does not look whether it was the last of all',
    requirement: 'BRC-09',
    shownBy: 'BRC-09.2',
    file: 'refcount/biased.ts',
    text: '  if ((shared | MERGED) === MERGED) counter.deallocate(object)\n',
    replacement: '',
    why: 'Nobody else can find out, and the object is never freed.',
  },
  {
    id: 'merged-freed-too-early',
    title: 'a merged object is freed by whoever drops a reference to it',
    requirement: 'BRC-09',
    shownBy: 'BRC-09.9',
    file: 'refcount/biased.ts',
    text: 'else if (next === MERGED) counter.deallocate(object)\n    return',
    replacement: 'else if (flagsOf(next) === MERGED) counter.deallocate(object)\n    return',
    why: 'Others still hold references.',
  },
  {
    id: 'attempt-on-the-untouched',
    title: 'an attempt is granted on an object that nobody else was ever promised',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.1',
    file: 'refcount/biased.ts',
    text: 'if (shared === NONE || shared === MERGED) return false',
    replacement: 'if (shared === MERGED) return false',
    why: 'Its owner frees such an object without looking, under the hands of whoever was granted the reference.',
  },
  {
    id: 'attempt-on-the-dead',
    title: 'an attempt is granted on a merged object without references',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.8',
    file: 'refcount/biased.ts',
    text: 'if (shared === NONE || shared === MERGED) return false',
    replacement: 'if (shared === NONE) return false',
    why: 'The object is dead, and is freed a second time when the reference is dropped.',
  },
  {
    id: 'owner-overlooks-readers',
    title: 'an owner frees an object without a look at the readers that were allowed to try',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.8',
    file: 'refcount/biased.ts',
    text: '  if (shared === NONE) {\n    // Nobody else holds',
    replacement: '  if (shared === NONE || shared === MAYBE_WEAKREF) {\n    // Nobody else holds',
    why: 'The word still says that attempts are allowed, and one that comes late is granted on a dead object.',
  },
  {
    id: 'finalizer-leaves-door-open',
    title: 'an object ends although its finalizer has allowed attempts',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.11',
    file: 'refcount/finalize.ts',
    text: 'memory.loadAcquire(object + SHARED) === NONE',
    replacement: 'memory.loadAcquire(object + SHARED) >> 2 === 0',
    why: 'The dead object’s word says that attempts are allowed, and one that comes late is granted.',
  },
  {
    id: 'immortal-merged',
    title: 'merging does not look whether the object is immortal',
    requirement: 'BRC-11',
    shownBy: 'BRC-11.5',
    file: 'refcount/biased.ts',
    text: '  if (local === IMMORTAL) return 1\n',
    replacement: '',
    why: 'An object that became immortal in a queue becomes an ordinary one, with a count that is wrong.',
    report: 'gh-152276',
  },
  {
    id: 'immortal-counted',
    title: 'taking a reference does not look whether the object is immortal',
    requirement: 'BRC-11',
    shownBy: 'BRC-11.1',
    file: 'refcount/biased.ts',
    text: '  if (local === IMMORTAL) return\n  // Relaxed is enough',
    replacement: '  // Relaxed is enough',
    why: 'All threads contend for a count that nobody looks at, and it may overflow.',
  },
  {
    id: 'full-count-wraps',
    title: 'adding more than the local count can hold wraps round',
    requirement: 'BRC-11',
    shownBy: 'BRC-11.8',
    file: 'refcount/immortal.ts',
    text: 'if (sum > BigInt(LOCAL_LIMIT)) makeImmortal(memory, object)\n  else memory',
    replacement: 'memory',
    why: 'The count is small again, and the object is freed while billions of references are held.',
  },
  {
    id: 'finalized-again',
    title: 'nobody remembers that a finalizer has run',
    requirement: 'BRC-12',
    shownBy: 'BRC-12.1',
    file: 'refcount/finalize.ts',
    text: '  memory.storeRelaxed(object + MARKS, marks | FINALIZED)\n',
    replacement: '',
    why: 'An object that was brought back is finalized again, and may be brought back for ever.',
  },
  {
    id: 'freed-though-brought-back',
    title: 'an object is freed after its finalizer, whatever that did',
    requirement: 'BRC-12',
    shownBy: 'BRC-12.1',
    file: 'refcount/finalize.ts',
    text: '  return dropBorrowed(counter, object)\n',
    replacement: '  dropBorrowed(counter, object)\n  return true\n',
    why: 'Whoever the finalizer gave a reference to holds one to freed memory.',
  },
  {
    id: 'shared-count-written-back',
    title: 'after the finalizer the shared field is written anew',
    requirement: 'BRC-12',
    shownBy: 'BRC-12.6',
    file: 'refcount/finalize.ts',
    text: '  memory.storeRelaxed(object + SHARED, NONE)\n  run()\n',
    replacement: '  run()\n  memory.storeRelaxed(object + SHARED, NONE)\n',
    why: 'What other threads have counted while the finalizer ran is wiped out.',
    report: 'gh-127582',
  },
  {
    id: 'only-the-local-count-after',
    title: 'after the finalizer only the local count is looked at',
    requirement: 'BRC-12',
    shownBy: 'BRC-12.6',
    file: 'refcount/finalize.ts',
    text: 'memory.loadRelaxed(object + LOCAL) === 1 && memory.loadAcquire(object + SHARED) === NONE',
    replacement: 'memory.loadRelaxed(object + LOCAL) === 1',
    why: 'References that other threads took meanwhile do not keep the object alive.',
    report: 'gh-127582',
  },
  {
    id: 'failed-push-ignored',
    title: 'an object that does not fit into the queue is left as it is',
    requirement: 'BRC-13',
    shownBy: 'BRC-13.1',
    file: 'refcount/merge-queue.ts',
    text: '    if (!queued) mergeInPause(merger, object)\n',
    replacement: '',
    why: 'It says that it is queued, so nobody asks again, and it is never freed.',
  },
  {
    id: 'merged-without-pause',
    title: 'an object that does not fit into the queue is merged at once',
    requirement: 'BRC-13',
    shownBy: 'BRC-13.3',
    file: 'refcount/merge-queue.ts',
    text: 'merger.whileStopped(() => mergeCounts(merger.memory, object, -1))',
    replacement: 'mergeCounts(merger.memory, object, -1)',
    why: 'The owner is counting at the same time, without atomics.',
  },
  {
    id: 'lock-held-over-the-pause',
    title: 'the queue’s lock is held while the world is stopped',
    requirement: 'BRC-13',
    shownBy: 'BRC-13.8',
    file: 'refcount/merge-queue.ts',
    text: `    unlock(memory, detaching.lot, bucket.mutex)
    if (!queued) mergeInPause(merger, object)
`,
    replacement: `    if (!queued) mergeInPause(merger, object)
    unlock(memory, detaching.lot, bucket.mutex)
`,
    why: 'Whoever wants to exit or to queue something waits for a pause that it cannot join.',
  },
]
