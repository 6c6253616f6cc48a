/**
 * What a scenario saw of copies of bytecode, ordered by the function that they are copies of, and then by time.
 *
 * Nothing is asked for the report's sake: what no step looked at is not here.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Instruction, StateOf } from '../../protocol/states.ts'
import type { ObserveExchange, Step } from '../log.ts'

/** All that was seen of the copies of one function or code object. */
export interface Sighted {
  readonly module: string
  readonly code: string
  readonly sightings: readonly Sighting[]
}

/** Everything that was seen between two steps that did something. */
export interface Sighting {
  /** The words of the last step that had done something by then; none if none had. */
  readonly after: string | undefined
  /** The copies that were looked at, the main copy first. */
  readonly copies: readonly SeenCopy[]
  /** Those who had no copy when that was looked at. */
  readonly without: readonly string[]
  /** The array of copies, if it was looked at. */
  readonly array: Seen<StateOf<'copies'>> | undefined
}

/** Something that was looked at, and what it had been when it was looked at before, if it was. */
export interface Seen<T> {
  readonly now: T
  readonly before: T | undefined
}

export interface SeenCopy extends Seen<readonly Instruction[]> {
  /** Those whose copy it was found to be. */
  readonly threads: readonly string[]
  readonly main: boolean
  /** Its place in the array, as far as that has been seen. */
  readonly index: number | undefined
}

/** Looks at one function that belong together. */
interface Looks {
  readonly after: string | undefined
  readonly copies: Map<string, StateOf<'copy'>>
  array: StateOf<'copies'> | undefined
}

/** What `steps` saw, functions in the order in which they were first looked at. */
export function sightingsOf(steps: readonly Step[]): Sighted[] {
  return [...looksOf(steps)].map(([key, looks]) => {
    const [module, code] = JSON.parse(key) as [string, string]
    return { module, code, sightings: compared([...looks.values()]) }
  })
}

/** By function, and then by the step that was the last to do anything: of looks at the same thing the last one counts. */
function looksOf(steps: readonly Step[]): Map<string, Map<number, Looks>> {
  const functions = new Map<string, Map<number, Looks>>()
  let last = -1
  steps.forEach(({ exchanges }, index) => {
    for (const exchange of exchanges) {
      if (exchange.method !== 'observe') last = index
      else addLook(functions, exchange, last, steps[last]?.text)
    }
  })
  return functions
}

function addLook(functions: Map<string, Map<number, Looks>>, { request, reply }: ObserveExchange, last: number, after?: string): void {
  if (request.of !== 'copy' && request.of !== 'copies') return
  if (reply?.of !== 'copy' && reply?.of !== 'copies') return
  const key = JSON.stringify([request.module, request.code])
  const byStep = functions.get(key) ?? new Map<number, Looks>()
  const looks = byStep.get(last) ?? { after, copies: new Map(), array: undefined }
  if (reply.of === 'copies') looks.array = reply
  else if (request.of === 'copy') looks.copies.set(request.thread, reply)
  functions.set(key, byStep.set(last, looks))
}

/** Each look beside the one before it at the same copy, whoever it was found with. */
function compared(all: readonly Looks[]): Sighting[] {
  const copies = new Map<string, readonly Instruction[]>()
  const indices = new Map<string, number>()
  let array: StateOf<'copies'> | undefined
  return all.map((looks) => {
    for (const { index, copy } of looks.array?.entries ?? []) indices.set(copy, index)
    const owners = Map.groupBy(looks.copies, ([, { copy }]) => copy)
    const seen = [...owners].flatMap(([copy, found]): SeenCopy[] => {
      if (copy === null) return []
      const { main, instructions } = (found[0] as (typeof found)[0])[1]
      const before = copies.get(copy)
      copies.set(copy, instructions)
      return [{ threads: found.map(([thread]) => thread), main, index: main ? 0 : indices.get(copy), now: instructions, before }]
    })
    const sighting: Sighting = {
      after: looks.after,
      copies: seen.sort((one, other) => Number(other.main) - Number(one.main)),
      without: (owners.get(null) ?? []).map(([thread]) => thread),
      array: looks.array && { now: looks.array, before: array },
    }
    array = looks.array ?? array
    return sighting
  })
}

/** Whether it is as it was seen before. */
export const unchanged = <T>({ now, before }: Seen<T>): boolean => before !== undefined && isDeepStrictEqual(now, before)
