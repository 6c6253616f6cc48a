/** Holds one subject against another on generated programs, and shows the smallest cases in which they differ. */
import { isDeepStrictEqual } from 'node:util'
import { type Case, lineOf, sourceOf } from './case.ts'
import type { Difference } from './difference.ts'
import { generate } from './generate.ts'
import { KNOWN, type Known } from './known.ts'
import { type Asked, compareOn } from './pair.ts'
import { shrink } from './shrink.ts'

export interface Extent {
  readonly programs: number
  /** The seed of the first program. */
  readonly seed: number
  /** So many differences end it. */
  readonly most: number
  readonly known?: readonly Known[]
  /** Smaller cases that are tried at most, of each that differs. */
  readonly attempts?: number
}

/** @returns whether they differ in nothing but what is known, and in all of that. */
export async function differential(
  { programs, seed: first, most, known = KNOWN, attempts = 400 }: Extent,
  one: Asked,
  other: Asked,
  write: (line: string) => void,
): Promise<boolean> {
  const totals = { programs: 0, calls: 0, found: 0, known: 0 }
  for (let seed = first; seed < first + programs && totals.found < most; seed++) {
    const large = generate(seed)
    totals.programs++
    totals.calls += large.calls.length
    const difference = await compareOn(large, one, other)
    if (difference === undefined) continue
    if (known.some((entry) => entry.covers(difference))) {
      totals.known++
      continue
    }
    totals.found++
    const small = await shrink(large, async (smaller) => isAlike(await compareOn(smaller, one, other), difference, known), attempts)
    write(shown(small, (await compareOn(small, one, other)) ?? difference))
  }
  const stale = []
  for (const entry of known) {
    const difference = await compareOn(entry.shownBy, one, other)
    if (difference === undefined || !entry.covers(difference)) stale.push(entry)
  }
  for (const { what } of stale) write(`no longer to be seen, so to be struck off: ${what}`)
  write(`${totals.programs} programs, ${totals.calls} calls: ${totals.found} differ, ${totals.known} as is known`)
  return totals.found === 0 && stale.length === 0
}

/** Whether a smaller case still shows what is to be shown. A program that does not begin is another matter than calls that differ. */
function isAlike(smaller: Difference | undefined, difference: Difference, known: readonly Known[]): boolean {
  if (smaller === undefined || known.some((entry) => entry.covers(smaller))) return false
  return smaller.about === 'begin' || difference.about === 'begin' ? isDeepStrictEqual(smaller, difference) : true
}

const shown = (of: Case, { when, about, one, other }: Difference): string =>
  `--- ${of.name}\n${sourceOf(of)}${of.calls.map((call) => `# ${lineOf(call)}\n`).join('')}${when}: ${about}\n  one:   ${one}\n  other: ${other}\n`
