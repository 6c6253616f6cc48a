/** Rules of the sequences and of the table in which threads report them. */
import { NULL } from '../../../runtime/memory/memory.ts'
import { atMost, DEFERRAL_LIMIT, DETACHED, QsbrSlot, type Sequence, STEP } from '../../../runtime/reclaim/qsbr.ts'
import { first, type Rule } from './view.ts'

export const sequences: readonly Rule[] = [
  {
    name: 'the sequences are odd, and the read sequence is not ahead of the write sequence',
    broken: (view) =>
      first(view.interpreters, ({ qsbr }) => {
        const [write, read] = [view.get(qsbr.writeSequence), view.get(qsbr.readSequence)]
        return isOdd(write) && isOdd(read) && atMost(read, write) ? undefined : `read ${read}, write ${write}`
      }),
  },
  {
    name: 'the write sequence moves on by single steps',
    broken: (view) =>
      first(view.interpreters, ({ qsbr }) =>
        first(view.next(qsbr.writeSequence), ({ actor, operation, leaves }) => {
          const now = view.get(qsbr.writeSequence)
          if (leaves === undefined || (operation === 'add' && leaves === ((now + STEP) | 0))) return undefined
          return { actor, seen: `${actor} leaves ${leaves} after ${now}` }
        }),
      ),
  },
  {
    name: 'the read sequence never goes back',
    broken: (view) =>
      first(view.interpreters, ({ qsbr }) =>
        first(view.next(qsbr.readSequence), ({ actor, leaves }) => {
          const now = view.get(qsbr.readSequence)
          return leaves === undefined || atMost(now, leaves) ? undefined : { actor, seen: `${actor} leaves ${leaves} after ${now}` }
        }),
      ),
  },
  {
    name: 'the sequence of a thread is zero, or odd and not ahead of the write sequence',
    broken: (view) =>
      first(view.slots, ({ number, sequence, interpreter }) => {
        const write = view.get(interpreter.qsbr.writeSequence)
        return sequence === DETACHED || (isOdd(sequence) && atMost(sequence, write))
          ? undefined
          : `slot ${number}: ${sequence}, write ${write}`
      }),
  },
  {
    name: 'a free slot has no sequence and no thread',
    // The mutex guards both.
    broken: (view) =>
      first(view.slots, ({ number, sequence, reserved, holder, interpreter }) =>
        reserved || (sequence === DETACHED && holder === NULL) || view.isTaken(interpreter.qsbr.mutex)
          ? undefined
          : `slot ${number}: sequence ${sequence}, thread at ${holder}`,
      ),
  },
  {
    name: 'a slot and the thread that reports in it know each other',
    // Whoever holds the mutex is telling one of the two.
    broken: (view) =>
      first(view.slots, ({ number, at, holder, interpreter }) =>
        holder === NULL || view.get(holder) === at || view.isTaken(interpreter.qsbr.mutex)
          ? undefined
          : `slot ${number}: its thread says ${view.get(holder)}`,
      ) ??
      first(view.threads, ({ record, interpreter }) => {
        const slot = view.get(record.slot)
        if (slot === NULL || view.get(slot + QsbrSlot.offset.holder) === record.slot || view.isTaken(interpreter.qsbr.mutex))
          return undefined
        return `the slot at ${slot} is not its thread's`
      }),
  },
  {
    name: 'a round of deferred advances is shorter than its limit',
    broken: (view) =>
      first(view.threads, ({ record }) => {
        const slot = view.get(record.slot)
        const deferrals = slot === NULL ? 0 : view.get(slot + QsbrSlot.offset.deferrals)
        return deferrals >= 0 && deferrals < DEFERRAL_LIMIT ? undefined : `${deferrals} of them`
      }),
  },
]

const isOdd = (sequence: Sequence): boolean => (sequence & 1) === 1
