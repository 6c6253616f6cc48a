/** One scenario, closed at first unless it needs a look. */
import { leftBehind } from '../../protocol/left-behind.ts'
import type { RaceStep } from '../../protocol/messages.ts'
import { replayCommand, withoutOrder } from '../../verdict/order.ts'
import { isFailure } from '../../verdict/verdict.ts'
import { commandFor } from '../command.ts'
import { durationText } from '../duration.ts'
import { expectationOf } from '../expectation.ts'
import type { ScenarioEnd, ScenarioStart, Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import type { ScenarioResult } from '../results.ts'
import { scheduleTable } from './schedule.ts'
import { traceTable } from './trace-table.ts'
import { badge } from './verdict-badge.ts'

/** `result` as a section that opens. `command` started the subject. */
export function scenarioSection(result: ScenarioResult, command: string | null): Markup {
  const { id, verdict, start, steps, races, end } = result
  const open = isFailure(verdict) || verdict === 'error'
  const took = end && markup`<span class=t>${durationText(end.duration)}</span>`
  const tried = races.map(({ extent }) => markup` <small>${extent}</small>`)
  return markup`<details class=s id="${id}" data-v=${verdict}${open ? markup` open` : ''}><summary>${badge(verdict)}<a class=id href="#${id}">${id}</a><span class=name>${start?.name ?? 'not reached'}${tried}</span>${took}</summary><div class=body>${[
    why(result, command),
    steps.length > 0 && traceTable(steps, `Trace of ${id}`, result.reason),
    start && particulars(start, end),
  ]}</div></details>`
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

function why({ id, verdict, requirement, reason, steps, end }: ScenarioResult, command: string | null): Markup | undefined {
  if (reason === undefined) return undefined
  const expectation = expectationOf(reason)
  const step = steps.find(({ status }) => status === 'failed')
  const { order, token } = orderIn(step)
  const told = expectation
    ? markup`<dt>compared<dd>${expectation.what}<dt>expected<dd><code>${expectation.expected}</code><dt>observed<dd><code>${expectation.observed}</code>`
    : markup`<dt>because<dd class=pre>${withoutOrder(reason, order)}`
  const replay = token !== undefined && markup`<dt>replay<dd><code class=copy>${replayCommand(id, token)}</code>`
  const errors = end?.stderr !== undefined && end.stderr !== '' && markup`<dt>stderr<dd><pre>${end.stderr}</pre>`
  return markup`<dl class="why ${verdict}">${step && markup`<dt>at<dd>${step.keyword} ${step.text}`}${told}${errors}<dt>again<dd><code class=copy>${commandFor(requirement, command)}</code>${replay}</dl>${scheduleTable(order, `The order that shows it, of ${id}`)}`
}

/** The order of operations that shows why a race failed. */
function orderIn(step: Step | undefined): { readonly order: readonly RaceStep[]; readonly token?: string | undefined } {
  const race = step?.exchanges.findLast((exchange) => exchange.method === 'race')
  const { failure, order } = race?.reply ?? {}
  return { order: failure?.steps ?? order ?? [], token: failure?.token ?? race?.request.token }
}

function particulars({ feature, line, tags }: ScenarioStart, end: ScenarioEnd | undefined): Markup {
  const { summary } = end ?? {}
  const left = summary?.census ? leftBehind(summary.census) : []
  const told: [string, string][] = [['feature', `${feature.name}, ${feature.file}:${line}`]]
  if (summary) told.push(['checks', String(summary.checks)])
  if (summary && summary.witnesses.length > 0) {
    const { missing } = summary
    told.push(['must have seen', summary.witnesses.map((name) => (missing.includes(name) ? `${name} (never seen)` : name)).join(', ')])
  }
  if (left.length > 0) told.push(['left behind', left.join(', ')])
  const settings = tags.filter((tag) => SETTING.test(tag))
  if (settings.length > 0) told.push(['runtime', settings.join(' ')])
  return markup`<dl class=about>${told.map(([name, value]) => markup`<div><dt>${name}<dd>${value}</div>`)}</dl>`
}
