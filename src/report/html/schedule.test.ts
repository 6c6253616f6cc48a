import { expect, test } from 'vitest'
import type { RaceStep } from '../../protocol/messages.ts'
import type { Markup } from '../markup.ts'
import { scheduleTable } from './schedule.ts'

const step = (more: Partial<RaceStep> = {}): RaceStep => ({ step: 1, actor: 'Ada', operation: 'load', guilty: false, ...more })
const drawn = (...order: RaceStep[]): string => (scheduleTable(order, 'The order') as Markup).text

test('there is no table of nothing, nor of operations that say nothing', () => {
  expect(scheduleTable([], 'The order')).toBeUndefined()
  expect(scheduleTable([step({ operation: 'get' })], 'The order')).toBeUndefined()
})

test('each operation stands in the lane of its actor, with what it found and what it left', () => {
  const html = drawn(
    step({ at: 'it shared', read: '0' }),
    step({ step: 2, actor: 'Ben', operation: 'compareExchange', read: '0', wrote: '-4' }),
  )
  expect(html).toContain(
    '<caption>The order</caption><thead><tr><th scope=col>step<th scope=col class=l>Ada<th scope=col class=l>Ben<th scope=col>where',
  )
  expect(html).toContain('<tr><th scope=row>1<td class=l><i>load</i><td class=l><td>it shared<td class=v>0<td class=v><td class=said>')
  expect(html).toContain('<th scope=row>2<td class=l><td class=l><i>compareExchange</i><td><td class=v>0<td class=v><b>-4</b>')
})

test('what happened in one step has its number once, and what is guilty is marked', () => {
  const html = drawn(step(), step({ operation: 'set', at: 'it local', wrote: '1' }), step({ step: 2, note: 'comes next', guilty: true }))
  expect(html).toContain('<th scope=row><td class=l><i>set</i>')
  expect(html).toContain('<tr class=guilty><th scope=row>2')
  expect(html).toContain('<em>here</em> comes next')
})

test('of a long order the end is shown', () => {
  const html = drawn(...Array.from({ length: 130 }, (_, index) => step({ step: index + 1 })))
  expect(html).toContain('The first 10 operations are not shown.')
  expect(html).not.toContain('<th scope=row>10<')
  expect(html).toContain('<th scope=row>130<')
})

test('whatever a subject writes is harmless', () => {
  const html = drawn(step({ actor: '<b>', operation: '<i>', at: '<u>', read: '<s>', wrote: '<p>', note: '<q>' }))
  for (const tag of ['<u>', '<s>', '<p>', '<q>', '>b<']) expect(html).not.toContain(tag)
  expect(html).toContain('&lt;b&gt;')
})
