/** How the drawings are to be read, told by drawing one of everything. */
import { type Markup, markup } from '../markup.ts'
import { laneNames, slicesOf } from './diagram.ts'
import type { Moment } from './moment.ts'

const act = (lane: string, text: string, outcome: 'ok' | 'parked' | 'refused' | 'failed' = 'ok'): Moment => ({
  kind: 'act',
  lane,
  text,
  outcome,
})

/** What is said of each drawing, and what it is drawn from. */
const EXAMPLES: readonly (readonly [string, readonly Moment[]])[] = [
  [
    'An operation in the lane of its actor, what happened during the operation, and its answer. What several do in the same way stands side by side.',
    [
      act('Ada', 'object.decref it'),
      { kind: 'note', lane: 'Ada', text: 'merged it · freed it' },
      { kind: 'answer', lane: 'Ada', text: 'reached true' },
    ],
  ],
  ['One thread does something to another.', [{ kind: 'arrow', from: 'Ada', to: 'Ben', text: 'queued it' }]],
  [
    'An operation that has not ended: its actor waits for as long as its lane is dashed.',
    [act('Ben', 'mutex.lock m', 'parked'), { kind: 'rest', lane: 'Ben', rest: 'parked' }],
  ],
  [
    'It goes on; and a pause holds a thread, for as long as its lane is dotted.',
    [
      { kind: 'arrow', from: 'Ada', to: 'Ben', text: 'woken' },
      { kind: 'rest', lane: 'Ben', rest: undefined },
      { kind: 'arrow', from: 'Ben', to: 'Ada', text: 'suspended' },
      { kind: 'rest', lane: 'Ada', rest: 'suspended' },
    ],
  ],
  [
    'An operation that was refused, and one that was never answered.',
    [{ kind: 'rest', lane: 'Ada', rest: undefined }, act('Ada', 'thread.exit', 'refused'), act('Ben', 'thread.exit', 'failed')],
  ],
  ['The state of something is looked at.', [{ kind: 'look', text: 'object it', answer: '' }]],
]

/** The key, closed at first. */
export function drawingsKey(): Markup {
  const trace = { lanes: ['Ada', 'Ben'], others: [], rows: EXAMPLES.map(([, moments]) => moments) }
  const slices = slicesOf(trace)
  const rows = EXAMPLES.map(([said], index) => markup`<tr><th scope=row>${said}<td>${slices[index]}`)
  return markup`<details class=key><summary>How to read the drawings</summary><table class="trace drawn n2"><thead><tr><th scope=col>Meaning<td>${laneNames(trace)}<tbody>${rows}</table><p class=note>Beside the drawing stand the values after each step; those that the step changed are marked, as in <b>1</b>. Of the set-up it is not told that threads which arrive are registered, and that pauses make room for them. What the set-up left, and no step after it changed, stands below. Outcomes of a race: ✓ is as it should be, ✗ is wrong, ? is expected and not seen yet, – was not seen and need not be.</p><p class=note>Bytecode is shown as steps looked at it, a column for each copy, beside the line that an instruction belongs to and what it is in general. ▲ stands for a specialized form, and ◉ for one that reports to tools in place of the instruction. Of a counter the value is told, and after the stroke the backoff: a general instruction tries to specialize when the value is used up, a specialized one when it has missed that often, and the more attempts have failed, the longer it waits.</p></details>`
}
