import { advance, deferredAdvance, isReached, poll, quiescentState, type Sequence } from '../../../runtime/reclaim/qsbr.ts'
import type { Performs } from './operation.ts'

export const sequences: Performs<'qsbr'> = {
  'qsbr.quiescent'({ memory, thread }) {
    quiescentState(memory, thread.qsbr, thread.slot())
    return {}
  },

  'qsbr.advance'({ memory, thread }) {
    return { goal: digits(advance(memory, thread.qsbr)) }
  },

  'qsbr.defer'({ memory, thread }) {
    const before = memory.loadRelaxed(thread.qsbr.writeSequence)
    const goal = deferredAdvance(memory, thread.qsbr, thread.slot())
    return { goal: digits(goal), advanced: memory.loadRelaxed(thread.qsbr.writeSequence) !== before }
  },

  'qsbr.poll'({ memory, thread }, { goal }) {
    return { reached: poll(memory, thread.qsbr, thread.slot(), sequence(goal)) }
  },

  'qsbr.reached'({ memory, thread }, { goal }) {
    return { reached: isReached(memory, thread.qsbr, sequence(goal)) }
  },

  'qsbr.begin-at'({ memory, thread }, { sequence: digits }) {
    const { writeSequence, readSequence } = thread.qsbr
    memory.store(writeSequence, sequence(digits))
    memory.store(readSequence, sequence(digits))
    quiescentState(memory, thread.qsbr, thread.slot())
    return {}
  },
}

/** A sequence as the protocol writes it: without sign. */
export const digits = (value: Sequence): string => String(value >>> 0)

const sequence = (written: string): Sequence => Number(BigInt.asIntN(32, BigInt(written)))
