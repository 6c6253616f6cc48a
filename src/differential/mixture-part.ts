/** Functions that do now this and now that, and calls of them. */
import { type Head, LIKELY, THEMES, type Writer } from './bodies.ts'
import type { Call } from './case.ts'
import type { Chance } from './chance.ts'
import type { Part } from './part.ts'
import type { Values } from './values.ts'

const TIMES = [1, 1, 1, 2, 2, 3, 5, 12, 53]

export function mixturePart(name: string, writer: Writer, actors: readonly string[], chance: Chance): Part {
  const head: Head = {
    name,
    kind: chance.pick(['plain', 'plain', 'plain', 'closure', 'generator', 'keywords']),
    parameters: 1 + chance.below(3),
    theme: chance.pick(THEMES),
  }
  const definitions = [writer.function(head)]
  const calls = callsOf(head, actors, chance)
  return { definitions, functions: head.kind === 'closure' ? [name, innerOf(name)] : [name], calls }
}

/** The function that a closure makes. */
export const innerOf = (name: string): string => `inner_${name}`

/** Calls of the method that every program has. */
export const methodCalls = (actors: readonly string[], chance: Chance): Call[] =>
  Array.from({ length: chance.below(3) }, () => ({
    actor: chance.pick(actors),
    function: chance.pick(['thing.act', 'other.act']),
    args: [chance.pick(chance.pick(LIKELY))],
    times: chance.pick(TIMES),
  }))

function callsOf(head: Head, actors: readonly string[], chance: Chance): Call[] {
  const calls: Call[] = []
  for (let left = 1 + chance.below(3); left > 0; left--) {
    // A few calls of one kind, so that what stands there is specialized before it is given something else.
    const pools = Array.from({ length: head.parameters }, () => chance.pick(head.theme.pools))
    for (let call = 1 + chance.below(3); call > 0; call--) calls.push(...callOf(head, pools, calls.length, actors, chance))
  }
  return calls
}

/** One call, and what belongs to it. @param count how many there have been, so that each generator has a name of its own. */
function callOf(
  { name, kind, parameters, theme }: Head,
  pools: readonly Values[],
  count: number,
  actors: readonly string[],
  chance: Chance,
): Call[] {
  const actor = chance.pick(actors)
  const drawn = pools.map((pool) => chance.pick(pool))
  // Now and then with too many or too few.
  const odd = chance.below(20)
  const args = odd === 0 ? drawn.slice(1) : odd === 1 && parameters === 3 ? [...drawn, '1'] : drawn
  if (kind === 'closure') {
    const z = chance.pick(chance.pick(theme.pools))
    return [
      { actor, function: name, args, times: 1, keep: innerOf(name) },
      { actor: chance.pick(actors), function: innerOf(name), args: [z], times: chance.pick(TIMES) },
    ]
  }
  if (kind !== 'generator') return [{ actor, function: name, args, times: chance.pick(TIMES) }]
  const keep = `generator${count}_${name}`
  const uses = Array.from({ length: 1 + chance.below(4) }, () => useOf(keep, theme.pools, actors, chance))
  return [{ actor, function: name, args, times: 1, keep }, ...uses]
}

function useOf(generator: string, pools: readonly Values[], actors: readonly string[], chance: Chance): Call {
  const actor = chance.pick(actors)
  const use = chance.below(8)
  if (use === 0) return { actor, function: `${generator}.close`, args: [], times: 1 }
  if (use === 1) return { actor, function: `${generator}.throw`, args: [chance.pick(['ValueError', 'TypeError', 'KeyError'])], times: 1 }
  if (use < 4) return { actor, function: `${generator}.send`, args: [chance.pick(chance.pick(pools))], times: 1 }
  return { actor, function: 'next', args: [generator], times: 1 }
}
