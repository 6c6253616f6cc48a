/**
 * Crowds: threads without names, of which there are as many as it takes that the next one has a certain index.
 *
 * How many that are follows from the first size of an array of copies, which is the subject's. A runtime is told who
 * acts before the first step, so the step is read ahead.
 */
import type { Parameters } from '../src/protocol/parameters.ts'

/** How large an array of copies is, from what it is at first. */
export const SIZES: Readonly<Record<string, number>> = {
  'as many entries as at first': 1,
  'twice as many entries': 2,
  'four times as many entries': 4,
  'eight times as many entries': 8,
}

/** Where an index stands, measured by such an array. */
export const PLACES: Readonly<Record<string, number>> = { 'the last of': -1, 'one beyond': 0 }

const oneOf = (words: Readonly<Record<string, number>>): string => `(${Object.keys(words).join('|')})`

const CROWD = new RegExp(`^so many threads have come that the next index is ${oneOf(PLACES)} ${oneOf(SIZES)}$`)

/** Who comes and goes again, so that what a runtime holds for its threads has room for the next. */
export const PASSERS = ['Passer1', 'Passer2'] as const

/** Who comes, so that with the one who is there already the next index is the one that is meant. */
export function crowdOf(place: number, times: number, parameters: Parameters): string[] {
  const index = (parameters['tlbc.entries'] as number) * times + place
  return Array.from({ length: index - 1 }, (_, other) => `Other${other + 1}`)
}

/** Everybody whom these steps bring in without a name. */
export function crowdIn(texts: readonly string[], parameters: Parameters): string[] {
  const [, place, size] = texts.map((text) => CROWD.exec(text)).find((step) => step !== null) ?? []
  if (place === undefined || size === undefined) return []
  return [...crowdOf(PLACES[place] as number, SIZES[size] as number, parameters), ...PASSERS]
}
