/**
 * The trace check: requirements, scenarios, faults and pages belong together, in both directions.
 *
 * Every requirement of a chapter that is built has a scenario that shows it, a fault that breaks
 * it and a place in the book. Every scenario and every fault belongs to exactly one requirement.
 */
import type { Chapter } from '../protocol/messages.ts'
import { boundIn, requirementIds, requirementOf, scenarioIds, unknownTags } from '../verdict/tags.ts'
import type { Feature, Rule, Scenario } from './features.ts'
import { type Live, type Lock, lockProblems } from './lock.ts'
import { type ChapterInventory, notBuilt } from './requirement.ts'

export interface Traced {
  readonly inventory: readonly ChapterInventory[]
  readonly features: readonly Feature[]
  readonly faults: readonly { readonly id: string; readonly requirement: string }[]
  /** The text of each chapter's page, for those that have one. */
  readonly pages: Readonly<Partial<Record<Chapter, string>>>
  readonly lock: Lock
}

/** What does not belong together, as sentences; the ones about a feature begin with file and line. */
export function traceProblems(traced: Traced): string[] {
  const live = liveIds(traced.inventory, traced.features)
  return [
    ...traced.features.flatMap((feature) => featureProblems(feature, traced.inventory)),
    ...twice(live.requirements).map((id) => `requirement ${id} stands in the inventory twice`),
    ...twice(live.scenarios).map((id) => `scenario ${id} is there twice`),
    ...traced.inventory.filter(({ built }) => built).flatMap((chapter) => chapterProblems(chapter, traced, live.scenarios)),
    ...twice(traced.faults.map(({ id }) => id)).map((id) => `fault ${id} is there twice`),
    ...traced.faults
      .filter(({ requirement }) => !live.requirements.includes(requirement))
      .map(({ id, requirement }) => `fault ${id} breaks ${requirement}, which is no requirement`),
    ...lockProblems(traced.lock, live),
  ]
}

/** Every id that is in use, as often as it is. */
export function liveIds(inventory: readonly ChapterInventory[], features: readonly Feature[]): Live {
  const scenarios = features.flatMap((feature) => feature.rules.flatMap((rule) => rule.scenarios))
  return {
    requirements: inventory.flatMap(({ requirements }) => requirements.map(({ id }) => id)),
    scenarios: scenarios.flatMap(({ tags }) => scenarioIds(tags)),
    rows: Object.fromEntries(scenarios.flatMap(({ tags, rows }) => scenarioIds(tags).map((id) => [id, rows]))),
  }
}

function chapterProblems(chapter: ChapterInventory, { faults, pages }: Traced, scenarios: readonly string[]): string[] {
  const page = pages[chapter.id]
  return [
    ...(page === undefined ? [`chapter ${chapter.id} has no page docs/${chapter.id}.md`] : []),
    ...chapter.requirements
      .filter((requirement) => notBuilt(chapter, requirement) === undefined)
      .flatMap(({ id }) => [
        ...(scenarios.some((scenario) => requirementOf(scenario) === id) ? [] : [`${id} has no scenario`]),
        ...(faults.some(({ requirement }) => requirement === id) ? [] : [`${id} has no fault that breaks it`]),
        ...(page === undefined || page.includes(id) ? [] : [`${id} is not mentioned in docs/${chapter.id}.md`]),
      ]),
  ]
}

function featureProblems(feature: Feature, inventory: readonly ChapterInventory[]): string[] {
  const [, folder] = feature.file.split('/')
  const chapter = inventory.find(({ id }) => id === folder)
  const at = (line: number, problem: string): string => `${feature.file}:${line}: ${problem}`
  if (!chapter?.built) return [at(feature.line, `${folder} is not the folder of a chapter that is built`)]
  const ids = new Set(chapter.requirements.map(({ id }) => id))
  return [
    ...strange(feature.tags).map((problem) => at(feature.line, problem)),
    ...feature.loose.map(({ line, name }) => at(line, `"${name}" stands under no rule`)),
    ...feature.rules.flatMap((rule) => ruleProblems(rule, ids, at)),
  ]
}

function ruleProblems(rule: Rule, ids: ReadonlySet<string>, at: (line: number, problem: string) => string): string[] {
  const [requirement, ...more] = requirementIds(rule.tags)
  const problems = [
    ...strange(rule.tags),
    ...(rule.name === '' ? ['the rule has no sentence'] : []),
    ...(rule.scenarios.length === 0 ? ['no scenario shows the rule'] : []),
    ...(requirement === undefined || more.length > 0 ? ['a rule has one tag that names its requirement'] : []),
    ...(requirement === undefined || ids.has(requirement) ? [] : [`${requirement} is no requirement of this chapter`]),
  ]
  return [
    ...problems.map((problem) => at(rule.line, problem)),
    ...rule.scenarios.flatMap((scenario) => scenarioProblems(scenario, requirement).map((problem) => at(scenario.line, problem))),
  ]
}

function scenarioProblems(scenario: Scenario, requirement: string | undefined): string[] {
  const ids = scenarioIds(scenario.tags)
  return [
    ...strange(scenario.tags),
    ...(scenario.name === '' ? ['the scenario has no name'] : []),
    ...(ids.length === 1 ? [] : ['a scenario has one tag that is its id']),
    ...ids.filter((id) => requirementOf(id) !== requirement).map((id) => `${id} stands under a rule of ${requirement ?? 'no requirement'}`),
    ...(boundIn(scenario.tags) === undefined || scenario.races ? [] : ['a bound is for a race, and nobody races']),
    ...(scenario.steps === 0 ? ['the scenario has no steps'] : []),
    ...(scenario.cases.length === 0 ? ['the outline has no rows, so nothing is run'] : []),
    ...twice(scenario.rows).map((row) => `the row ${row} is there twice`),
  ]
}

const strange = (tags: readonly string[]): string[] => unknownTags(tags).map((tag) => `${tag} means nothing`)

const twice = (ids: readonly string[]): string[] => [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
