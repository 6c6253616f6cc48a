/**
 * Faults of biased reference counting.
 */
import type { Fault } from '../fault.ts'

export const brc: readonly Fault[] = [
  {
    id: 'local-count-lost',
    title: 'merging forgets what the owner counted',
    requirement: 'BRC-01',
    file: 'refcount/biased.ts',
    text: 'const references = countOf(shared) + (local >>> 0) + extra',
    replacement: 'const references = countOf(shared) + extra',
    why: 'The references of the former owner are in no count any more, and the object is freed while they are held.',
  },
  {
    id: 'owner-adds-one',
    title: 'the owner that adds several references at once counts one',
    requirement: 'BRC-01',
    file: 'refcount/immortal.ts',
    text: 'const sum = BigInt(local >>> 0) + references',
    replacement: 'const sum = BigInt(local >>> 0) + 1n',
    why: 'The sum is too small, and the object is freed while references are held.',
  },
  {
    id: 'added-unshifted',
    title: 'several references added at once are added to the flags',
    requirement: 'BRC-01',
    file: 'refcount/immortal.ts',
    text: 'memory.add(object + SHARED, Number(references) * ONE)',
    replacement: 'memory.add(object + SHARED, Number(references))',
    why: 'The low bits of the shared word are no count: adding there changes the state of the object.',
  },
  {
    id: 'only-the-owners-count',
    title: 'as long as there is an owner, its count alone is answered',
    requirement: 'BRC-01',
    file: 'refcount/object-header.ts',
    text: 'return (local >>> 0) + countOf(memory.loadRelaxed(object + SHARED))',
    replacement: 'return ownerOf(memory, object) === UNOWNED ? countOf(memory.loadRelaxed(object + SHARED)) : local >>> 0',
    why: 'What other threads hold is not in the sum.',
  },
  {
    id: 'shared-count-without-sign',
    title: 'the shared count is read without its sign',
    requirement: 'BRC-02',
    file: 'refcount/object-header.ts',
    text: 'shared >> COUNT_SHIFT',
    replacement: 'shared >>> COUNT_SHIFT',
    why: 'A count below zero reads as a huge one, and the object is never freed.',
  },
  {
    id: 'shared-count-stops-at-zero',
    title: 'the shared count of a queued object never goes below zero',
    requirement: 'BRC-02',
    file: 'refcount/biased.ts',
    text: 'const next = ask ? QUEUED : shared - ONE',
    replacement: 'const next = ask || shared === QUEUED ? QUEUED : shared - ONE',
    why: 'The second reference that others drop is not counted, so the object is never freed.',
  },
  {
    id: 'owner-drops-unheld',
    title: 'an owner that drops more than it counted is not stopped',
    requirement: 'BRC-02',
    file: 'refcount/biased.ts',
    text: '  if (local === 0) throw new NegativeCount()\n',
    replacement: '',
    why: 'The local count wraps round to the mark of an immortal object, and the mistake is never seen.',
  },
  {
    id: 'others-drop-unheld',
    title: 'dropping a dead object’s reference is not reported',
    requirement: 'BRC-02',
    file: 'refcount/biased.ts',
    text: '    if (shared === MERGED) throw new NegativeCount()\n',
    replacement: '',
    why: 'The count of a dead object goes below zero, in memory that may hold another one.',
  },
  {
    id: 'freed-when-shared-count-returns',
    title: 'whoever brings the shared count back to zero frees the object',
    requirement: 'BRC-03',
    file: 'refcount/biased.ts',
    text: 'else if (next === MERGED) counter.deallocate(object)\n    return',
    replacement: 'else if (next === MERGED || next === NONE) counter.deallocate(object)\n    return',
    why: 'The owner still uses the object: its references are in the other count.',
  },
  {
    id: 'queued-and-dropped',
    title: 'the reference that is passed to the queue is dropped as well',
    requirement: 'BRC-03',
    file: 'refcount/biased.ts',
    text: 'const next = ask ? QUEUED : shared - ONE',
    replacement: 'const next = ask ? sharedWord(-1, QUEUED) : shared - ONE',
    why: 'It is taken off twice, once here and once when the owner merges, so the object is freed too early.',
  },
  {
    id: 'queue-keeps-its-reference',
    title: 'the owner merges without dropping the reference that the queue held',
    requirement: 'BRC-03',
    file: 'refcount/merge-queue.ts',
    text: 'if (mergeCounts(memory, object, -1) === 0) merger.deallocate(object)\n  }',
    replacement: 'if (mergeCounts(memory, object, 0) === 0) merger.deallocate(object)\n  }',
    why: 'The object is never freed: one reference is held by a queue that is empty.',
  },
  {
    id: 'ownership-kept-after-last-drop',
    title: 'an owner that merges because it has nothing left to count stays the owner',
    requirement: 'BRC-03',
    file: 'refcount/biased.ts',
    text: `  // Before the word says so: from then on another thread may free the object and reuse its memory.
  memory.storeRelaxed(object + OWNER, UNOWNED)
`,
    replacement: '',
    why: 'It goes on counting privately an object that others count to its end.',
  },
  {
    id: 'nobody-asks',
    title: 'a drop that needs the owner is only noted',
    requirement: 'BRC-03',
    file: 'refcount/biased.ts',
    text: '    if (ask) counter.askOwnerToMerge(object)\n    else if (next === MERGED)',
    replacement: '    if (next === MERGED)',
    why: 'The object says that it is queued and is in no queue, so it is never freed.',
  },
  {
    id: 'unique-for-anybody',
    title: 'one local reference counts as the only one, whoever asks',
    requirement: 'BRC-04',
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
    file: 'refcount/biased.ts',
    text: 'memory.loadRelaxed(object + SHARED) === 0\n',
    replacement: 'countOf(memory.loadRelaxed(object + SHARED)) === 0\n',
    why: 'The owner changes the object in place while a reader without a lock takes it.',
  },
  {
    id: 'unique-despite-references',
    title: 'the owner does not look at the shared field before it calls an object its own',
    requirement: 'BRC-04',
    file: 'refcount/biased.ts',
    text: ' && memory.loadRelaxed(object + SHARED) === 0\n',
    replacement: '\n',
    why: 'It changes in place what other threads hold.',
  },
  {
    id: 'set-count-drops-flags',
    title: 'the owner that sets a count forgets the state',
    requirement: 'BRC-04',
    file: 'refcount/immortal.ts',
    text: 'memory.storeRelaxed(object + SHARED, flagsOf(memory.loadRelaxed(object + SHARED)))',
    replacement: 'memory.storeRelaxed(object + SHARED, 0)',
    why: 'Readers that were allowed to try are forgotten, and the owner frees the object without looking.',
  },
  {
    id: 'set-count-takes-over',
    title: 'a thread that sets the count of another’s object writes its local count',
    requirement: 'BRC-04',
    file: 'refcount/immortal.ts',
    text: '    makeMortal(memory, object, Number(references))\n',
    replacement: '    memory.storeRelaxed(object + LOCAL, Number(references))\n',
    why: 'The owner may be counting at the same time, without atomics, and one of the two is lost.',
  },
  {
    id: 'locked-incref-always-shared',
    title: 'a reference taken under a lock is counted on the shared field, by the owner too',
    requirement: 'BRC-04',
    file: 'refcount/biased.ts',
    text: `  if (memory.loadRelaxed(object + OWNER) === identity) {
    memory.storeRelaxed(object + LOCAL, local + 1)
    return
  }
`,
    replacement: '',
    why: 'The owner drops locally what it counted on the shared field, and frees the object while it holds a reference.',
  },
  {
    id: 'attempt-takes-no-local-reference',
    title: 'an attempt by the owner needs permission like everybody’s',
    requirement: 'BRC-04',
    file: 'refcount/biased.ts',
    text: `  if (memory.loadRelaxed(object + OWNER) === identity) {
    memory.storeRelaxed(object + LOCAL, local + 1)
    return true
  }
`,
    replacement: '',
    why: 'The owner is denied its own object, or counts it where the others count.',
  },
  {
    id: 'incref-without-owner',
    title: 'taking a reference does not ask who owns the object',
    requirement: 'BRC-04',
    file: 'refcount/biased.ts',
    text: '  if (memory.loadRelaxed(object + OWNER) === identity) memory.storeRelaxed(object + LOCAL, local + 1)\n  else memory.add',
    replacement: '  if (memory.loadRelaxed(object + OWNER) !== UNOWNED) memory.storeRelaxed(object + LOCAL, local + 1)\n  else memory.add',
    why: 'Two threads write the local count without atomics, and references are lost.',
  },
  {
    id: 'permission-overwrites-state',
    title: 'allowing attempts sets its flag whatever the state is',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: '    if (flagsOf(shared) !== NONE) return\n',
    replacement: '',
    why: 'A queued object becomes one that says it is merged although its owner is still counting.',
  },
  {
    id: 'permission-only-at-zero',
    title: 'allowing attempts does nothing if others hold references already',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: 'if (flagsOf(shared) !== NONE) return\n',
    replacement: 'if (shared !== NONE) return\n',
    why: 'Once those are dropped, the owner frees the object without a look at the readers.',
  },
  {
    id: 'locked-incref-overwrites-state',
    title: 'a reference taken under a lock sets the flag for attempts whatever the state is',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: 'const flag = flagsOf(shared) === NONE ? MAYBE_WEAKREF : 0',
    replacement: 'const flag = MAYBE_WEAKREF',
    why: 'A queued object becomes one that says it is merged although its owner is still counting.',
  },
  {
    id: 'locked-incref-allows-nothing',
    title: 'a reference taken under a lock does not allow attempts',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: 'const flag = flagsOf(shared) === NONE ? MAYBE_WEAKREF : 0',
    replacement: 'const flag = 0',
    why: 'Readers have to take the lock every time.',
  },
  {
    id: 'maybe-weakref-not-queued',
    title: 'an object that others may try to take is not queued',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: 'const ask = shared === NONE || shared === MAYBE_WEAKREF',
    replacement: 'const ask = shared === NONE',
    why: 'Its count goes below zero, nobody asks the owner, and it is never freed.',
  },
  {
    id: 'attempt-denied-when-negative',
    title: 'an attempt is denied while others have dropped more than they took',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: 'if (shared === NONE || shared === MERGED) return false',
    replacement: 'if (shared < ONE && shared !== MAYBE_WEAKREF && shared !== QUEUED) return false',
    why: 'The object is alive, since the queue holds a reference, and the reader is told that it is not.',
  },
  {
    id: 'merge-keeps-flags',
    title: 'merging keeps the state',
    requirement: 'BRC-05',
    file: 'refcount/biased.ts',
    text: 'sharedWord(references, MERGED)) === shared) return references',
    replacement: 'sharedWord(references, flagsOf(shared))) === shared) return references',
    why: 'The object has no owner and does not say so: the thread that drops the last reference asks an owner that is not there.',
  },
  {
    id: 'request-cleared-late',
    title: 'the owner takes its request back after it has emptied its queue',
    requirement: 'BRC-06',
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
    id: 'owner-not-asked',
    title: 'an object is queued without a request',
    requirement: 'BRC-06',
    file: 'refcount/merge-queue.ts',
    text: '    if (queued) request(memory, memory.get(queue.requests), MERGE)\n',
    replacement: '',
    why: 'The owner never looks, and the object is never freed.',
  },
  {
    id: 'newest-registration-first',
    title: 'of two thread states on one thread the newer one is asked',
    requirement: 'BRC-06',
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
    id: 'taken-overwritten',
    title: 'taking the queue overwrites what was taken before',
    requirement: 'BRC-06',
    file: 'refcount/object-stack.ts',
    text: '  memory.set(bottom + PREVIOUS, memory.get(onto))\n',
    replacement: '',
    why: 'A finalizer that reaches a safe point makes its thread forget the objects that it had not come to yet.',
  },
  {
    id: 'one-object-per-safe-point',
    title: 'a safe point merges one object of the queue',
    requirement: 'BRC-06',
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
    file: 'refcount/biased.ts',
    text: 'const ask = shared === NONE || shared === MAYBE_WEAKREF',
    replacement: 'const ask = shared === NONE || shared === MAYBE_WEAKREF || shared === QUEUED',
    why: 'It stands in the queue twice, and the second merge drops a reference that somebody holds.',
  },
  {
    id: 'left-after-one-look',
    title: 'an exiting owner empties its queue once and leaves',
    requirement: 'BRC-07',
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
    id: 'orphan-keeps-reference',
    title: 'whoever merges for an owner that is gone keeps the reference it wanted to drop',
    requirement: 'BRC-07',
    file: 'refcount/merge-queue.ts',
    text: `      const references = mergeCounts(memory, object, -1)
      unlock`,
    replacement: `      const references = mergeCounts(memory, object, 0)
      unlock`,
    why: 'The object is never freed.',
  },
  {
    id: 'queue-asked-of-nobody',
    title: 'an object without an owner is looked for in the table all the same',
    requirement: 'BRC-07',
    file: 'refcount/merge-queue.ts',
    text: `    if (owner === UNOWNED) {
      decref(merger, object)
      return
    }
`,
    replacement: '',
    why: 'The owner has merged meanwhile, and the reference is dropped by merging once more.',
  },
  {
    id: 'collector-merges-its-own',
    title: 'the collector merges its own thread’s queue only',
    requirement: 'BRC-08',
    file: 'interpreter/collect.ts',
    text: 'records.map((record) => record.mergeQueue)',
    replacement: '[thread.record.mergeQueue]',
    why: 'What is queued for a thread that sleeps stays alive for as long as it sleeps.',
  },
  {
    id: 'collector-skips-its-own',
    title: 'the collector merges the queues of the other threads only',
    requirement: 'BRC-08',
    file: 'interpreter/collect.ts',
    text: 'records.map((record) => record.mergeQueue)',
    replacement: 'records.filter((record) => record.address !== thread.thread).map((record) => record.mergeQueue)',
    why: 'What is queued for the collecting thread itself outlives the collection.',
  },
  {
    id: 'collector-skips-taken',
    title: 'the collector does not look at what an owner has taken from its queue already',
    requirement: 'BRC-08',
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
    file: 'interpreter/collect.ts',
    text: '    return merged\n',
    replacement: '    endMerged(thread, merged)\n    return 0\n',
    why: 'A finalizer that waits for another thread waits for ever.',
  },
  {
    id: 'collector-keeps-the-dead',
    title: 'the collector ends only the first of the objects that it found without references',
    requirement: 'BRC-08',
    file: 'refcount/merge-queue.ts',
    text: 'for (let object = dead, next: Address; object !== NULL; object = next) {',
    replacement: 'for (let object = dead, next: Address = NULL; object !== NULL; object = NULL) {',
    why: 'The others are never freed: nobody holds a reference that could be dropped.',
  },
  {
    id: 'collector-drops-nothing',
    title: 'the collector merges without dropping the references that the queues held',
    requirement: 'BRC-08',
    file: 'refcount/merge-queue.ts',
    text: 'if (mergeCounts(memory, object, -1) > 0) continue',
    replacement: 'if (mergeCounts(memory, object, 0) > 0) continue',
    why: 'None of the queued objects is ever freed.',
  },
  {
    id: 'last-owner-frees-nothing',
    title: 'an owner that merges its last reference away does not look whether it was the last of all',
    requirement: 'BRC-09',
    file: 'refcount/biased.ts',
    text: '  if ((shared | MERGED) === MERGED) counter.deallocate(object)\n',
    replacement: '',
    why: 'Nobody else can find out, and the object is never freed.',
  },
  {
    id: 'merged-freed-too-early',
    title: 'a merged object is freed by whoever drops a reference to it',
    requirement: 'BRC-09',
    file: 'refcount/biased.ts',
    text: 'else if (next === MERGED) counter.deallocate(object)\n    return',
    replacement: 'else if (flagsOf(next) === MERGED) counter.deallocate(object)\n    return',
    why: 'Others still hold references.',
  },
  {
    id: 'queue-drops-dead-twice',
    title: 'the owner ends what it finds in its queue if one reference is left',
    requirement: 'BRC-09',
    file: 'refcount/merge-queue.ts',
    text: 'if (mergeCounts(memory, object, -1) === 0) merger.deallocate(object)\n  }',
    replacement: 'if (mergeCounts(memory, object, -1) <= 1) merger.deallocate(object)\n  }',
    why: 'The one reference is somebody’s, perhaps the owner’s own, and it will be dropped too.',
  },
  {
    id: 'finalizer-skipped-for-others',
    title: 'an object that is ended by another thread than its owner is freed without its finalizer',
    requirement: 'BRC-09',
    file: 'interpreter/thread.ts',
    text: 'const dead = finalize(this, object, () => this.embedder.finalize(this, object, which))',
    replacement:
      'const own = this.memory.loadRelaxed(object) === this.identity\n    const dead = !own || finalize(this, object, () => this.embedder.finalize(this, object, which))',
    why: 'What the object held is never dropped.',
  },
  {
    id: 'attempt-on-the-untouched',
    title: 'an attempt is granted on an object that nobody else was ever promised',
    requirement: 'BRC-10',
    file: 'refcount/biased.ts',
    text: 'if (shared === NONE || shared === MERGED) return false',
    replacement: 'if (shared === MERGED) return false',
    why: 'Its owner frees such an object without looking, under the hands of whoever was granted the reference.',
  },
  {
    id: 'attempt-on-the-dead',
    title: 'an attempt is granted on a merged object without references',
    requirement: 'BRC-10',
    file: 'refcount/biased.ts',
    text: 'if (shared === NONE || shared === MERGED) return false',
    replacement: 'if (shared === NONE) return false',
    why: 'The object is dead, and is freed a second time when the reference is dropped.',
  },
  {
    id: 'owner-overlooks-readers',
    title: 'an owner frees an object without a look at the readers that were allowed to try',
    requirement: 'BRC-10',
    file: 'refcount/biased.ts',
    text: '  if (shared === NONE) {\n    // Nobody else holds',
    replacement: '  if (shared === NONE || shared === MAYBE_WEAKREF) {\n    // Nobody else holds',
    why: 'The word still says that attempts are allowed, and one that comes late is granted on a dead object.',
  },
  {
    id: 'finalizer-leaves-door-open',
    title: 'an object ends although its finalizer has allowed attempts',
    requirement: 'BRC-10',
    file: 'refcount/finalize.ts',
    text: 'memory.loadAcquire(object + SHARED) === NONE',
    replacement: 'memory.loadAcquire(object + SHARED) >> 2 === 0',
    why: 'The dead object’s word says that attempts are allowed, and one that comes late is granted.',
  },
  {
    id: 'reader-does-not-lock',
    title: 'a reader whose attempt is denied gives up instead of taking the lock',
    requirement: 'BRC-10',
    file: 'refcount/place.ts',
    text: 'if (!tryIncref(counter, object)) return takeLocked(counter, parker, place)',
    replacement: 'if (!tryIncref(counter, object)) return NULL',
    why: 'Nobody allows attempts, so nobody but the owner ever finds anything.',
  },
  {
    id: 'immortal-merged',
    title: 'merging does not look whether the object is immortal',
    requirement: 'BRC-11',
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
    file: 'refcount/biased.ts',
    text: '  if (local === IMMORTAL) return\n  // Relaxed is enough',
    replacement: '  // Relaxed is enough',
    why: 'All threads contend for a count that nobody looks at, and it may overflow.',
  },
  {
    id: 'immortal-attempt-denied',
    title: 'an attempt does not look whether the object is immortal',
    requirement: 'BRC-11',
    file: 'refcount/biased.ts',
    text: '  if (local === IMMORTAL) return true\n',
    replacement: '',
    why: 'Readers are denied an object that can never die.',
  },
  {
    id: 'immortal-flagged',
    title: 'allowing attempts does not look whether the object is immortal',
    requirement: 'BRC-11',
    file: 'refcount/biased.ts',
    text: '  if (memory.loadRelaxed(object + LOCAL) === IMMORTAL) return\n',
    replacement: '',
    why: 'An immortal object is written to, by all threads.',
  },
  {
    id: 'immortal-count-set',
    title: 'setting a count does not look whether the object is immortal',
    requirement: 'BRC-11',
    file: 'refcount/immortal.ts',
    text: '  if (isImmortal(memory, object)) return\n',
    replacement: '',
    why: 'An object that others take for immortal is mortal, and nobody has counted what they hold.',
  },
  {
    id: 'full-count-wraps',
    title: 'adding more than the local count can hold wraps round',
    requirement: 'BRC-11',
    file: 'refcount/immortal.ts',
    text: 'if (sum > BigInt(LOCAL_LIMIT)) makeImmortal(memory, object)\n  else memory',
    replacement: 'memory',
    why: 'The count is small again, and the object is freed while billions of references are held.',
  },
  {
    id: 'immortal-with-an-owner',
    title: 'an object that becomes immortal keeps its shared count',
    requirement: 'BRC-11',
    file: 'refcount/immortal.ts',
    text: '  memory.storeRelaxed(object + SHARED, 0)\n',
    replacement: '',
    why: 'The state is still there, and whoever looks at the shared field first acts on it.',
  },
  {
    id: 'immortal-tracked',
    title: 'an object that becomes immortal stays with the collector',
    requirement: 'BRC-11',
    file: 'refcount/immortal.ts',
    text: '  memory.storeRelaxed(object + MARKS, memory.loadRelaxed(object + MARKS) & ~TRACKED)\n',
    replacement: '',
    why: 'The collector takes its count for a number of references.',
  },
  {
    id: 'finalized-again',
    title: 'nobody remembers that a finalizer has run',
    requirement: 'BRC-12',
    file: 'refcount/finalize.ts',
    text: '  memory.storeRelaxed(object + MARKS, marks | FINALIZED)\n',
    replacement: '',
    why: 'An object that was brought back is finalized again, and may be brought back for ever.',
  },
  {
    id: 'freed-though-brought-back',
    title: 'an object is freed after its finalizer, whatever that did',
    requirement: 'BRC-12',
    file: 'refcount/finalize.ts',
    text: '  return dropBorrowed(counter, object)\n',
    replacement: '  dropBorrowed(counter, object)\n  return true\n',
    why: 'Whoever the finalizer gave a reference to holds one to freed memory.',
  },
  {
    id: 'shared-count-written-back',
    title: 'after the finalizer the shared field is written anew',
    requirement: 'BRC-12',
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
    file: 'refcount/finalize.ts',
    text: 'memory.loadRelaxed(object + LOCAL) === 1 && memory.loadAcquire(object + SHARED) === NONE',
    replacement: 'memory.loadRelaxed(object + LOCAL) === 1',
    why: 'References that other threads took meanwhile do not keep the object alive.',
    report: 'gh-127582',
  },
  {
    id: 'lent-reference-kept',
    title: 'the reference that the finalizer was lent is not dropped if the object lives on',
    requirement: 'BRC-12',
    file: 'refcount/finalize.ts',
    text: 'return mergeCounts(memory, object, -1) === 0',
    replacement: 'return false',
    why: 'An object that was brought back is never freed.',
  },
  {
    id: 'failed-push-ignored',
    title: 'an object that does not fit into the queue is left as it is',
    requirement: 'BRC-13',
    file: 'refcount/merge-queue.ts',
    text: '    if (!queued) mergeInPause(merger, object)\n',
    replacement: '',
    why: 'It says that it is queued, so nobody asks again, and it is never freed.',
  },
  {
    id: 'merged-without-pause',
    title: 'an object that does not fit into the queue is merged at once',
    requirement: 'BRC-13',
    file: 'refcount/merge-queue.ts',
    text: 'merger.whileStopped(() => mergeCounts(merger.memory, object, -1))',
    replacement: 'mergeCounts(merger.memory, object, -1)',
    why: 'The owner is counting at the same time, without atomics.',
  },
  {
    id: 'freed-in-the-pause',
    title: 'an object that was merged in a pause ends in that pause',
    requirement: 'BRC-13',
    file: 'refcount/merge-queue.ts',
    text: `  const references = merger.whileStopped(() => mergeCounts(merger.memory, object, -1))
  if (references === 0) merger.deallocate(object)
`,
    replacement: `  merger.whileStopped(() => {
    if (mergeCounts(merger.memory, object, -1) === 0) merger.deallocate(object)
  })
`,
    why: 'Its finalizer runs while the world is stopped, and waits for ever if it waits for anybody.',
  },
  {
    id: 'merged-in-pause-not-freed',
    title: 'an object that was merged in a pause is not freed',
    requirement: 'BRC-13',
    file: 'refcount/merge-queue.ts',
    text: `object, -1))
  if (references === 0) merger.deallocate(object)
`,
    replacement: `object, -1))
  if (references < 0) merger.deallocate(object)
`,
    why: 'If that was the last reference, nobody else will find out.',
  },
  {
    id: 'lock-held-over-the-pause',
    title: 'the queue’s lock is held while the world is stopped',
    requirement: 'BRC-13',
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
