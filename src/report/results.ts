/**
 * What a log says about the subject: chapters of requirements of scenarios, each with its verdict.
 * Every report is made from this, so that no two of them can disagree.
 */
import type { Outcomes } from '../verdict/evidence.ts'
import { merge, VERDICTS, type Verdict } from '../verdict/verdict.ts'
import type { Requirement, ScenarioEnd, ScenarioStart, Step } from './log.ts'
import type { ScenarioLog } from './log-contents.ts'
import type { Log } from './log-reader.ts'

export interface ScenarioResult {
  readonly id: string
  readonly requirement: string
  readonly verdict: Verdict
  /** Why it did not pass. */
  readonly reason: string | undefined
  /** What the log tells of its beginning; nothing if the run never came to it. */
  readonly start: ScenarioStart | undefined
  readonly steps: readonly Step[]
  /** What its races came to. */
  readonly races: readonly Outcomes[]
  /** What the log tells of its end; nothing if the run broke off before. */
  readonly end: ScenarioEnd | undefined
}

export interface RequirementResult {
  readonly id: string
  readonly level: Requirement['level']
  readonly sentence: string
  readonly sources: Requirement['sources']
  readonly verdict: Verdict
  /** Why none of its scenarios was to run. */
  readonly notRun: string | undefined
  readonly scenarios: readonly ScenarioResult[]
}

export interface ChapterResult {
  readonly id: Requirement['chapter']
  readonly title: string
  readonly verdict: Verdict
  readonly requirements: readonly RequirementResult[]
  /** Those of all its requirements. */
  readonly scenarios: readonly ScenarioResult[]
}

export interface Results {
  readonly log: Log
  readonly chapters: readonly ChapterResult[]
  readonly scenarios: readonly ScenarioResult[]
  /** Scenarios by verdict, from the worst to the best; only verdicts that somebody got. */
  readonly totals: ReadonlyMap<Verdict, number>
  /** Planned scenarios that did not come to an end. */
  readonly lost: number
}

/** Everything a log says, in the order of its chapters. */
export function resultsOf(log: Log): Results {
  const scenarios = log.scenarios.map(scenarioResult)
  const byRequirement = Map.groupBy(scenarios, ({ requirement }) => requirement)
  const requirements = Map.groupBy(log.requirements, ({ chapter }) => chapter)
  const chapters = log.header.chapters
    .filter(({ id }) => requirements.has(id))
    .map(({ id, title }) => chapterResult(id, title, requirements.get(id) ?? [], byRequirement))
  return { log, chapters, scenarios, totals: totalsOf(scenarios), lost: scenarios.filter(({ end }) => !end).length }
}

/** How many got which verdict, from the worst to the best; only verdicts that somebody got. */
export function totalsOf(judged: readonly { readonly verdict: Verdict }[]): Map<Verdict, number> {
  const counted = Map.groupBy(judged, ({ verdict }) => verdict)
  return new Map(
    VERDICTS.flatMap((verdict) => {
      const those = counted.get(verdict)
      return those ? [[verdict, those.length] as const] : []
    }),
  )
}

function chapterResult(
  id: Requirement['chapter'],
  title: string,
  requirements: readonly Requirement[],
  byRequirement: ReadonlyMap<string, readonly ScenarioResult[]>,
): ChapterResult {
  const results = requirements.map((requirement): RequirementResult => {
    const scenarios = byRequirement.get(requirement.id) ?? []
    const { level, sentence, sources, notRun } = requirement
    return { id: requirement.id, level, sentence, sources, notRun, scenarios, verdict: merge(scenarios.map(({ verdict }) => verdict)) }
  })
  return {
    id,
    title,
    verdict: merge(results.map(({ verdict }) => verdict)),
    requirements: results,
    scenarios: results.flatMap(({ scenarios }) => scenarios),
  }
}

function scenarioResult(scenario: ScenarioLog): ScenarioResult {
  const { id, requirement, start, steps, end } = scenario
  const found = end ?? (start ? UNDER_WAY : NEVER_STARTED)
  const races = steps.flatMap(({ outcomes }) => outcomes ?? [])
  return { id, requirement, start, steps, races, end, verdict: found.verdict, reason: found.reason }
}

const UNDER_WAY = { verdict: 'error', reason: 'The run broke off while this scenario was under way.' } as const
const NEVER_STARTED = { verdict: 'not-run', reason: 'The run broke off before this scenario.' } as const
