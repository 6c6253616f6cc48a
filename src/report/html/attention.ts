/** What needs a look: what is wrong, by requirement and by reason, and what was expected and is not seen yet. */
import { count } from '../../verdict/count.ts'
import type { Outcomes } from '../../verdict/evidence.ts'
import { isOpen } from '../../verdict/extent.ts'
import { isFailure } from '../../verdict/verdict.ts'
import { expectationOf } from '../expectation.ts'
import { type Markup, markup } from '../markup.ts'
import type { Results, ScenarioResult } from '../results.ts'
import { shortened, visibleLine } from '../visible.ts'
import { comparedFields } from './comparison.ts'
import { badge } from './verdict-badge.ts'

/** Of more scenarios that fail in the same way than this, the first are linked. */
const MOST_LINKS = 12
const LONGEST_REASON = 200
const LONGEST_OUTCOME = 160

/** Both lists, as far as there is something to list. */
export function attention({ chapters, scenarios }: Results): Markup {
  const wrong = chapters.flatMap(({ requirements }) =>
    requirements.flatMap(({ id, sentence, scenarios }) => {
      const listed = scenarios.filter(isWrong)
      return listed.length > 0 ? [requirementItem(id, sentence, listed)] : []
    }),
  )
  const open = scenarios.filter((scenario) => !isWrong(scenario) && scenario.races.some(isOpen)).map(openItem)
  return markup`${section('wrong', 'Needs a look', wrong)}${section('unseen', 'Expected, and not seen yet', open)}`
}

const isWrong = ({ verdict }: ScenarioResult): boolean => isFailure(verdict) || verdict === 'error'

const section = (id: string, title: string, items: readonly Markup[]): Markup | false =>
  items.length > 0 && markup`<section class=attention aria-labelledby=${id}><h2 id=${id}>${title}</h2><ul>${items}</ul></section>`

function requirementItem(id: string, sentence: string, scenarios: readonly ScenarioResult[]): Markup {
  const told = scenarios.map((scenario) => ({ scenario, ...reasonOf(scenario) }))
  const alike = [...Map.groupBy(told, ({ scenario, what }) => `${scenario.verdict} ${what}`).values()]
  const reasons = alike.map((group) => {
    const [{ scenario, what, detail }] = group as [(typeof group)[number]]
    const same = detail !== '' && group.every((other) => other.detail === detail)
    const reason = shortened(visibleLine(same ? `${what}: ${detail}` : what), LONGEST_REASON)
    return markup`<li>${badge(scenario.verdict)}<span>${reason} <small>${links(group.map((one) => one.scenario))}</small></span>`
  })
  return markup`<li><p><a class=id href="#${id}">${id}</a> ${sentence}</p><ul>${reasons}</ul>`
}

/**
 * What went wrong: what was compared and how that differs, or the first line of the reason. An order of operations that
 * shows it, if there is one, stands with the scenario.
 */
function reasonOf({ reason = '' }: ScenarioResult): { readonly what: string; readonly detail: string } {
  const expectation = expectationOf(reason)
  if (!expectation) return { what: reason.trim().split('\n')[0] as string, detail: '' }
  const { what, expected, observed } = expectation
  const fields = comparedFields(expected, observed)?.filter((field) => field.expected !== field.observed)
  const detail = fields?.map((field) => `${field.field} ${field.expected} ≠ ${field.observed}`).join(', ')
  return { what, detail: detail ?? `expected ${expected}, observed ${observed}` }
}

/** One scenario by its name, several by their ids. */
function links(scenarios: readonly ScenarioResult[]): Markup {
  const told = scenarios.slice(0, MOST_LINKS).map(({ id }) => markup`<a href="#${id}">${id}</a> `)
  const [only, ...others] = scenarios
  const left = scenarios.length - told.length
  return markup`${others.length > 0 && `${count(scenarios.length, 'scenario')}: `}${told}${others.length === 0 && only?.start?.name}${left > 0 && `and ${left} more`}`
}

function openItem({ id, start, steps }: ScenarioResult): Markup {
  const unseen = steps.flatMap(({ table: [head = []] = [], outcomes }) => (outcomes && isOpen(outcomes) ? unseenIn(head, outcomes) : []))
  return markup`<li><span class="v inconclusive">?</span><span><a class=id href="#${id}">${id}</a> ${start?.name} ${unseen.map((one) => markup`<small>${one}</small>`)}</span>`
}

/** `Ben: granted | the object: freed, not in 1,000 runs`, for each outcome. `head` names what was looked at. */
const unseenIn = (head: readonly string[], { rows, schedules }: Outcomes): string[] =>
  rows
    .filter(({ grade, times }) => grade === 'expected' && times === 0)
    .map(({ words }) => {
      const told = words.map((word, column) => (head[column] === undefined ? word : `${head[column]}: ${word}`)).join(' | ')
      return `${shortened(visibleLine(told), LONGEST_OUTCOME)}, not in ${count(schedules, 'run')}`
    })
