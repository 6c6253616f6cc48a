/**
 * An order of operations on shared memory, drawn: from top to bottom as it went, each operation in the lane of its
 * actor, with what it found and what it left.
 */
import type { RaceStep } from '../../protocol/messages.ts'
import { essential } from '../../verdict/order.ts'
import { type Markup, markup } from '../markup.ts'
import { shortened, visibleLine } from '../visible.ts'

/** Of a longer order the end is shown: there is what went wrong. */
const MOST_ROWS = 120

/** The longest text of a cell that is shown whole, in characters. */
const LONGEST = 48

/** `order` as a table; nothing for no operations. `label` stands above it. */
export function scheduleTable(order: readonly RaceStep[], label: string): Markup | undefined {
  const told = essential(order)
  if (told.length === 0) return undefined
  const actors = [...new Set(told.map(({ actor }) => actor))]
  const shown = told.slice(-MOST_ROWS)
  const left = told.length - shown.length
  const heads = actors.map((actor) => markup`<th scope=col class=l>${shortened(visibleLine(actor), LONGEST)}`)
  const rows = shown.map((step, index) => row(step, actors, index > 0 && shown[index - 1]?.step === step.step))
  const more = left > 0 && markup`<p class=note>The first ${left} operations are not shown.</p>`
  return markup`<div class=scroll><table class=order><caption>${label}</caption><thead><tr><th scope=col>step${heads}<th scope=col>where<th scope=col>found<th scope=col>left<th><tbody>${rows}</table></div>${more}`
}

/** @param rides whether it happened in one step with the operation before it. */
function row({ step, actor, operation, at, read, wrote, note, guilty }: RaceStep, actors: readonly string[], rides: boolean): Markup {
  const lanes = actors.map((one) => markup`<td class=l>${one === actor && markup`<i>${text(operation)}</i>`}`)
  const marked = guilty && markup`<em>here</em> `
  return markup`<tr${guilty && markup` class=guilty`}><th scope=row>${!rides && step}${lanes}<td>${at !== undefined && text(at)}<td class=v>${read !== undefined && text(read)}<td class=v>${wrote !== undefined && markup`<b>${text(wrote)}</b>`}<td class=said>${marked}${note !== undefined && text(note)}`
}

const text = (words: string): string => shortened(visibleLine(words), LONGEST)
