/**
 * The races of a run, counted by how they were tried: nobody shall take some orders for all of them.
 */
import { count } from '../verdict/count.ts'
import type { Outcomes } from '../verdict/evidence.ts'
import { isOpen } from '../verdict/extent.ts'

/** `58 races: 55 in every order, 3 only sampled`; nothing if there was none. */
export function racesText(races: readonly Outcomes[]): string | undefined {
  if (races.length === 0) return undefined
  const sampled = races.filter(({ how }) => how === 'sampled').length
  const complete = races.filter((race) => race.complete).length
  const partly = races.length - sampled - complete
  const open = races.filter(isOpen).length
  const counts = [
    complete > 0 && `${complete} in every order`,
    partly > 0 && `${partly} only in part`,
    sampled > 0 && `${sampled} only sampled`,
  ].filter(Boolean)
  const left = open > 0 ? `; in ${open} not everything was seen that is expected` : ''
  return `${count(races.length, 'race')}: ${counts.join(', ')}${left}`
}
