/**
 * The scenarios that faults are held against: in which of them actors race, and where they stand.
 */
import { fileURLToPath } from 'node:url'
import { readFeatures } from '../requirements/features.ts'
import { requirementOf, scenarioIds } from '../verdict/tags.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

export interface Kinds {
  /** The ids of the scenarios in which actors race; in all others they take turns. */
  readonly races: ReadonlySet<string>
  /** The files of features, relative to the project, that hold one of these scenarios, or one of these requirements. */
  filesOf(ids: readonly string[]): string[]
}

/** The scenarios of the features. */
export function scenariosByKind(): Kinds {
  const scenarios = readFeatures(ROOT).flatMap(({ file, rules }) =>
    rules.flatMap((rule) => rule.scenarios.flatMap(({ tags, races }) => scenarioIds(tags).map((id) => ({ id, races, file })))),
  )
  return {
    races: new Set(scenarios.filter(({ races }) => races).map(({ id }) => id)),
    filesOf(ids) {
      const wanted = new Set(ids)
      return [...new Set(scenarios.filter(({ id }) => wanted.has(id) || wanted.has(requirementOf(id))).map(({ file }) => file))]
    },
  }
}
