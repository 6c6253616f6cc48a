import type { RaceFailure } from '../../protocol/messages.ts'
import type { NamedMemory } from './named-memory.ts'
import { describeSleep, isParked } from './sleeps.ts'

/** Why real threads do not come to their end, as far as it can be seen: who sleeps, and on what. Nobody scripted them. */
export function standstill(named: NamedMemory, actors: readonly string[]): RaceFailure {
  const parked = actors.filter((actor) => isParked(named, actor))
  const told = actors.map((actor) => (parked.includes(actor) ? asleep(named, actor) : `${actor} goes on`)).join('; ')
  return parked.length === actors.length
    ? { kind: 'deadlock', message: `nobody can go on: ${told}` }
    : { kind: 'endless', message: `it does not end: ${told}` }
}

function asleep(named: NamedMemory, actor: string): string {
  const { on, holders = [] } = describeSleep(named, actor)
  return `${actor} is parked and waits for ${on}${holders.length > 0 ? ` (${holders.join(', ')})` : ''}`
}
