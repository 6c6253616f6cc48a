import { expect, test } from 'vitest'
import type { RaceStep } from '../src/protocol/messages.ts'
import { orderLines } from './order-lines.ts'

const step = (more: Partial<RaceStep> = {}): RaceStep => ({ step: 1, actor: 'Ada', operation: 'get', guilty: false, ...more })

test('an order of nothing has no table', () => {
  expect(orderLines([])).toEqual([])
})

test('an order is a table whose columns are as wide as they have to be, and what is guilty is marked', () => {
  const order = [
    step({ at: 'it local', read: '2' }),
    step({ step: 12, actor: 'Benjamin', operation: 'compareExchange', at: 'it shared', read: '0', wrote: '-4', guilty: true }),
    step({ step: 13, operation: 'wait', at: 'm', read: '1', note: 'falls asleep' }),
    step({ step: 14, operation: 'pause', note: 'the last one', guilty: true }),
  ]
  expect(orderLines(order)).toEqual([
    'step  actor     operation        where      read  wrote',
    '1     Ada       get              it local   2',
    '12    Benjamin  compareExchange  it shared  0     -4     <-- here',
    '13    Ada       wait             m          1            falls asleep',
    '14    Ada       pause                                    <-- here the last one',
  ])
})
