/** What a census says is left when a scenario ends, in words. */
import type { Census } from './messages.ts'

/** @returns nothing if nothing is left; else as in "2 objects", "a leaked free chunk". */
export function leftBehind({ leaked = [], ...counts }: Census): string[] {
  const counted = Object.entries(counts).filter(([, count]) => count > 0)
  return [...counted.map(([what, count]) => `${count} ${what}`), ...leaked.map((name) => `a leaked ${name}`)]
}
