/**
 * Quiescent-state-based reclamation: decides when retired memory is safe to free.
 *
 * Readers take no lock and no reference; they only promise to let go of every such pointer from
 * time to time. A writer unlinks memory, so that nobody new can find it, starts a new write
 * sequence and tags the memory with it: its goal. Every thread reports, at moments at which it
 * holds no unprotected pointer, the newest write sequence it has seen. Once every attached thread
 * has reported the goal or a later sequence, nobody can still hold the memory.
 *
 *      read sequence        a thread's sequence            write sequence
 *   ───────┼────────────────────────┼────────────────────────────┼──────►
 *    everything up to here          │ what this thread           │ the next goal
 *    may be freed                   │ may still hold is newer    │ is two further on
 *
 * Write sequences are odd, so that zero can mean detached, also after wrapping around; they are
 * compared by their signed difference.
 *
 * Sequences live in a table of slots, one per thread state. `qsbr-slots.ts` hands them out.
 *
 * @see CPython Python/qsbr.c; FreeBSD sys/kern/subr_smr.c, "GUS"
 */
import { type Address, CACHE_LINE, type Memory } from '../memory/memory.ts'
import { alone, cell, type Opened, record } from '../memory/record.ts'

/** A write sequence or a goal, 32 bits, kept as a signed number. */
export type Sequence = number

export const DETACHED: Sequence = 0
export const FIRST: Sequence = 1
export const STEP = 2

/** A deferred advance really advances at every so manieth call of a thread. */
export const DEFERRAL_LIMIT = 10

/** Shared by the threads of one interpreter. */
export const Qsbr = record('qsbr', {
  writeSequence: alone(cell),
  /** The lowest sequence of any attached thread at the last scan. Never goes back. */
  readSequence: alone(cell),
  /** Guards the list of free slots and the replacement of the table. */
  mutex: cell,
  /** The first slot of the table; NULL before the first thread. Moves only while the world is stopped. */
  slots: cell,
  /** How many slots there are, in use or not. */
  size: cell,
  /** The free slot to be handed out next. */
  free: cell,
})
export type Qsbr = Opened<typeof Qsbr>

/** A thread's slot, alone on its cache line: its owner writes it often, and others scan it. */
export const QsbrSlot = record(
  'sequence slot',
  {
    /** The write sequence last reported; DETACHED while the thread is not attached, and in a free slot. */
    sequence: cell,
    /** Deferred advances since the last that advanced. */
    deferrals: cell,
    /** Not zero from being reserved until being given back. */
    reserved: cell,
    /** The cell of the thread's record that holds this slot's address; NULL until it is registered. */
    holder: cell,
    /** The next free slot. */
    next: cell,
  },
  CACHE_LINE,
)
export type QsbrSlot = Opened<typeof QsbrSlot>

const { sequence: SEQUENCE, deferrals: DEFERRALS } = QsbrSlot.offset

/** The caller broke a rule: attached twice, polled or reported while detached. */
export class QsbrMisuse extends Error {
  override readonly name = 'QsbrMisuse'
}

/** Makes the thread a reader: memory retired from now on waits for it. */
export function attach(memory: Memory, qsbr: Qsbr, slot: Address): void {
  if (memory.loadRelaxed(slot + SEQUENCE) !== DETACHED) throw new QsbrMisuse('the thread is attached already')
  // Sequentially consistent: either a poll sees the thread attached, or the thread sees everything
  // that was unlinked before that poll.
  memory.store(slot + SEQUENCE, memory.loadAcquire(qsbr.writeSequence))
}

/** Makes the thread hold nothing back. It keeps no unprotected pointer. */
export function detach(memory: Memory, slot: Address): void {
  if (memory.loadRelaxed(slot + SEQUENCE) === DETACHED) throw new QsbrMisuse('the thread is detached already')
  memory.storeRelease(slot + SEQUENCE, DETACHED)
}

/** Reports that the calling thread, which is attached, holds no unprotected pointer at this moment. */
export function quiescentState(memory: Memory, qsbr: Qsbr, slot: Address): void {
  if (memory.loadRelaxed(slot + SEQUENCE) === DETACHED) throw new QsbrMisuse('a detached thread reported a quiescent state')
  memory.storeRelease(slot + SEQUENCE, memory.loadAcquire(qsbr.writeSequence))
}

/** Starts a new write sequence. The caller has unlinked what it is about to tag. @returns it, as the goal. */
export function advance(memory: Memory, qsbr: Qsbr): Sequence {
  return (memory.add(qsbr.writeSequence, STEP) + STEP) | 0
}

/**
 * Promises a goal without advancing to it each time: so many frees share one advance. Until some
 * thread advances, the goal cannot be reached. The caller has unlinked what it is about to tag.
 *
 * The sequence is read after the unlinking became visible to all, which here every atomic access
 * guarantees; on hardware with store buffers this place needs a barrier.
 */
export function deferredAdvance(memory: Memory, qsbr: Qsbr, slot: Address): Sequence {
  const deferrals = memory.get(slot + DEFERRALS) + 1
  if (deferrals < DEFERRAL_LIMIT) {
    memory.set(slot + DEFERRALS, deferrals)
    return (memory.load(qsbr.writeSequence) + STEP) | 0
  }
  memory.set(slot + DEFERRALS, 0)
  return advance(memory, qsbr)
}

/** Whether a goal was reached as of the last scan. May say no too long, never yes too early. */
export function isReached(memory: Memory, qsbr: Qsbr, goal: Sequence): boolean {
  return atMost(goal, memory.loadAcquire(qsbr.readSequence))
}

/** Whether a goal is reached. Looks at every thread if the last scan does not say. The caller is attached. */
export function poll(memory: Memory, qsbr: Qsbr, slot: Address, goal: Sequence): boolean {
  // Attached, so that the world cannot be stopped, and the table cannot move, under the scan.
  if (memory.loadRelaxed(slot + SEQUENCE) === DETACHED) throw new QsbrMisuse('a detached thread polled')
  return isReached(memory, qsbr, goal) || atMost(goal, scan(memory, qsbr))
}

/** Wrap-around safe `one <= other`. */
export const atMost = (one: Sequence, other: Sequence): boolean => ((one - other) | 0) <= 0

/** @returns the lowest sequence of any attached thread, or a read sequence that is newer. */
function scan(memory: Memory, qsbr: Qsbr): Sequence {
  // With nobody attached, everything retired so far is free.
  let lowest = memory.load(qsbr.writeSequence)
  const slots = memory.get(qsbr.slots)
  const end = slots + memory.get(qsbr.size) * QsbrSlot.size
  // Free slots too: they are detached, and asking whether a slot is free would be one more race.
  for (let slot = slots; slot < end; slot += QsbrSlot.size) {
    const sequence = memory.load(slot + SEQUENCE)
    if (sequence !== DETACHED && !atMost(lowest, sequence)) lowest = sequence
  }
  const known = memory.load(qsbr.readSequence)
  if (atMost(lowest, known)) return known
  // Losing to another scan does no harm: this one's result holds all the same.
  memory.compareExchange(qsbr.readSequence, known, lowest)
  return lowest
}
