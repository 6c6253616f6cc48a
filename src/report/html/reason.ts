/** Why a scenario did not pass: what was expected and what came, where it happened, and how to run it again. */
import type { RaceStep } from '../../protocol/messages.ts'
import { replayCommand, withoutOrder } from '../../verdict/order.ts'
import { commandFor, type Started } from '../command.ts'
import { type Expectation, expectationOf } from '../expectation.ts'
import type { ScenarioEnd, Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import type { ScenarioResult } from '../results.ts'
import { type Compared, comparedFields, comparisonTable } from './comparison.ts'
import { partsOf, programsOf, type Race } from './race.ts'
import { LAST, standingOf } from './race-outcomes.ts'
import { scheduleTable } from './schedule.ts'

/** Why `result` is what it is; nothing if that needs no reason. `started` says how the run was. */
export function reasonBlock({ id, verdict, reason, steps, end }: ScenarioResult, started: Started): Markup | undefined {
  if (reason === undefined) return undefined
  const step = steps.find(({ status }) => status === 'failed')
  const race = partsOf(steps).find((part): part is Race => 'judged' in part && part.judged === step)
  const { order, token } = orderIn(step)
  const replay = token !== undefined && markup`<dt>replay<dd><code class=copy>${replayCommand(id, token)}</code>`
  const errors = end?.stderr !== undefined && end.stderr !== '' && markup`<dt>stderr<dd><pre>${end.stderr}</pre>`
  const expectation = expectationOf(reason)
  const told = race
    ? raceReason(race, withoutOrder(reason, order))
    : expectation
      ? comparison(expectation)
      : markup`<dt>because<dd class=pre>${withoutOrder(reason, order)}`
  const at = step && !race && markup`<dt>at<dd>${step.keyword} ${step.text}`
  return markup`<dl class="why ${verdict}">${knownFailure(end)}${at}${told}${errors}${replay}<dt>again<dd><code class=copy>${commandFor(id, started)}</code></dl>${scheduleTable(order, 'The order that shows it')}`
}

/** What a list says of it. Only what is an address on the web becomes a link. */
function knownFailure(end: ScenarioEnd | undefined): Markup | false {
  if (!end?.known) return false
  const { reason, link } = end.known
  const report = link !== undefined && (/^https?:\/\//.test(link) ? markup` <a href="${link}">${link}</a>` : ` ${link}`)
  return markup`<dt>known<dd>${reason}${report}`
}

function comparison({ what, expected, observed }: Expectation): Markup {
  const fields = comparedFields(expected, observed)
  const told = fields
    ? markup`<dt>fields<dd>${comparisonTable(fields)}`
    : markup`<dt>expected<dd><code>${expected}</code><dt>observed<dd><code>${observed}</code>`
  return markup`<dt>compared<dd>${what}${told}`
}

/** What stands before each of several who race. */
const JOINS = ['', ', while ', ' and '] as const

/** What raced, and the outcome that must not be beside the one it comes closest to. */
function raceReason(race: Race, reason: string): Markup {
  const raced = programsOf(race).map(({ actor, words, operations }, index) => {
    const does = words.length > 0 ? words : operations
    return markup`${JOINS[Math.min(index, JOINS.length - 1)]}<b>${actor}</b> ${does.join(', then ')}`
  })
  const fields = outcomeFields(race)
  return markup`<dt>raced<dd>${raced}<dt>because<dd class=pre>${reason}${fields && markup`<dt>outcome<dd>${comparisonTable(fields, 'nearest that may be')}`}`
}

/** The first outcome that came and must not, field by field beside the allowed one that differs from it least. */
function outcomeFields({ table: [head = []], outcomes: { rows, complete } }: Race): Compared[] | undefined {
  const wrong = rows.find((row) => row.times > 0 && standingOf(row, complete) === 'wrong')
  const right = rows.filter(({ grade }) => grade === 'expected' || grade === 'allowed')
  if (!wrong || right.length === 0) return undefined
  const distance = (words: readonly string[]): number => words.filter((word, index) => word !== wrong.words[index]).length
  const [nearest] = right.toSorted((one, other) => distance(one.words) - distance(other.words))
  return head.slice(0, -LAST).map((field, index) => ({
    field,
    expected: nearest?.words[index] ?? '',
    observed: wrong.words[index] ?? '',
  }))
}

/** The order of operations that shows why a race failed. */
function orderIn(step: Step | undefined): { readonly order: readonly RaceStep[]; readonly token?: string | undefined } {
  const race = step?.exchanges.findLast((exchange) => exchange.method === 'race')
  const { failure, order } = race?.reply ?? {}
  return { order: failure?.steps ?? order ?? [], token: failure?.token ?? race?.request.token }
}
