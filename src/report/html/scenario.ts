/** One scenario, closed at first unless it needs a look. */
import { leftBehind } from '../../protocol/left-behind.ts'
import { count } from '../../verdict/count.ts'
import { isFailure } from '../../verdict/verdict.ts'
import type { Started } from '../command.ts'
import { durationText } from '../duration.ts'
import type { ScenarioEnd, ScenarioStart } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import type { ScenarioResult } from '../results.ts'
import { bytecodeBlock } from './bytecode.ts'
import { partsOf, raceBlock } from './race.ts'
import { reasonBlock } from './reason.ts'
import { toldTable } from './told.ts'
import { traceTable } from './trace-table.ts'

/** `result` as a section that opens. `started` says how the run was. */
export function scenarioSection(result: ScenarioResult, started: Started): Markup {
  const { id, verdict, start, steps, races, end } = result
  const open = isFailure(verdict) || verdict === 'error'
  const took = end && markup`<small>${durationText(end.duration)}</small>`
  const tried = races.map(({ complete, extent }) => markup` <small>${complete ? 'every order' : extent}</small>`)
  return markup`<details class=s id="${id}"${open ? markup` open` : ''}><summary><a href="#${id}">${id}</a><span>${start?.name ?? 'not reached'}${tried}</span><b class=${verdict}>${verdict}</b>${took}</summary>${[
    reasonBlock(result, started),
    partsOf(steps).map((part) => ('judged' in part ? raceBlock(part) : traceTable(part, result.reason))),
    toldTable(steps),
    bytecodeBlock(steps),
    start && particulars(start, end),
  ]}</details>`
}

/** Tags that say how the runtime is started. What the others say stands on the page anyway. */
const SETTING = /^@(build|env|argv):/

/** Text with its paragraphs, as it stands in a feature. */
export function prose(text: string): Markup {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
  return markup`${paragraphs.map((paragraph) => markup`<p class=prose>${paragraph}</p>`)}`
}

function particulars({ feature, line, tags }: ScenarioStart, end: ScenarioEnd | undefined): Markup {
  const { summary } = end ?? {}
  const left = summary?.census ? leftBehind(summary.census) : []
  const told = [`${feature.file}:${line}`]
  if (summary) told.push(count(summary.checks, 'check'))
  if (summary && summary.witnesses.length > 0) {
    const { missing } = summary
    told.push(`must have seen ${summary.witnesses.map((name) => (missing.includes(name) ? `${name} (never seen)` : name)).join(', ')}`)
  }
  if (left.length > 0) told.push(`left behind: ${left.join(', ')}`)
  const settings = tags.filter((tag) => SETTING.test(tag))
  if (settings.length > 0) told.push(`runtime ${settings.join(' ')}`)
  return markup`<p class=note>${told.join(' · ')}</p>`
}
