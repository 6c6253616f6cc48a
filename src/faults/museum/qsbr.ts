/**
 * Faults of quiescent-state-based reclamation.
 */
import type { Fault } from '../fault.ts'

export const qsbr: readonly Fault[] = [
  {
    id: 'goal-of-before',
    title: 'an advance answers the sequence that it leaves',
    requirement: 'QSBR-01',
    shownBy: 'QSBR-01.1',
    file: 'reclaim/qsbr.ts',
    text: 'return (memory.add(qsbr.writeSequence, STEP) + STEP) | 0',
    replacement: 'return memory.add(qsbr.writeSequence, STEP)',
    why: 'The goal is one that everybody may have reported already, so memory is freed under its readers.',
  },
  {
    id: 'polled-while-detached',
    title: 'a detached thread may poll',
    requirement: 'QSBR-01',
    shownBy: 'QSBR-01.6',
    file: 'reclaim/qsbr.ts',
    text: `  if (memory.loadRelaxed(slot + SEQUENCE) === DETACHED) throw new QsbrMisuse('a detached thread polled')\n`,
    replacement: '',
    why: 'Nobody who replaces the table waits for it, so it scans a table that was freed.',
  },
  {
    id: 'only-the-pollers-sequence',
    title: 'a poll looks at the polling thread only',
    requirement: 'QSBR-02',
    shownBy: 'QSBR-02.1',
    file: 'reclaim/qsbr.ts',
    text: 'atMost(goal, scan(memory, qsbr))',
    replacement: 'atMost(goal, memory.load(slot + SEQUENCE))',
    why: 'Memory is freed as soon as its writer has let go, under everybody else’s hands.',
  },
  {
    id: 'polling-reports',
    title: 'a thread that polls reports a quiescent state on the way',
    requirement: 'QSBR-02',
    shownBy: 'QSBR-02.2',
    file: 'reclaim/qsbr.ts',
    text: '  return isReached(memory, qsbr, goal) || atMost(goal, scan(memory, qsbr))',
    replacement: '  quiescentState(memory, qsbr, slot)\n  return isReached(memory, qsbr, goal) || atMost(goal, scan(memory, qsbr))',
    why: 'It may hold unprotected pointers at that moment, and memory is freed under its own hands.',
  },
  {
    id: 'goal-one-step-short',
    title: 'a poll is content with the sequence before the goal',
    requirement: 'QSBR-02',
    shownBy: 'QSBR-02.1',
    file: 'reclaim/qsbr.ts',
    text: 'atMost(goal, scan(memory, qsbr))',
    replacement: 'atMost(goal - STEP, scan(memory, qsbr))',
    why: 'Readers that came before the advance still hold the memory.',
  },
  {
    id: 'asleep-and-quiet',
    title: 'a thread that sleeps without detaching counts as having let go of everything',
    requirement: 'QSBR-02',
    shownBy: 'QSBR-02.6',
    file: 'interpreter/thread.ts',
    text: `export function sleeper(runtime: Runtime, os: OsThread): Parker {
  return { memory: runtime.memory, lot: runtime.record.parkingLot, waiter: os.waiter }
}
`,
    replacement: `import { ThreadRecord as Records } from './records.ts'

export function sleeper(runtime: Runtime, os: OsThread): Parker {
  const { memory } = runtime
  const quietly = <T>(action: () => T): T => {
    const current = memory.get(os.current)
    if (current === NULL) return action()
    const { base, slot } = Records.at(current)
    detachFromQsbr(memory, memory.get(slot))
    const result = action()
    attachToQsbr(memory, InterpreterRecord.at(memory.get(base.interpreter)).qsbr, memory.get(slot))
    return result
  }
  return { memory, lot: runtime.record.parkingLot, waiter: os.waiter, whileDetached: quietly }
}
`,
    why: 'It goes on where it stopped, with the pointers that it had, and the memory behind them was freed.',
  },
  {
    id: 'scanned-every-time',
    title: 'a poll scans all threads even if the last scan says enough',
    requirement: 'QSBR-03',
    shownBy: 'QSBR-03.8',
    file: 'reclaim/qsbr.ts',
    text: 'return isReached(memory, qsbr, goal) || atMost(goal, scan(memory, qsbr))',
    replacement: 'return atMost(goal, scan(memory, qsbr))',
    why: 'Every block that is freed costs a look at every thread, and all of them contend for those lines.',
  },
  {
    id: 'scan-not-kept',
    title: 'what a scan has found out is kept only if everybody has come to the end',
    requirement: 'QSBR-03',
    shownBy: 'QSBR-03.9',
    file: 'reclaim/qsbr.ts',
    text: '  memory.compareExchange(qsbr.readSequence, known, lowest)\n',
    replacement: '  if (lowest === memory.load(qsbr.writeSequence)) memory.compareExchange(qsbr.readSequence, known, lowest)\n',
    why: 'While anybody lags behind, everybody scans again and again for goals that were reached long ago.',
  },
  {
    id: 'goal-compared-strictly',
    title: 'a goal has to be passed to be reached',
    requirement: 'QSBR-04',
    shownBy: 'QSBR-04.1',
    file: 'reclaim/qsbr.ts',
    text: '((one - other) | 0) <= 0',
    replacement: '((one - other) | 0) < 0',
    why: 'Memory waits for one more advance than it has to, and for ever if nobody retires anything more.',
  },
  {
    id: 'one-step-per-report',
    title: 'a quiescent state reports the next sequence instead of the newest',
    requirement: 'QSBR-04',
    shownBy: 'QSBR-04.5',
    file: 'reclaim/qsbr.ts',
    text: `reported a quiescent state')
  memory.storeRelease(slot + SEQUENCE, memory.loadAcquire(qsbr.writeSequence))
`,
    replacement: `reported a quiescent state')
  const own = memory.loadRelaxed(slot + SEQUENCE)
  if (own !== memory.loadAcquire(qsbr.writeSequence)) memory.storeRelease(slot + SEQUENCE, (own + STEP) | 0)
`,
    why: 'A thread that reports less often than others retire falls behind and holds their memory back.',
  },
  {
    id: 'idle-collection-reports-nothing',
    title: 'a collection that finds no memory waiting does not report',
    requirement: 'QSBR-04',
    shownBy: 'QSBR-04.4',
    file: 'reclaim/delayed-free.ts',
    text: `  const { memory, qsbr, queue } = retirer
  advance(memory, qsbr)
`,
    replacement: `  const { memory, qsbr, queue } = retirer
  if ([queue, retirer.abandoned.queue, ...others].every((one) => isEmpty(memory, one))) return
  advance(memory, qsbr)
`,
    why: 'The collecting thread has let go of everything, and others wait for it on.',
  },
  {
    id: 'detached-hold-back',
    title: 'a scan takes the mark of a detached thread for a sequence',
    requirement: 'QSBR-05',
    shownBy: 'QSBR-05.1',
    file: 'reclaim/qsbr.ts',
    text: 'if (sequence !== DETACHED && !atMost(lowest, sequence)) lowest = sequence',
    replacement: 'if (!atMost(lowest, sequence)) lowest = sequence',
    why: 'One thread asleep, or one free slot, and no memory ever comes back.',
  },
  {
    id: 'asleep-but-reading',
    title: 'a thread that sleeps for a lock stays a reader',
    requirement: 'QSBR-05',
    shownBy: 'QSBR-05.4',
    file: 'interpreter/thread.ts',
    text: `    this.detach()
    const result = action()
    this.attach()
    return result
`,
    replacement: `    const { memory, record } = this
    leave(memory, record.base, DETACHED)
    const result = action()
    attach(this.attached, record.base)
    return result
`,
    why: 'It holds back everybody’s memory for as long as somebody else holds the lock.',
  },
  {
    id: 'reader-before-attached',
    title: 'a thread becomes a reader before it is attached',
    requirement: 'QSBR-05',
    shownBy: 'QSBR-05.5',
    file: 'interpreter/thread.ts',
    text: `    attach(this.attached, record.base)
    memory.set(os.current, record.address)
    attachToQsbr(memory, this.qsbr, this.slot())
`,
    replacement: `    attachToQsbr(memory, this.qsbr, this.slot())
    attach(this.attached, record.base)
    memory.set(os.current, record.address)
`,
    why: 'A thread that is kept from attaching by a pause holds everybody’s memory back, and its slot may move before it is attached.',
  },
  {
    id: 'never-advanced',
    title: 'a deferred advance never really advances',
    requirement: 'QSBR-06',
    shownBy: 'QSBR-06.1',
    file: 'reclaim/qsbr.ts',
    text: `  memory.set(slot + DEFERRALS, 0)
  return advance(memory, qsbr)
`,
    replacement: `  memory.set(slot + DEFERRALS, 0)
  return (memory.load(qsbr.writeSequence) + STEP) | 0
`,
    why: 'All goals lie in the future, and nothing is ever freed.',
  },
  {
    id: 'round-too-long',
    title: 'a round takes one deferred advance more',
    requirement: 'QSBR-06',
    shownBy: 'QSBR-06.1',
    file: 'reclaim/qsbr.ts',
    text: 'if (deferrals < DEFERRAL_LIMIT) {',
    replacement: 'if (deferrals <= DEFERRAL_LIMIT) {',
    why: 'What the runtime says about itself is not what it does.',
  },
  {
    id: 'deferred-goal-of-now',
    title: 'a deferred goal is the sequence of now instead of the next',
    requirement: 'QSBR-06',
    shownBy: 'QSBR-06.1',
    file: 'reclaim/qsbr.ts',
    text: 'return (memory.load(qsbr.writeSequence) + STEP) | 0',
    replacement: 'return memory.load(qsbr.writeSequence)',
    why: 'Everybody may have reported it already, so memory is freed under its readers.',
  },
  {
    id: 'rounds-shared',
    title: 'all threads count their deferred advances together',
    requirement: 'QSBR-06',
    shownBy: 'QSBR-06.4',
    file: 'reclaim/qsbr.ts',
    text: `  const deferrals = memory.get(slot + DEFERRALS) + 1
  if (deferrals < DEFERRAL_LIMIT) {
    memory.set(slot + DEFERRALS, deferrals)
    return (memory.load(qsbr.writeSequence) + STEP) | 0
  }
  memory.set(slot + DEFERRALS, 0)
`,
    replacement: `  const counter = memory.get(qsbr.slots)
  const deferrals = memory.get(counter + DEFERRALS) + 1
  if (deferrals < DEFERRAL_LIMIT) {
    memory.set(counter + DEFERRALS, deferrals)
    return (memory.load(qsbr.writeSequence) + STEP) | 0
  }
  memory.set(counter + DEFERRALS, 0)
`,
    why: 'Threads write one counter without a lock, and contend for what was to spare them contention.',
  },
  {
    id: 'compared-as-numbers',
    title: 'sequences are compared as signed numbers',
    requirement: 'QSBR-07',
    shownBy: 'QSBR-07.3',
    file: 'reclaim/qsbr.ts',
    text: '((one - other) | 0) <= 0',
    replacement: 'one <= other',
    why: 'Half-way round the sign changes: goals before it wait for ever, goals after it are reached at once.',
  },
  {
    id: 'compared-without-sign',
    title: 'sequences are compared as numbers without sign',
    requirement: 'QSBR-07',
    shownBy: 'QSBR-07.2',
    file: 'reclaim/qsbr.ts',
    text: '((one - other) | 0) <= 0',
    replacement: 'one >>> 0 <= other >>> 0',
    why: 'At the wrap a later goal is the smaller number and is reached at once, under its readers’ hands.',
  },
  {
    id: 'every-sequence-used',
    title: 'sequences go up in steps of one',
    requirement: 'QSBR-07',
    shownBy: 'QSBR-07.1',
    file: 'reclaim/qsbr.ts',
    text: 'export const STEP = 2',
    replacement: 'export const STEP = 1',
    why: 'One of them is zero, and a thread that reports it counts as detached.',
  },
  {
    id: 'first-slot-skipped',
    title: 'a scan begins at the second slot',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.27',
    file: 'reclaim/qsbr.ts',
    text: 'for (let slot = slots; slot < end;',
    replacement: 'for (let slot = slots + QsbrSlot.size; slot < end;',
    why: 'The first slot is the last to be given away, so the thread that nobody waits for comes only when the table is full.',
  },
  {
    id: 'growth-without-repointing',
    title: 'threads are not told that their slot has moved',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.11',
    file: 'reclaim/qsbr-slots.ts',
    text: '      if (holder !== NULL) memory.set(holder, to.address)\n',
    replacement: '',
    why: 'They report into a table that was freed, and nobody sees it.',
  },
  {
    id: 'growth-forgets-sequences',
    title: 'the larger table begins without the threads’ sequences',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.11',
    file: 'reclaim/qsbr-slots.ts',
    text: '      memory.store(to.sequence, memory.load(from.sequence))\n',
    replacement: '',
    why: 'The thread that made the table grow is attached and counts as detached, so memory is freed under its hands.',
  },
  {
    id: 'growth-without-pause',
    title: 'the table is replaced while threads run',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.11',
    file: 'reclaim/qsbr-slots.ts',
    text: `  return growth.whileStopped(() => {
    const old`,
    replacement: `  const atOnce = (action: () => boolean) => action()
  return atOnce(() => {
    const old`,
    why: 'A thread reports into the old table after its sequence was copied, or scans it after it was freed.',
  },
  {
    id: 'slot-not-given-back',
    title: 'a slot that was given back is not handed out again',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.4',
    file: 'reclaim/qsbr-slots.ts',
    text: `  memory.set(slot.next, memory.get(qsbr.free))
  memory.set(qsbr.free, slot.address)
}`,
    replacement: '}',
    why: 'The table grows with the number of threads that ever lived.',
  },
  {
    id: 'slot-read-before-the-lock',
    title: 'an exiting thread reads where its slot is before it takes the lock',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.21',
    file: 'reclaim/qsbr-slots.ts',
    text: `  lock(parker, qsbr.mutex)
  // Only now: waiting for the mutex may have let the table be replaced.
  const slot = QsbrSlot.at(memory.get(holder))
`,
    replacement: `  const slot = QsbrSlot.at(memory.get(holder))
  lock(parker, qsbr.mutex)
`,
    why: 'The table may be replaced while it waits, and it gives back a slot of a table that was freed.',
    report: 'gh-116480',
  },
  {
    id: 'slots-of-the-dead-kept',
    title: 'the child of a fork keeps the slots of the threads that are gone',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.23',
    file: 'interpreter/fork.ts',
    text: '    slotsAfterFork(memory, each.qsbr, survives ? thread.slot() : NULL)\n',
    replacement: '',
    why: 'Nobody will ever give them back.',
  },
]
