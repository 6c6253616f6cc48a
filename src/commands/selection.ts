/**
 * What a user asked to be run, found in the inventory and the features.
 */
import { CHAPTERS, type Chapter } from '../protocol/messages.ts'
import type { Case, Feature, Rule } from '../requirements/features.ts'
import { INVENTORY } from '../requirements/inventory.ts'
import { currentId, type Lock } from '../requirements/lock.ts'
import { type ChapterInventory, notBuilt, type Requirement } from '../requirements/requirement.ts'
import { requirementOf } from '../verdict/tags.ts'
import { proposal } from './near.ts'
import { UsageError } from './usage-error.ts'

/** What was asked for, in names that exist. Without requirements all of the chapters are meant, without chapters all there are. */
export interface Request {
  readonly chapters: readonly Chapter[]
  readonly requirements: readonly string[]
  /** Only these scenarios. A row is asked for with all others of its outline. */
  readonly scenarios?: readonly string[]
}

/** A scenario or a row of one, and where it stands. */
export interface Planned {
  readonly case: Case
  readonly requirement: string
  readonly chapter: string
  readonly rule: Rule
  readonly feature: Feature
}

export interface Selected {
  readonly chapter: ChapterInventory
  readonly requirement: Requirement
  /** Why there is nothing to run for it. */
  readonly notRun: string | undefined
  readonly planned: readonly Planned[]
}

/** The chapter that a feature belongs to is the folder it lies in. */
const chapterFolder = (file: string): string => file.split('/')[1] ?? ''

/** Every case of the features, in the order in which they stand. */
export function casesOf(features: readonly Feature[]): Planned[] {
  return features.flatMap((feature) =>
    feature.rules.flatMap((rule) =>
      rule.scenarios.flatMap((scenario) =>
        scenario.cases.map((one) => ({
          case: one,
          requirement: requirementOf(one.id),
          chapter: chapterFolder(feature.file),
          rule,
          feature,
        })),
      ),
    ),
  )
}

/**
 * What a user's words ask for: chapters by name, requirements by id or by an id they had before.
 *
 * @throws UsageError if there is nothing of that name, or a requirement is in none of the chapters.
 */
export function requestOf(chapterWords: readonly string[], requirementWords: readonly string[], lock: Lock): Request {
  const chapters = chapterWords.map(chapterNamed)
  const requirements = requirementWords.map((word) => requirementNamed(word, lock))
  const within = INVENTORY.filter(({ id }) => chapters.includes(id)).flatMap((chapter) => chapter.requirements.map(({ id }) => id))
  const outside = requirements.find((id) => chapters.length > 0 && !within.includes(id))
  if (outside !== undefined)
    throw new UsageError(`${outside} is not in ${chapters.join(' or ')}: leave --chapter out, or name its chapter too`)
  return { chapters, requirements }
}

/** The requirements that are asked for, each with what there is to run for it, in the order of the inventory. */
export function select({ chapters, requirements, scenarios }: Request, features: readonly Feature[]): Selected[] {
  if (scenarios) return select({ chapters, requirements: scenarios.map(requirementOf) }, features).map((one) => only(scenarios, one))
  const isWanted = (chapter: Chapter, requirement: string): boolean =>
    requirements.length > 0 ? requirements.includes(requirement) : chapters.length === 0 || chapters.includes(chapter)
  const byRequirement = Map.groupBy(casesOf(features), ({ requirement }) => requirement)
  return INVENTORY.flatMap((chapter) =>
    chapter.requirements
      .filter(({ id }) => isWanted(chapter.id, id))
      .map((requirement) => {
        const planned = byRequirement.get(requirement.id) ?? []
        const notRun = planned.length > 0 ? undefined : (notBuilt(chapter, requirement) ?? 'no scenario shows it')
        return { chapter, requirement, notRun, planned }
      }),
  )
}

const outlineOf = (id: string): string => id.split('#')[0] as string

const only = (scenarios: readonly string[], selected: Selected): Selected => ({
  ...selected,
  planned: selected.planned.filter((planned) => scenarios.includes(outlineOf(planned.case.id))),
})

/**
 * The scenarios that are meant, by their ids or by ids they had before; a row's stands for its outline's.
 *
 * @throws UsageError if there is no scenario of that name.
 */
export function scenariosNamed(words: readonly string[], features: readonly Feature[], lock: Lock): string[] {
  const ids = new Set(casesOf(features).map((planned) => outlineOf(planned.case.id)))
  return words.map((word) => {
    const id = currentId(lock, outlineOf(word.toUpperCase()))
    if (ids.has(id)) return id
    const reason = lock.tombstones[id]
    if (reason !== undefined) throw new UsageError(`${id} was given up: ${reason}`)
    throw new UsageError(`there is no scenario ${word}${proposal(word, [...ids])}`)
  })
}

function chapterNamed(word: string): Chapter {
  const chapter = CHAPTERS.find((id) => id === word.toLowerCase())
  if (chapter) return chapter
  throw new UsageError(`there is no chapter ${word}${proposal(word, CHAPTERS) || `; there are ${CHAPTERS.join(', ')}`}`)
}

function requirementNamed(word: string, lock: Lock): string {
  const ids = INVENTORY.flatMap(({ requirements }) => requirements.map(({ id }) => id))
  const id = currentId(lock, word.toUpperCase())
  if (ids.includes(id)) return id
  const reason = lock.tombstones[id]
  if (reason !== undefined) throw new UsageError(`${id} was given up: ${reason}`)
  throw new UsageError(`there is no requirement ${word}${proposal(word, ids)}`)
}
