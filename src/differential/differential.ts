/** Holds one subject against another on generated programs, and shows the smallest cases in which they differ. */
import { isDeepStrictEqual } from 'node:util'
import { type Case, lineOf, sourceOf } from './case.ts'
import type { Difference } from './difference.ts'
import { generate } from './generate.ts'
import { KNOWN, type Known } from './known.ts'
import { type Answering, compareOn } from './pair.ts'
import { shrink } from './shrink.ts'
import { Tally } from './tally.ts'

export interface Extent {
  readonly programs: number
  /** The seed of the first program. */
  readonly seed: number
  /** So many differences end it. */
  readonly most: number
  readonly known?: readonly Known[]
  /** Smaller cases that are tried at most, of each that differs. */
  readonly attempts?: number
  /** Is told after each program how many there have been. */
  readonly progress?: (programs: number) => void
}

/** So many programs have to show all that can become of an instruction. */
export const ENOUGH = 200

/** @returns whether they differ in nothing but what is known, and in all of that, and whether enough was shown. */
export async function differential(
  { programs, seed: first, most, known = KNOWN, attempts = 400, progress = () => {} }: Extent,
  one: Answering,
  other: Answering,
  write: (line: string) => void,
): Promise<boolean> {
  const totals = { programs: 0, calls: 0, found: 0, known: 0 }
  const tally = new Tally()
  for (let seed = first; seed < first + programs && totals.found < most; seed++) {
    const large = generate(seed)
    const { difference, answers } = await compareOn(large, one, other)
    totals.programs++
    totals.calls += large.calls.length
    tally.add(answers)
    progress(totals.programs)
    if (difference === undefined) continue
    if (known.some((entry) => entry.covers(difference))) {
      totals.known++
      continue
    }
    totals.found++
    write(await shownSmallest(large, difference, { one, other, known, attempts }))
  }
  const stale = await staleOf(known, one, other)
  const missing = totals.programs < ENOUGH ? [] : tally.missing()
  for (const line of [...tally.lines(), ...missing, ...stale]) write(line)
  write(`${totals.programs} programs, ${totals.calls} calls: ${totals.found} differ, ${totals.known} as is known`)
  return totals.found === 0 && stale.length === 0 && missing.length === 0
}

interface Shrinking {
  readonly one: Answering
  readonly other: Answering
  readonly known: readonly Known[]
  readonly attempts: number
}

async function shownSmallest(large: Case, difference: Difference, { one, other, known, attempts }: Shrinking): Promise<string> {
  const ask = async (of: Case) => (await compareOn(of, one, other)).difference
  const small = await shrink(large, async (smaller) => isAlike(await ask(smaller), difference, known), attempts)
  return shown(small, (await ask(small)) ?? difference)
}

/** Whether a smaller case still shows what is to be shown. A program that does not begin is another matter than calls that differ. */
function isAlike(smaller: Difference | undefined, difference: Difference, known: readonly Known[]): boolean {
  if (smaller === undefined || known.some((entry) => entry.covers(smaller))) return false
  return smaller.about === 'begin' || difference.about === 'begin' ? isDeepStrictEqual(smaller, difference) : true
}

const shown = (of: Case, { when, about, one, other }: Difference): string =>
  `--- ${of.name}\n${sourceOf(of)}${of.calls.map((call) => `# ${lineOf(call)}\n`).join('')}${when}: ${about}\n  one:   ${one}\n  other: ${other}\n`

/** What is known, but is no longer so. */
async function staleOf(known: readonly Known[], one: Answering, other: Answering): Promise<string[]> {
  const stale: string[] = []
  for (const { what, covers, shownBy } of known) {
    const { difference } = await compareOn(shownBy, one, other)
    if (difference === undefined || !covers(difference)) stale.push(`no longer to be seen, so to be struck off: ${what}`)
  }
  return stale
}
