/**
 * Faults of quiescent-state-based reclamation that take a race to show: no order of whole operations comes near them.
 */
import type { Fault } from '../fault.ts'

export const qsbrRaces: readonly Fault[] = [
  {
    id: 'advanced-by-load-and-store',
    title: 'an advance loads the write sequence and stores the next one',
    requirement: 'QSBR-03',
    shownBy: 'QSBR-03.13',
    file: 'reclaim/qsbr.ts',
    text: '  return (memory.add(qsbr.writeSequence, STEP) + STEP) | 0\n',
    replacement: `  const next = (memory.load(qsbr.writeSequence) + STEP) | 0
  memory.store(qsbr.writeSequence, next)
  return next
`,
    why: 'Two threads are given one goal, and a third that is slow takes the clock back.',
  },
  {
    id: 'scan-written-over',
    title: 'a scan writes down what it found whatever others have written meanwhile',
    requirement: 'QSBR-03',
    shownBy: 'QSBR-03.16',
    file: 'reclaim/qsbr.ts',
    text: '  memory.compareExchange(qsbr.readSequence, known, lowest)\n',
    replacement: '  memory.store(qsbr.readSequence, lowest)\n',
    why: 'A scan that began early ends late, and what was known to be free is held back again.',
  },
  {
    id: 'detached-before-it-leaves-the-clock',
    title: 'a thread says that it is detached before it takes its sequence back',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.29',
    file: 'interpreter/thread.ts',
    text: `    detachFromQsbr(memory, this.slot())
    memory.set(os.current, NULL)
    leave(memory, record.base, to)
`,
    replacement: `    memory.set(os.current, NULL)
    leave(memory, record.base, to)
    detachFromQsbr(memory, this.slot())
`,
    why: 'From then on a pause does not wait for it, and its slot may be moved while it writes there.',
  },
  {
    id: 'table-looked-at-before-the-lock',
    title: 'a new thread looks where its slot lies before it takes the lock',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.33',
    file: 'reclaim/qsbr-slots.ts',
    text: `  lock(parker, qsbr.mutex)
  const slot = slotAt(memory, qsbr, number)
`,
    replacement: `  const slot = slotAt(memory, qsbr, number)
  lock(parker, qsbr.mutex)
`,
    why: 'While it waits for the lock the table may grow, and it reports into one that was freed.',
    report: 'gh-116480',
  },
  {
    id: 'number-after-the-lock',
    title: 'the number of a slot is worked out after the lock was given back',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.33',
    file: 'reclaim/qsbr-slots.ts',
    text: `  try {
    if (memory.get(qsbr.free) === NULL && !grow(growth, qsbr)) return undefined
    const slot = QsbrSlot.at(memory.get(qsbr.free))
    memory.set(qsbr.free, memory.get(slot.next))
    memory.set(slot.next, NULL)
    memory.set(slot.reserved, 1)
    // Under the mutex: after it, another thread may have replaced the table.
    return numberOf(memory, qsbr, slot.address)
  } finally {
    unlock(memory, lot, qsbr.mutex)
  }
`,
    replacement: `  let slot: Slot
  try {
    if (memory.get(qsbr.free) === NULL && !grow(growth, qsbr)) return undefined
    slot = QsbrSlot.at(memory.get(qsbr.free))
    memory.set(qsbr.free, memory.get(slot.next))
    memory.set(slot.next, NULL)
    memory.set(slot.reserved, 1)
  } finally {
    unlock(memory, lot, qsbr.mutex)
  }
  return numberOf(memory, qsbr, slot.address)
`,
    why: 'The table may have moved by then, and the difference of an old address and a new one is no number of a slot.',
    report: 'gh-129732',
  },
  {
    id: 'slot-looked-at-before-the-lock',
    title: 'whoever needs a slot takes the free one that it saw before it had the lock',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.33',
    file: 'reclaim/qsbr-slots.ts',
    text: `  lock(growth.detaching, qsbr.mutex)
  try {
    if (memory.get(qsbr.free) === NULL && !grow(growth, qsbr)) return undefined
    const slot = QsbrSlot.at(memory.get(qsbr.free))
`,
    replacement: `  const seen = memory.load(qsbr.free)
  lock(growth.detaching, qsbr.mutex)
  try {
    if (memory.get(qsbr.free) === NULL && !grow(growth, qsbr)) return undefined
    const slot = QsbrSlot.at(seen === NULL ? memory.get(qsbr.free) : seen)
`,
    why: 'Two that see the same one share it, and each reports and detaches for the other.',
  },
  {
    id: 'collector-looks-into-every-slot',
    title: 'the collector makes sure that nobody reads by a look into the slot of each thread',
    requirement: 'QSBR-08',
    shownBy: 'QSBR-08.32',
    file: 'interpreter/collect.ts',
    text: '    const others = records.filter((record) => record.address !== thread.thread)\n',
    replacement: `    const others = records.filter((record) => record.address !== thread.thread)
    const reading = others.filter(({ slot }) => memory.load(memory.get(slot)) !== 0)
    if (reading.length > 0) throw new Error('a thread reads although the world is stopped')
`,
    why: 'A thread stands in the list before it is bound to its slot: there is nothing yet to look into.',
    report: 'gh-124375',
  },
]
