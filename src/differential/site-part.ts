/** Functions about one instruction, as they are called and resumed until all has happened to it. */
import type { Call, Statement } from './case.ts'
import type { Chance } from './chance.ts'
import type { Part } from './part.ts'
import { type Operands, type Phase, phasesOf, type Site } from './sites.ts'

export function sitePart(name: string, site: Site, actors: readonly string[], chance: Chance): Part {
  const phases = phasesOf(site, chance)
  const by = actingOf(phases, actors, chance)
  return chance.once(4) ? suspended(name, site, phases, by, chance) : called(name, site, phases, by, chance)
}

/** Who makes the calls: mostly one of them, whose copy is to get far, and now and then somebody else. */
function actingOf(phases: readonly Phase[], actors: readonly string[], chance: Chance): string[] {
  const leading = chance.pick(actors)
  return phases.map(() => (chance.once(4) ? chance.pick(actors) : leading))
}

function called(name: string, { sign, shapes }: Site, phases: readonly Phase[], by: readonly string[], chance: Chance): Part {
  const shape = chance.pick(shapes)(sign)
  // What raises ends a row of calls, unless it is caught: then it misses as often as they are made.
  const body: readonly Statement[] = chance.once(2)
    ? shape
    : [
        { line: 'try:', body: shape },
        { line: 'except (TypeError, ValueError):', body: [{ line: 'return "raised"' }] },
      ]
  const own: Statement = { line: `def ${name}(a, b):`, body }
  // It is called by Python, too, not only by whoever asks.
  const around = chance.once(4) ? [`twice_${name}`] : []
  const callers = around.map(
    (caller): Statement => ({ line: `def ${caller}(a, b):`, body: [{ line: `return (${name}(a, b), ${name}(a, b))` }] }),
  )
  const functions = [name, ...around]
  const calls = phases.map(
    ({ operands, times }, at): Call => ({ actor: by[at] as string, function: chance.pick(functions), args: operands, times }),
  )
  return { definitions: [own, ...callers], functions, calls }
}

/** The instruction stands in the loop of a generator, which is sent one of its operands at a time. */
function suspended(name: string, { sign, takes }: Site, phases: readonly Phase[], by: readonly string[], chance: Chance): Part {
  const side = chance.below(2)
  // What is multiplied again and again would become too large to be told.
  const inPlace = (sign === '+' || sign === '-') && chance.once(2)
  const operation: Statement[] = [{ line: inPlace ? `r = a = a ${sign} b` : `r = a ${sign} b` }]
  const careful: Statement[] = [
    { line: 'try:', body: operation },
    { line: 'except (TypeError, ValueError) as e:', body: [{ line: 'r = str(e)' }] },
  ]
  const loop = [...(chance.once(4) ? operation : careful), { line: `${side === 0 ? 'a' : 'b'} = yield r` }]
  const own: Statement = { line: `def ${name}(a, b):`, body: [{ line: 'while True:', body: loop }] }
  const outer = chance.once(3) ? [`through_${name}`] : []
  const callers = outer.map(
    (caller): Statement => ({ line: `def ${caller}(a, b):`, body: [{ line: `r = yield from ${name}(a, b)` }, { line: 'return r' }] }),
  )
  const functions = [name, ...outer]
  const [left, right] = takes[0] as Operands
  const args = [chance.pick(left), chance.pick(right)]
  return { definitions: [own, ...callers], functions, calls: resumptions(chance.pick(functions), args, side, phases, by, chance) }
}

function resumptions(
  path: string,
  args: readonly string[],
  side: number,
  phases: readonly Phase[],
  by: readonly string[],
  chance: Chance,
): Call[] {
  const keep = `kept_${path}`
  const actor = by[0] as string
  const begun: Call[] = [
    { actor, function: path, args, times: 1, keep },
    { actor, function: 'next', args: [keep], times: 1 },
  ]
  const sent = phases.map(
    ({ operands, times }, at): Call => ({ actor: by[at] as string, function: `${keep}.send`, args: [operands[side] as string], times }),
  )
  const last: Call[] = [
    { actor, function: `${keep}.close`, args: [], times: 1 },
    { actor, function: `${keep}.throw`, args: ['KeyError'], times: 1 },
    { actor, function: 'next', args: [keep], times: 1 },
  ]
  return [...begun, ...sent, chance.pick(last)]
}
