/** Where two subjects first answer otherwise. */
import type { Answers, Told } from './answers.ts'
import { type Case, lineOf } from './case.ts'

export interface Difference {
  /** When: after which call, or at the end. */
  readonly when: string
  /** About what, as in `f0 for Ada at 8`. */
  readonly about: string
  readonly one: string
  readonly other: string
}

/** In place of an answer that was not given. */
const NONE: Answers['calls'][number] = { outcome: 'no answer', changed: {} }

/** A program that does not even begin shows nothing, whoever agrees about that. */
export function differenceOf(of: Case, one: Answers, other: Answers): Difference | undefined {
  if (one.begun !== 'None' || other.begun !== 'None')
    return { when: 'running the program', about: 'begin', one: one.begun, other: other.begun }
  for (const [at, call] of of.calls.entries()) {
    const [mine = NONE, others = NONE] = [one.calls[at], other.calls[at]]
    const when = lineOf(call)
    if (mine.outcome !== others.outcome) return { when, about: 'outcome', one: mine.outcome, other: others.outcome }
    const found = differs(mine.changed, others.changed)
    if (found) return { when, ...found }
  }
  const found = differs(one.constants, other.constants)
  return found && { when: 'at the end', ...found }
}

function differs(one: Told, other: Told): Omit<Difference, 'when'> | undefined {
  const about = [...new Set([...Object.keys(one), ...Object.keys(other)])].find((key) => one[key] !== other[key])
  return about === undefined ? undefined : { about, one: one[about] ?? 'as before', other: other[about] ?? 'as before' }
}
