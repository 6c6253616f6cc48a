/**
 * What has to hold in every state of a race, between any two operations on shared memory.
 *
 * Each rule is true of a runtime at rest. Some are broken for a moment by the very thread that makes them
 * true again with its next operation; then the rule names that operation as its exception.
 */
import type { Invariant, Situation } from '../../explore/program.ts'
import { type Address, type Memory, NULL } from '../../runtime/memory/memory.ts'
import { QsbrSlot, type Sequence } from '../../runtime/reclaim/qsbr.ts'
import { countOf, flagsOf, isImmortal, LOCAL, MERGED, OWNER, QUEUED, SHARED } from '../../runtime/refcount/object-header.ts'
import { ATTACHED, each } from '../../runtime/thread/thread-state.ts'
import type { NamedMemory } from './named-memory.ts'

const { sequence: SEQUENCE, reserved: RESERVED } = QsbrSlot.offset

/** What the rules are asked about. */
interface Scene {
  readonly named: NamedMemory
}

export const INVARIANTS: readonly Invariant<Scene>[] = [
  {
    name: 'a merged object has no owner, no local references and no negative count',
    holds: (memory, scene) =>
      objects(memory, scene).every(
        ({ shared, local, owner }) => flagsOf(shared) !== MERGED || (local === 0 && owner === NULL && countOf(shared) >= 0),
      ),
  },
  {
    name: 'a shared count below zero is queued for a merge',
    // Who has taken the object for a merge folds both counts with its next exchange.
    holds: (memory, scene, situation) =>
      objects(memory, scene).every(
        ({ shared, at }) => countOf(shared) >= 0 || flagsOf(shared) === QUEUED || isNext(situation, at + SHARED),
      ),
  },
  {
    name: 'an object without an owner is merged',
    // The owner is cleared first, and the flag set by the exchange that follows. Memory that was just handed out, for
    // an object to be, holds nothing yet.
    holds: (memory, scene, situation) =>
      objects(memory, scene).every(
        ({ shared, owner, local, at }) =>
          owner !== NULL || flagsOf(shared) === MERGED || isNext(situation, at + SHARED) || (shared === 0 && local === 0),
      ),
  },
  {
    name: 'the sequences are odd, and the read sequence is not ahead of the write sequence',
    holds: (memory, { named }) =>
      [...named.runtime.interpreters()].every(({ qsbr }) => {
        const [write, read] = [memory.get(qsbr.writeSequence), memory.get(qsbr.readSequence)]
        return isOdd(write) && isOdd(read) && !isAfter(read, write)
      }),
  },
  {
    name: 'the sequence of a thread is zero, or odd and not ahead of the write sequence',
    holds: (memory, scene) =>
      slots(memory, scene).every(({ sequence, write }) => sequence === 0 || (isOdd(sequence) && !isAfter(sequence, write))),
  },
  {
    name: 'a free slot has no sequence',
    holds: (memory, scene) => slots(memory, scene).every(({ sequence, reserved }) => reserved !== 0 || sequence === 0),
  },
  {
    name: 'while the world is stopped, only the thread that stopped it is attached',
    holds: (memory, { named }) =>
      [...named.runtime.interpreters()].every(({ pause, threads }) => {
        if (memory.get(pause.stopped) === 0) return true
        const requester = memory.get(pause.requester)
        return [...each(memory, threads)].every(({ address, state }) => address === requester || memory.get(state) !== ATTACHED)
      }),
  },
  {
    name: 'a pause never waits for fewer than no threads',
    holds: (memory, { named }) => [...named.runtime.interpreters()].every(({ pause }) => memory.get(pause.countdown) >= 0),
  },
  {
    name: 'work that was left to the interpreter is announced',
    // Both are changed under the mutex.
    holds: (memory, { named }) =>
      [...named.runtime.interpreters()].every(
        ({ abandonedFrees: { mutex, hasWork, queue } }) =>
          memory.get(mutex) !== 0 || memory.get(queue.head) === NULL || memory.get(hasWork) !== 0,
      ),
  },
]

interface Counts {
  readonly at: Address
  readonly owner: Address
  readonly local: number
  readonly shared: number
}

/** The named mortal objects that live, and what their headers say. */
function* objects(memory: Memory, { named }: Scene): Generator<Counts> {
  for (const [name, at] of named.all('object')) {
    if (named.nameAt('object', at) !== name || !named.runtime.arena.isInUse(at) || isImmortal(memory, at)) continue
    yield { at, owner: memory.get(at + OWNER), local: memory.get(at + LOCAL), shared: memory.get(at + SHARED) }
  }
}

interface SlotState {
  readonly sequence: Sequence
  readonly reserved: number
  /** The write sequence of its table's interpreter. */
  readonly write: Sequence
}

function* slots(memory: Memory, { named }: Scene): Generator<SlotState> {
  for (const { qsbr } of named.runtime.interpreters()) {
    const [first, write] = [memory.get(qsbr.slots), memory.get(qsbr.writeSequence)]
    const end = first === NULL ? NULL : first + memory.get(qsbr.size) * QsbrSlot.size
    for (let at = first; at < end; at += QsbrSlot.size) {
      yield { sequence: memory.get(at + SEQUENCE), reserved: memory.get(at + RESERVED), write }
    }
  }
}

/** Whether a thread's next operation is on that cell. */
const isNext = ({ threads }: Situation, address: Address): boolean => threads.some(({ next }) => next?.address === address)

const isOdd = (sequence: Sequence): boolean => (sequence & 1) === 1

/** Whether one sequence is after another, on a clock that wraps. */
const isAfter = (one: Sequence, other: Sequence): boolean => ((one - other) | 0) > 0
