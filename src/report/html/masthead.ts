/** The top of the page: whose verdicts these are, what they are, and what needs a look. */
import { count } from '../../verdict/count.ts'
import { conformanceOf } from '../conformance.ts'
import { durationText } from '../duration.ts'
import { type Markup, markup } from '../markup.ts'
import { racesText } from '../races.ts'
import type { Results } from '../results.ts'
import { shortened, visibleLine } from '../visible.ts'
import { attention } from './attention.ts'
import { drawingsKey } from './key.ts'
import { bar } from './verdict-badge.ts'

const SIGNS = { conforms: '✓', fails: '✗', open: '?' } as const

/** Everything above the chapters. */
export function masthead(results: Results): Markup {
  const { log, totals } = results
  const name = log.hello ? `${log.hello.name} ${log.hello.version}` : 'a subject that never said its name'
  const { standing, sentence } = conformanceOf(results)
  return markup`${warning(results)}<header><p class=kind>ftspec ${log.header.suite} · conformance report</p><h1>${name}</h1><p class="judgement ${standing}"><span aria-hidden=true>${SIGNS[standing]}</span> ${sentence}.</p>${bar(totals)}<p class=headline>${headline(results)}</p></header>${attention(results)}${filter(results)}${facts(results)}`
}

/** What chooses among the scenarios below. */
function filter({ totals }: Results): Markup {
  const legend = [...totals].map(
    ([verdict, many]) =>
      markup`<label><input type=checkbox name=verdict value=${verdict}><span class="v ${verdict}">${verdict}</span> ${many}</label>`,
  )
  return markup`<form class=filter role=search aria-label="Filter"><input type=search name=q placeholder="Filter by words or id" aria-label="Filter by words or id" autocomplete=off><fieldset><legend class=h>Show only these verdicts</legend>${legend}</fieldset><span class=tools><label><input type=checkbox id=words>in words</label><button type=button value=open>open all</button><button type=button value=close>close all</button></span><output></output></form>${drawingsKey()}`
}

function warning({ log, lost }: Results): Markup | false {
  if (log.complete && lost === 0) return false
  const what = log.complete
    ? `The run lost ${count(lost, 'scenario')}: planned, and without a result.`
    : `This report is incomplete: ${lost} of ${count(log.header.planned.length, 'planned scenario')} came to no end. Nothing that is missing here has passed.`
  const faults = log.faults.map(({ line, problem, remedy }) => markup`<li>Line ${line}: ${shortened(visibleLine(problem), 400)}. ${remedy}`)
  return markup`<div class=warning role=alert><strong>${what}</strong>${faults.length > 0 && markup`<ul>${faults.slice(0, 20)}</ul>`}${faults.length > 20 && markup`<p>${faults.length - 20} more lines like these.</p>`}</div>`
}

function headline({ scenarios, totals }: Results): string {
  const passed = totals.get('pass') ?? 0
  const races = racesText(scenarios.flatMap((scenario) => scenario.races))
  const tried = races === undefined ? '' : ` ${races}.`
  if (scenarios.length === 0) return 'No scenario was run.'
  if (passed === scenarios.length) return `${passed === 1 ? 'The scenario passes' : `All ${count(passed, 'scenario')} pass`}.${tried}`
  return `${passed} of ${count(scenarios.length, 'scenario passes', 'scenarios pass')}.${tried}`
}

function facts({ log }: Results): Markup {
  const { header, hello, footer } = log
  const selection = Object.values(header.selection).flat()
  const told: [string, string | Markup][] = [
    ['started by', header.command === null ? 'this process' : markup`<code>${header.command}</code>`],
  ]
  if (header.python !== undefined) told.push(['interpreter', markup`<code>${header.python}</code>`])
  if (header.list !== undefined) told.push(['held against', markup`<code>${header.list}</code>`])
  if (hello) {
    const claimed = Map.groupBy(hello.profiles, ({ chapter }) => chapter)
    const levels = [...claimed].map(([chapter, profiles]) => `${chapter} (${profiles.map(({ level }) => level).join(', ')})`)
    told.push(['claims', levels.join(', ') || 'nothing'], ['speaks', `protocol ${hello.protocol}, ${hello.depth}`])
  }
  told.push(['selection', selection.join(', ') || 'everything'])
  told.push(['begun', markup`<time datetime="${header.started}">${header.started.slice(0, 16).replace('T', ' ')} UTC</time>`])
  if (footer) told.push(['took', durationText(footer.duration)])
  return markup`<dl class=about>${told.map(([name, value]) => markup`<div><dt>${name}<dd>${value}</div>`)}</dl>`
}
