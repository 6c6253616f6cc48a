/** A chapter: its requirements with their scenarios, in the order of the book. */
import { count } from '../../verdict/count.ts'
import type { Started } from '../command.ts'
import { type Markup, markup } from '../markup.ts'
import { type ChapterResult, type RequirementResult, type ScenarioResult, totalsOf } from '../results.ts'
import { prose, scenarioSection } from './scenario.ts'
import { badge, bar } from './verdict-badge.ts'

/** `chapter` as a section; one of which nothing was run, closed. `started` says how the run was. */
export function chapterSection(chapter: ChapterResult, started: Started): Markup {
  const { id, title, requirements, scenarios } = chapter
  if (scenarios.length === 0) return emptyChapter(chapter)
  const totals = totalsOf(scenarios)
  return markup`<section class=chapter id="${id}"><h2><span>${title}</span><small>${id}</small></h2><p class=sum>${bar(totals)}<span>${count(requirements.length, 'requirement')}, ${count(scenarios.length, 'scenario')}: ${[...totals].map(([verdict, many]) => `${many} ${verdict}`).join(', ')}</span></p>${background(scenarios)}${requirements.map((requirement) => requirementSection(requirement, started))}</section>`
}

function emptyChapter({ id, title, requirements }: ChapterResult): Markup {
  const reasons = [...new Set(requirements.flatMap(({ notRun }) => notRun ?? []))]
  return markup`<section class="chapter empty" id="${id}"><h2><span>${title}</span><small>${id}</small></h2><details><summary>${badge('not-run')} ${count(requirements.length, 'requirement')}${reasons.length > 0 && `: ${reasons.join('; ')}`}</summary>${requirements.map((requirement) => markup`<div class=req id="${requirement.id}">${heading(requirement)}</div>`)}</details></section>`
}

function requirementSection(requirement: RequirementResult, started: Started): Markup {
  const { id, notRun, scenarios } = requirement
  const byRule = Map.groupBy(scenarios, ({ start }) => start?.rule?.name)
  const groups = [...byRule].map(([rule, members]) => [
    rule !== undefined && [markup`<h4>${rule}</h4>`, prose(members[0]?.start?.rule?.prose ?? '')],
    members.map((scenario) => scenarioSection(scenario, started)),
  ])
  return markup`<section class=req id="${id}">${heading(requirement)}${notRun !== undefined && markup`<p class=note>Not run: ${notRun}</p>`}${groups}</section>`
}

function heading({ id, level, sentence, sources, verdict }: RequirementResult): Markup {
  return markup`<h3><a href="#${id}">${id}</a>${badge(verdict)}<small>${level}${sources.map(sourceLink)}</small></h3><p class=sentence>${sentence}</p>`
}

function sourceLink({ id, title, commit }: RequirementResult['sources'][number]): Markup {
  return markup` · <a href="https://github.com/python/cpython/commit/${commit}">${id} ${title}</a>`
}

/** What the features say by way of introduction, for those who want to know why. */
function background(scenarios: readonly ScenarioResult[]): Markup | false {
  const features = new Map(
    scenarios.flatMap(({ start }) => (start && start.feature.prose !== '' ? [[start.feature.name, start.feature.prose]] : [])),
  )
  return (
    features.size > 0 &&
    markup`<details class=background><summary>What it is about</summary>${[...features].map(([name, text]) => [markup`<p class=fname>${name}</p>`, prose(text)])}</details>`
  )
}
