/**
 * What CPython answered to some generated cases, so that the reference can be held against it where there is none.
 *
 * `node src/differential/record.ts --python FILE` records it anew.
 */
import { join } from 'node:path'
import type { Answers, Told } from './answers.ts'
import type { Case } from './case.ts'

export const RECORDED = join(import.meta.dirname, 'recorded.jsonl')

export interface Recorded {
  readonly of: Case
  readonly answers: Answers
}

const SHARED = /^(RESUME|BINARY_OP|CONTAINS_OP|LOAD_CONST)/

/** Answers with nothing of the instructions that the subjects do not specialise alike. */
export const brief = ({ begun, calls, constants }: Answers): Answers => ({
  begun,
  calls: calls.map(({ outcome, changed }) => ({ outcome, changed: ofShared(changed) })),
  constants,
})

const ofShared = (told: Told): Told =>
  Object.fromEntries(Object.entries(told).filter(([key, value]) => !key.includes(' at ') || SHARED.test(value)))
