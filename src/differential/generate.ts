/** Programs by chance, and calls of what is in them: the same seed, the same program and calls. */
import { Writer } from './bodies.ts'
import type { Call, Case } from './case.ts'
import { Chance } from './chance.ts'
import { methodCalls, mixturePart } from './mixture-part.ts'
import { sitePart } from './site-part.ts'
import { SITES, type Site } from './sites.ts'
import { beginning } from './values.ts'

const ACTORS = ['Ada', 'Ben', 'Cleo'] as const

/** A case about one of the instructions that are specialized alike, each in its turn, with a function or two besides. */
export function generate(seed: number): Case {
  const chance = new Chance(seed)
  const writer = new Writer(chance)
  const actors = ACTORS.slice(0, 1 + chance.below(ACTORS.length))
  const act = writer.statements(2, ['self', 'y'])
  const sum = { sign: chance.pick(['+', '-', '*']), term: chance.pick(['1', '2', '0.5']) }
  const others = Array.from({ length: 1 + chance.below(2) }, (_, index) => {
    const name = `f${index + 1}`
    return chance.once(4) ? sitePart(name, chance.pick(SITES), actors, chance) : mixturePart(name, writer, actors, chance)
  })
  const parts = [sitePart('f0', SITES[seed % SITES.length] as Site, actors, chance), ...others]
  return {
    name: `seed ${seed}`,
    actors,
    program: [...beginning(act, sum), ...parts.flatMap(({ definitions }) => definitions)],
    calls: leaving(mixed([...parts.map(({ calls }) => calls), methodCalls(actors, chance)], chance), actors, chance),
    functions: [...parts.flatMap(({ functions }) => functions), 'Thing.act', 'Thing.__add__'],
  }
}

/** All of several rows, each in its order. */
function mixed(rows: readonly (readonly Call[])[], chance: Chance): Call[] {
  const left = rows.map((row) => [...row]).filter((row) => row.length > 0)
  const all: Call[] = []
  while (left.length > 0) {
    const at = chance.below(left.length)
    all.push(...(left[at] as Call[]).splice(0, 1 + chance.below(3)))
    if (left[at]?.length === 0) left.splice(at, 1)
  }
  return all
}

/** Now and then an actor leaves, but not the last one. Whoever enters next goes on with the copies of one who has left. */
function leaving(calls: readonly Call[], actors: readonly string[], chance: Chance): Call[] {
  const there = new Set(actors)
  return calls.map((call) => {
    there.add(call.actor)
    if (there.size === 1 || !chance.once(20)) return call
    there.delete(call.actor)
    return { ...call, leaves: true }
  })
}
