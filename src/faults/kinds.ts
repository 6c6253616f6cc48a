/**
 * The two kinds of scenarios: those in which actors take turns, and those in which they race.
 */
import { fileURLToPath } from 'node:url'
import { readFeatures } from '../requirements/features.ts'
import { scenarioIds } from '../verdict/tags.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Kinds {
  /** The ids of the scenarios in which actors race. */
  readonly races: ReadonlySet<string>
  /** Those of all others, in the order of the features. */
  readonly turns: readonly string[]
}

/** The scenarios of the features. */
export function scenariosByKind(): Kinds {
  const scenarios = readFeatures(ROOT).flatMap(({ rules }) => rules.flatMap((rule) => rule.scenarios))
  const idsOf = (racing: boolean) => scenarios.filter(({ races }) => races === racing).flatMap(({ tags }) => scenarioIds(tags))
  return { races: new Set(idsOf(true)), turns: idsOf(false) }
}
