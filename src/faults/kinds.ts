/**
 * The scenarios that faults are held against: the two kinds of them, those in which actors take turns
 * and those in which they race, and where they stand.
 */
import { fileURLToPath } from 'node:url'
import { readFeatures } from '../requirements/features.ts'
import { requirementOf, scenarioIds } from '../verdict/tags.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Kinds {
  /** The ids of the scenarios in which actors race. */
  readonly races: ReadonlySet<string>
  /** Those of all others, in the order of the features. */
  readonly turns: readonly string[]
  /** The files of features, relative to the project, that hold one of these scenarios, or one of these requirements. */
  filesOf(ids: readonly string[]): string[]
}

/** The scenarios of the features. */
export function scenariosByKind(): Kinds {
  const scenarios = readFeatures(ROOT).flatMap(({ file, rules }) =>
    rules.flatMap((rule) => rule.scenarios.flatMap(({ tags, races }) => scenarioIds(tags).map((id) => ({ id, races, file })))),
  )
  const idsOf = (racing: boolean) => scenarios.filter(({ races }) => races === racing).map(({ id }) => id)
  return {
    races: new Set(idsOf(true)),
    turns: idsOf(false),
    filesOf(ids) {
      const wanted = new Set(ids)
      return [...new Set(scenarios.filter(({ id }) => wanted.has(id) || wanted.has(requirementOf(id))).map(({ file }) => file))]
    },
  }
}
