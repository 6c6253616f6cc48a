import { expect, test } from 'vitest'
import type { Grade, Tally } from './evidence.ts'
import { extentText, isOpen } from './extent.ts'

const row = (grade: Grade | null, times: number) => ({ words: [], grade, times })
const tally = (more: Partial<Tally> = {}): Tally => ({
  how: 'explored',
  complete: true,
  failed: false,
  schedules: 1000,
  rows: [row('expected', 990), row('expected', 10), row('expected', 0), row('allowed', 0), row('forbidden', 0), row(null, 3)],
  ...more,
})
const part = (more: Partial<Tally> = {}): Tally => tally({ complete: false, ...more })

test.for([
  [tally(), 'every order, 2 of 3 expected outcomes seen'],
  [part({ how: 'sampled' }), 'sampled, 2 of 3 expected outcomes seen in 1,000 runs'],
  [part({ how: 'sampled', failed: true, schedules: 1 }), 'sampled until it failed, 2 of 3 expected outcomes seen in 1 run'],
  [part({ limitedBy: 'bound', bound: 2 }), 'not every order (bound 2), 2 of 3 expected outcomes seen in 1,000 runs'],
  [part({ limitedBy: 'bound' }), 'not every order (a bound), 2 of 3 expected outcomes seen in 1,000 runs'],
  [part({ limitedBy: 'budget' }), 'not every order (the time was up), 2 of 3 expected outcomes seen in 1,000 runs'],
  [part({ limitedBy: 'size' }), 'not every order (there are too many), 2 of 3 expected outcomes seen in 1,000 runs'],
  [part(), 'not every order (some were left out), 2 of 3 expected outcomes seen in 1,000 runs'],
  [part({ failed: true }), 'not every order (it failed), 2 of 3 expected outcomes seen in 1,000 runs'],
  [tally({ rows: [] }), 'every order'],
  [part({ how: 'sampled', rows: [row('allowed', 1)] }), 'sampled, 1,000 runs'],
] as const)('%# is told as it is', ([told, text]) => {
  expect(extentText(told)).toBe(text)
})

test('only where no order was left out is it called every order', () => {
  for (const how of ['explored', 'sampled'] as const) {
    for (const failed of [true, false]) {
      for (const limitedBy of ['bound', 'budget', 'size', undefined] as const) {
        expect(extentText(part({ how, failed, ...(limitedBy && { limitedBy }) }))).not.toMatch(/^every|[^t] every/)
      }
    }
  }
})

test('open is what is expected and was not seen, as long as it may come', () => {
  expect(isOpen(part())).toBe(true)
  expect(isOpen(tally())).toBe(false)
  expect(isOpen(part({ rows: [row('expected', 1), row('allowed', 0)] }))).toBe(false)
})
