/**
 * Faults of locks, and of sleeping on them.
 */
import type { Fault } from '../../fault.ts'

export const locks: readonly Fault[] = [
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
]
