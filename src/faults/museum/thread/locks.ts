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
    id: 'overtaken-and-forgotten',
    title: 'a thread that takes a free mutex drops the note that others wait',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.81',
    file: 'sync/mutex.ts',
    text: 'memory.compareExchange(mutex, seen, seen | LOCKED) === seen',
    replacement: 'memory.compareExchange(mutex, seen, LOCKED) === seen',
    why: 'Its unlock looks for nobody, and those who were overtaken sleep on.',
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
  {
    id: 'freed-by-load-and-store',
    title: 'a mutex is given back by looking whether anybody waits and then storing',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.43',
    file: 'sync/mutex.ts',
    text: `  if (memory.compareExchange(mutex, LOCKED, FREE) === LOCKED) return
`,
    replacement: `  if (memory.load(mutex) === LOCKED) {
    memory.store(mutex, FREE)
    return
  }
`,
    why: 'Whoever says in between that it waits is overwritten, and sleeps beside a free lock.',
  },
  {
    id: 'taken-without-comparing',
    title: 'a free mutex is taken by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.53',
    file: 'sync/mutex.ts',
    text: `      if (memory.compareExchange(mutex, seen, seen | LOCKED) === seen) return 'acquired'
      continue
`,
    replacement: `      memory.store(mutex, seen | LOCKED)
      return 'acquired'
`,
    why: 'Two that see it free both have it.',
  },
  {
    id: 'waiter-announced-by-a-store',
    title: 'a waiter announces itself by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.43',
    file: 'sync/mutex.ts',
    text: `    if ((seen & PARKED) === 0 && memory.compareExchange(mutex, seen, seen | PARKED) !== seen) continue

    const left`,
    replacement: `    if ((seen & PARKED) === 0) memory.store(mutex, seen | PARKED)

    const left`,
    why: 'A mutex that was given back in between is locked again, and nobody holds it.',
  },
  {
    id: 'looked-before-the-bucket',
    title: 'a thread looks at the word before it takes the lock of the queue',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.54',
    file: 'sync/parking-lot.ts',
    text: `  acquire(memory, bucket.lock)
  if (memory.load(target) !== expected) {
    release(memory, bucket.lock)
    return 'changed'
  }
`,
    replacement: `  if (memory.load(target) !== expected) return 'changed'
  acquire(memory, bucket.lock)
`,
    why: 'A waker that comes in between finds nobody, and the thread sleeps on a word that has changed.',
  },
  {
    id: 'queued-after-the-bucket',
    title: 'a thread queues up after it has given the lock of the queue back',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.54',
    file: 'sync/parking-lot.ts',
    text: `  append(memory, bucket, waiter)
  release(memory, bucket.lock)

  const rest`,
    replacement: `  release(memory, bucket.lock)
  append(memory, bucket, waiter)

  const rest`,
    why: 'A waker that comes in between finds nobody, and two who queue up at once spoil the queue.',
  },
  {
    id: 'woken-before-told',
    title: 'a waker notifies a sleeper before it says that it is awake',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.54',
    file: 'sync/parking-lot.ts',
    text: `  memory.store(waiter.semaphore, WOKEN)
  memory.notify(waiter.semaphore, 1)
}
`,
    replacement: `  memory.notify(waiter.semaphore, 1)
  memory.store(waiter.semaphore, WOKEN)
}
`,
    why: 'A thread that is just about to sleep misses the notice, and does not see that it is awake.',
  },
  {
    id: 'choice-not-noted',
    title: 'a waker does not note that it has chosen a sleeper',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.50',
    file: 'sync/parking-lot.ts',
    text: `  remove(memory, bucket, waiter.address)
  memory.set(waiter.chosen, 1)
`,
    replacement: `  remove(memory, bucket, waiter.address)
`,
    why: 'A sleeper whose time is up at that moment leaves without the lock that it has been handed.',
  },
  {
    id: 'interrupted-by-a-store',
    title: 'an interrupt is stored without comparing',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.56',
    file: 'sync/parking-lot.ts',
    text: `  if (memory.compareExchange(waiter.semaphore, ASLEEP, INTERRUPTED) === ASLEEP) memory.notify(waiter.semaphore, 1)
`,
    replacement: `  memory.store(waiter.semaphore, INTERRUPTED)
  memory.notify(waiter.semaphore, 1)
`,
    why: 'An interrupt that comes after the wake-up overwrites it, and the sleeper waits for a second one.',
  },
  {
    id: 'event-set-by-load-and-store',
    title: 'an event is set by looking whether anybody waits and then storing',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.45',
    file: 'sync/event.ts',
    text: 'if (memory.exchange(event, SET) === AWAITED) unparkAll(memory, lot, event)',
    replacement: `const before = memory.load(event)
  memory.store(event, SET)
  if (before === AWAITED) unparkAll(memory, lot, event)`,
    why: 'Whoever announces in between that it waits is not looked for, and sleeps for ever.',
  },
  {
    id: 'awaited-by-a-store',
    title: 'whoever waits for an event announces that by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.45',
    file: 'sync/event.ts',
    text: `    if (seen === UNSET && memory.compareExchange(event, UNSET, AWAITED) !== UNSET) continue
`,
    replacement: `    if (seen === UNSET) memory.store(event, AWAITED)
`,
    why: 'An event that was set in between is not set any more.',
  },
  {
    id: 'initialisation-taken-by-a-store',
    title: 'an initialisation is taken up by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.46',
    file: 'sync/once.ts',
    text: `      if (memory.compareExchange(flag, seen, LOCKED) !== seen) continue
`,
    replacement: `      memory.store(flag, LOCKED)
`,
    why: 'Two that see it untouched both run it.',
  },
  {
    id: 'done-by-load-and-store',
    title: 'an initialisation ends by looking whether anybody waits and then storing',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.46',
    file: 'sync/once.ts',
    text: `      const before = memory.exchange(flag, succeeded ? DONE : 0)
`,
    replacement: `      const before = memory.load(flag)
      memory.store(flag, succeeded ? DONE : 0)
`,
    why: 'Whoever announces in between that it waits is not looked for, and sleeps for ever.',
  },
  {
    id: 'reader-counted-by-a-store',
    title: 'a reader is counted by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.49',
    file: 'sync/read-write-lock.ts',
    text: `    else if (memory.compareExchange(lock, seen, seen + READER) === seen) return
`,
    replacement: `    else {
      memory.store(lock, seen + READER)
      return
    }
`,
    why: 'Of two that come at once one is not counted, and a writer is let in while one of them still reads.',
  },
  {
    id: 'writer-leaves-by-what-it-saw',
    title: 'a writer leaves by what it saw before it gave the lock back',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.55',
    file: 'sync/read-write-lock.ts',
    text: `  if ((memory.exchange(lock, 0) & PARKED) !== 0) unparkAll(memory, lot, lock)
`,
    replacement: `  memory.store(lock, 0)
  if ((before & PARKED) !== 0) unparkAll(memory, lot, lock)
`,
    why: 'Whoever announces in between that it waits is not looked for, and sleeps beside a free lock.',
  },
  {
    id: 'bucket-given-back-by-load-and-store',
    title: 'the lock of a queue is given back by looking whether anybody waits and then storing',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.54',
    file: 'memory/futex.ts',
    text: `  if (memory.exchange(lock, FREE) === CONTENDED) memory.notify(lock, 1)
`,
    replacement: `  const contended = memory.load(lock) === CONTENDED
  memory.store(lock, FREE)
  if (contended) memory.notify(lock, 1)
`,
    why: 'Whoever comes in between goes to sleep, and is woken by nobody.',
  },
  {
    id: 'handed-over-in-two-steps',
    title: 'a mutex that is handed over is given back first, and locked again for the waiter',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.51',
    file: 'sync/mutex.ts',
    text: `    memory.store(mutex, handOff ? LOCKED | parked : parked)
`,
    replacement: `    memory.store(mutex, parked)
    if (handOff) memory.or(mutex, LOCKED)
`,
    why: 'A third takes it in between, and then two have it.',
  },
  {
    id: 'asleep-after-the-bucket',
    title: 'a thread says that it is asleep after it has queued up',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.54',
    file: 'sync/parking-lot.ts',
    text: `  memory.store(waiter.semaphore, ASLEEP)
  append(memory, bucket, waiter)
  release(memory, bucket.lock)
`,
    replacement: `  append(memory, bucket, waiter)
  release(memory, bucket.lock)
  memory.store(waiter.semaphore, ASLEEP)
`,
    why: 'A wake-up that comes in between is overwritten.',
  },
  {
    id: 'choice-read-before-the-lock',
    title: 'a sleeper that wakes by itself looks whether it was chosen before it takes the lock of the queue',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.50',
    file: 'sync/parking-lot.ts',
    text: `    acquire(memory, bucket.lock)
    const chosen = memory.get(waiter.chosen) !== 0
`,
    replacement: `    const chosen = memory.get(waiter.chosen) !== 0
    acquire(memory, bucket.lock)
`,
    why: 'Chosen in between, it leaves without what it was given.',
  },
  {
    id: 'initialisation-awaited-by-a-store',
    title: 'whoever waits for an initialisation announces that by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.46',
    file: 'sync/once.ts',
    text: `    if ((seen & PARKED) === 0 && memory.compareExchange(flag, seen, seen | PARKED) !== seen) continue
`,
    replacement: `    if ((seen & PARKED) === 0) memory.store(flag, seen | PARKED)
`,
    why: 'An initialisation that ended in between seems to go on, and nobody will end it.',
  },
  {
    id: 'shared-lock-awaited-by-a-store',
    title: 'whoever waits for a shared lock announces that by a store',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.48',
    file: 'sync/read-write-lock.ts',
    text: `  if ((seen & PARKED) === 0 && memory.compareExchange(lock, seen, seen | PARKED) !== seen) return
`,
    replacement: `  if ((seen & PARKED) === 0) memory.store(lock, seen | PARKED)
`,
    why: 'A reader that left in between is counted again, and will not leave a second time.',
  },
  {
    id: 'reader-leaves-by-load-and-store',
    title: 'a reader leaves by looking how many there are and then storing one less',
    requirement: 'THREAD-07',
    shownBy: 'THREAD-07.49',
    file: 'sync/read-write-lock.ts',
    text: `  const before = memory.add(lock, -READER)
`,
    replacement: `  const before = memory.load(lock)
  memory.store(lock, before - READER)
`,
    why: 'Of two that leave at once one is counted still, and no writer gets in.',
  },
]
