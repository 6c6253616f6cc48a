/**
 * Faults of biased reference counting that take a race to show: no order of whole operations comes near them.
 */
import type { Fault } from '../fault.ts'

export const brcRaces: readonly Fault[] = [
  {
    id: 'taken-by-load-and-store',
    title: 'a thread that is not the owner takes a reference by a load and a store',
    requirement: 'BRC-04',
    shownBy: 'BRC-04.12',
    file: 'refcount/biased.ts',
    text: '  else memory.add(object + SHARED, ONE)\n',
    replacement: '  else memory.store(object + SHARED, memory.load(object + SHARED) + ONE)\n',
    why: 'Of two who count at once one is forgotten, and the object is freed while that one holds it.',
  },
  {
    id: 'dropped-by-load-and-store',
    title: 'a thread that is not the owner drops a reference by a load and a store',
    requirement: 'BRC-04',
    shownBy: 'BRC-04.13',
    file: 'refcount/biased.ts',
    text: '    if (memory.compareExchange(object + SHARED, shared, next) !== shared) continue\n',
    replacement: '    memory.store(object + SHARED, next)\n',
    why: 'Of two who drop at once one is forgotten, and the object is never freed.',
  },
  {
    id: 'allowed-by-load-and-store',
    title: 'the flag for attempts is set by a load and a store',
    requirement: 'BRC-05',
    shownBy: 'BRC-05.15',
    file: 'refcount/biased.ts',
    text: '    if (memory.compareExchange(object + SHARED, shared, shared | MAYBE_WEAKREF) === shared) return\n',
    replacement: `    memory.store(object + SHARED, shared | MAYBE_WEAKREF)
    return
`,
    why: 'What another thread counts between the two is wiped out by a flag that has nothing to do with it.',
  },
  {
    id: 'locked-incref-by-load-and-store',
    title: 'a reference that is taken under a lock is counted by a load and a store',
    requirement: 'BRC-05',
    shownBy: 'BRC-05.16',
    file: 'refcount/biased.ts',
    text: '    if (memory.compareExchange(object + SHARED, shared, (shared + ONE) | flag) === shared) return\n',
    replacement: `    memory.store(object + SHARED, (shared + ONE) | flag)
    return
`,
    why: 'The lock keeps nobody away who holds a reference already: what they count meanwhile is lost.',
  },
  {
    id: 'attempt-by-load-and-store',
    title: 'an attempt looks and then takes the reference, in two steps',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.18',
    file: 'refcount/biased.ts',
    text: '    if (memory.compareExchange(object + SHARED, shared, shared + ONE) === shared) return true\n',
    replacement: `    memory.store(object + SHARED, shared + ONE)
    return true
`,
    why: 'The owner may free the object in between, and the attempt is granted on a dead one.',
  },
  {
    id: 'attempt-looks-once',
    title: 'an attempt whose exchange fails gives up',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.19',
    file: 'refcount/biased.ts',
    text: '    if (memory.compareExchange(object + SHARED, shared, shared + ONE) === shared) return true\n',
    replacement: '    return memory.compareExchange(object + SHARED, shared, shared + ONE) === shared\n',
    why: 'That another thread counts does not mean that the object is dead: a weak reference to a living object answers that it is gone.',
  },
  {
    id: 'last-drop-by-load-and-store',
    title: 'an owner that gives an object up writes the state by a load and a store',
    requirement: 'BRC-09',
    shownBy: 'BRC-09.15',
    file: 'refcount/biased.ts',
    text: `    const seen = memory.compareExchange(object + SHARED, shared, shared | MERGED)
    if (seen === shared) break
    shared = seen
`,
    replacement: `    memory.store(object + SHARED, shared | MERGED)
    break
`,
    why: 'A reference that another thread drops in between is counted on, and nobody ever frees the object.',
  },
  {
    id: 'owner-cleared-after-the-flag',
    title: 'an owner that gives an object up clears its name after the word says so',
    requirement: 'BRC-09',
    shownBy: 'BRC-09.15',
    file: 'refcount/biased.ts',
    text: `  memory.storeRelaxed(object + OWNER, UNOWNED)
  for (;;) {
    const seen = memory.compareExchange(object + SHARED, shared, shared | MERGED)
    if (seen === shared) break
    shared = seen
  }
`,
    replacement: `  for (;;) {
    const seen = memory.compareExchange(object + SHARED, shared, shared | MERGED)
    if (seen === shared) break
    shared = seen
  }
  memory.storeRelaxed(object + OWNER, UNOWNED)
`,
    why: 'Another thread may have freed the object by then, and the owner of whatever lies there now is wiped out.',
    report: 'gh-119999',
  },
  {
    id: 'merged-before-cleared',
    title: 'a merge says that it is done before it has cleared the owner and the local count',
    requirement: 'BRC-09',
    shownBy: 'BRC-09.19',
    file: 'refcount/biased.ts',
    text: `  memory.storeRelaxed(object + LOCAL, 0)
  memory.storeRelaxed(object + OWNER, UNOWNED)
  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    const references = countOf(shared) + (local >>> 0) + extra
    if (memory.compareExchange(object + SHARED, shared, sharedWord(references, MERGED)) === shared) return references
  }
`,
    replacement: `  for (;;) {
    const shared = memory.loadRelaxed(object + SHARED)
    const references = countOf(shared) + (local >>> 0) + extra
    if (memory.compareExchange(object + SHARED, shared, sharedWord(references, MERGED)) !== shared) continue
    memory.storeRelaxed(object + LOCAL, 0)
    memory.storeRelaxed(object + OWNER, UNOWNED)
    return references
  }
`,
    why: 'The last reference may be dropped at once, and then what is cleared belongs to another object.',
    report: 'gh-119999',
  },
  {
    id: 'merged-by-load-and-store',
    title: 'a merge writes the sum by a load and a store',
    requirement: 'BRC-09',
    shownBy: 'BRC-09.16',
    file: 'refcount/biased.ts',
    text: '    if (memory.compareExchange(object + SHARED, shared, sharedWord(references, MERGED)) === shared) return references\n',
    replacement: `    memory.store(object + SHARED, sharedWord(references, MERGED))
    return references
`,
    why: 'What other threads count while the owner adds up is lost, and the object is never freed, or too early.',
  },
  {
    id: 'dead-by-a-store',
    title: 'an object whose finalizer allowed attempts is declared dead by a load and a store',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.23',
    file: 'refcount/finalize.ts',
    text: `      memory.storeRelaxed(object + LOCAL, 0)
      return true
    }
    return mergeCounts`,
    replacement: `      memory.storeRelaxed(object + LOCAL, 0)
      return true
    }
    if (memory.loadRelaxed(object + LOCAL) === 1 && memory.load(object + SHARED) < ONE) {
      memory.storeRelaxed(object + LOCAL, 0)
      memory.store(object + SHARED, MERGED)
      return true
    }
    return mergeCounts`,
    why: 'Who was granted a reference between the two holds one to an object that is gone.',
    report: 'gh-127582',
  },
  {
    id: 'count-less-one-written-back',
    title: 'after the finalizer the count is read, and written back less one',
    requirement: 'BRC-12',
    shownBy: 'BRC-12.12',
    file: 'refcount/finalize.ts',
    text: '    return mergeCounts(memory, object, -1) === 0\n',
    replacement: `    const count = memory.loadRelaxed(object + LOCAL) + (memory.load(object + SHARED) >> 2) - 1
    memory.storeRelaxed(object + LOCAL, 0)
    memory.storeRelaxed(object + OWNER, 0)
    memory.store(object + SHARED, (count << 2) | MERGED)
    return count === 0
`,
    why: 'What another thread counts between reading and writing is wiped out: its reference keeps nothing alive.',
    report: 'gh-127582',
  },
  {
    id: 'header-zeroed-plainly',
    title: 'the header of a new object is zeroed by plain stores',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.21',
    file: 'memory/arena.ts',
    text: `    for (let at = address; at < address + kept; at += CELL) memory.storeRelaxed(at, 0)
    memory.fill(address + kept, size - kept, 0)
`,
    replacement: '    memory.fill(address, size, 0)\n',
    why: 'A late reader may be looking at the header of the object that lay there before, and nothing orders the two.',
  },
  {
    id: 'taken-without-a-second-look',
    title: 'a reader that was granted a reference does not look whether the object is still in its place',
    requirement: 'BRC-10',
    shownBy: 'BRC-10.21',
    file: 'refcount/place.ts',
    text: '    if (memory.load(place.value) === object) return object\n    decref(counter, object)\n',
    replacement: '    return object\n',
    why: 'The memory may be another object’s by then, which nobody gave to the reader.',
  },
  {
    id: 'request-cleared-after-the-stack',
    title: 'the owner takes its request back when it has just taken what is in its queue',
    requirement: 'BRC-06',
    shownBy: 'BRC-06.13',
    file: 'refcount/merge-queue.ts',
    text: `  clear(memory, memory.get(queue.requests), MERGE)
  const bucket = bucketOf(table, memory.get(queue.identity))
  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
`,
    replacement: `  const bucket = bucketOf(table, memory.get(queue.identity))
  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
  clear(memory, memory.get(queue.requests), MERGE)
`,
    why: 'Whoever queues an object between the two asks in vain, and the object waits for somebody else’s request.',
  },
  {
    id: 'queue-taken-without-the-lock',
    title: 'the owner takes what is in its queue without the lock',
    requirement: 'BRC-06',
    shownBy: 'BRC-06.13',
    file: 'refcount/merge-queue.ts',
    text: `  const bucket = bucketOf(table, memory.get(queue.identity))
  lock(detaching, bucket.mutex)
  move(memory, queue.toMerge, queue.taken)
  unlock(memory, detaching.lot, bucket.mutex)
  mergeTaken(merger, queue)
}

/** Makes`,
    replacement: `  move(memory, queue.toMerge, queue.taken)
  mergeTaken(merger, queue)
}

/** Makes`,
    why: 'An object that another thread is just putting there is lost, or stands in two chunks at once.',
  },
  {
    id: 'asked-after-unlocking',
    title: 'the owner is asked to merge after the queue’s lock was given back',
    requirement: 'BRC-07',
    shownBy: 'BRC-07.15',
    file: 'refcount/merge-queue.ts',
    text: `    if (queued) request(memory, memory.get(queue.requests), MERGE)
    unlock(memory, detaching.lot, bucket.mutex)
`,
    replacement: `    unlock(memory, detaching.lot, bucket.mutex)
    if (queued) request(memory, memory.get(queue.requests), MERGE)
`,
    why: 'The owner may have found the object and left in between, and the request goes into freed memory.',
  },
  {
    id: 'left-after-a-look-without-the-lock',
    title: 'an exiting owner sees that its queue is empty, and then takes the lock to leave',
    requirement: 'BRC-07',
    shownBy: 'BRC-07.15',
    file: 'refcount/merge-queue.ts',
    text: `    lock(detaching, bucket.mutex)
    left = isEmpty(memory, queue.toMerge)
    if (left)`,
    replacement: `    left = isEmpty(memory, queue.toMerge)
    lock(detaching, bucket.mutex)
    if (left)`,
    why: 'What is queued between the two stays in the queue of a thread that is gone.',
  },
  {
    id: 'orphan-merged-after-unlocking',
    title: 'whoever does not find the owner any more gives the lock back before it merges',
    requirement: 'BRC-07',
    shownBy: 'BRC-07.18',
    file: 'refcount/merge-queue.ts',
    text: `      const references = mergeCounts(memory, object, -1)
      unlock(memory, detaching.lot, bucket.mutex)
`,
    replacement: `      unlock(memory, detaching.lot, bucket.mutex)
      const references = mergeCounts(memory, object, -1)
`,
    why: 'A new thread may have been given the owner’s identity meanwhile, and counts without atomics on what is being merged.',
  },
]
