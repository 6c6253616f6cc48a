/**
 * What CPython answered to some generated cases, so that the reference can be held against it where there is none.
 *
 * `node src/differential/record.ts --python FILE` records it anew.
 */
import { join } from 'node:path'
import type { Answers, Told } from './answers.ts'
import type { Case } from './case.ts'
import { generate } from './generate.ts'
import { KNOWN } from './known.ts'
import { type Answering, compareOn } from './pair.ts'
import { Tally } from './tally.ts'

export const RECORDED = join(import.meta.dirname, 'recorded.jsonl')

export interface Recorded {
  readonly of: Case
  readonly answers: Answers
}

/** Cases longer than this are left out, in characters. */
const LONGEST = 9_000

/**
 * What the other answers to so many cases, and to as many more as it takes to show all that can become of an instruction.
 *
 * What the first is known to do otherwise is left out: it is compared where both are at hand.
 *
 * @throws Error if the other cannot even begin a case.
 */
export async function record(cases: number, one: Answering, other: Answering): Promise<Recorded[]> {
  const recorded: Recorded[] = []
  const tally = new Tally()
  for (let seed = 1; recorded.length < cases || tally.missing().length > 0; seed++) {
    const of = generate(seed)
    const { difference, answers } = await compareOn(of, one, other)
    if (answers.begun !== 'None') throw new Error(`${of.name}: ${answers.begun}`)
    const kept = { of, answers: brief(answers) }
    if (JSON.stringify(kept).length > LONGEST || (difference && KNOWN.some((known) => known.covers(difference)))) continue
    const before = tally.missing().length
    tally.add(answers)
    if (recorded.length < cases || tally.missing().length < before) recorded.push(kept)
  }
  return recorded
}

const SHARED = /^(RESUME|BINARY_OP|CONTAINS_OP|LOAD_CONST)/

/** Answers with nothing of the instructions that the subjects do not specialize alike. */
export const brief = ({ begun, calls, constants }: Answers): Answers => ({
  begun,
  calls: calls.map(({ outcome, changed }) => ({ outcome, changed: ofShared(changed) })),
  constants,
})

const ofShared = (told: Told): Told =>
  Object.fromEntries(Object.entries(told).filter(([key, value]) => !key.includes(' at ') || SHARED.test(value)))
