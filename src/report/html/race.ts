/** A race: what everybody does at once, what comes of it, and how far that was tried. */

import { count } from '../../verdict/count.ts'
import type { Outcomes } from '../../verdict/evidence.ts'
import type { RaceExchange, Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import { visibleLine } from '../visible.ts'
import { actionText } from '../words.ts'
import { outcomesTable } from './race-outcomes.ts'

/** A race in a scenario: the step that says what everybody does, and the step that judges it. */
export interface Race {
  readonly programs: Step | undefined
  readonly judged: Step
  readonly table: readonly (readonly string[])[]
  readonly outcomes: Outcomes
}

/** The steps of a scenario in their order: races, and what stands between them. */
export function partsOf(steps: readonly Step[]): (Race | readonly Step[])[] {
  const parts: (Race | Step[])[] = []
  let between: Step[] = []
  for (const step of steps) {
    const { table, outcomes } = step
    if (!table || !outcomes) {
      between.push(step)
      continue
    }
    const programs = isPrograms(between.at(-1)) ? between.pop() : undefined
    parts.push(between, { programs, judged: step, table, outcomes })
    between = []
  }
  return [...parts, between].filter((part) => !Array.isArray(part) || part.length > 0)
}

/** What a race does, actor by actor, each with its words and its operations. */
export function programsOf({
  programs,
  judged,
}: Race): { readonly actor: string; readonly words: string[]; readonly operations: string[] }[] {
  const asked = raceIn(judged)?.request.programs ?? {}
  const told = Map.groupBy(programs?.table ?? [], ([actor = '']) => actor)
  return [...new Set([...told.keys(), ...Object.keys(asked)])].map((actor) => ({
    actor,
    words: (told.get(actor) ?? []).map(([, words = '']) => words),
    operations: (asked[actor] ?? []).map(({ op, args = {} }) => actionText(op, args)),
  }))
}

/** What was asked and answered when the race was run. The same step may have asked for one of its orders again. */
export const raceIn = ({ exchanges }: Step): RaceExchange | undefined => exchanges.find((exchange) => exchange.method === 'race')

/** `race`, as wide as the page. */
export function raceBlock(race: Race): Markup {
  const { programs, judged, table, outcomes } = race
  const lanes = programsOf(race).map(
    ({ actor, words, operations }) =>
      markup`<div><h5>${visibleLine(actor)}</h5><ol>${words.map((one) => markup`<li>${visibleLine(one)}`)}</ol><code>${operations.map(visibleLine).join('\n')}</code></div>`,
  )
  return markup`<div class=race>${programs && said(programs)}<div class=programs>${lanes}</div>${said(judged)}<div class=scroll>${outcomesTable(table, outcomes)}</div><p class=note>Tried: ${triedText(outcomes, raceIn(judged))}</p></div>`
}

const said = ({ keyword, text, status }: Step): Markup =>
  markup`<p class=said><b>${keyword}</b> ${text}${status !== 'passed' && markup` <em>${status}</em>`}</p>`

/** How far a race was tried, and what that took. */
function triedText({ extent, schedules, complete }: Outcomes, exchange: RaceExchange | undefined): string {
  const { states, steps } = exchange?.reply ?? {}
  const figures = [
    complete && count(schedules, 'order'),
    states !== undefined && count(states, 'state'),
    steps !== undefined && count(steps, 'step'),
  ].filter((figure) => figure !== false)
  return `${extent}.${figures.length > 0 ? ` ${figures.join(', ')}.` : ''}`
}

const isPrograms = (step: Step | undefined): boolean => step?.table !== undefined && step.exchanges.length === 0 && step.status === 'passed'
