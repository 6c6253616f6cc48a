import { expect, test } from 'vitest'
import type { RaceStep } from '../protocol/messages.ts'
import { essential, failureText, orderLines, withoutOrder } from './order.ts'

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

test('what tells the story of an order are the operations that others can see, those that change something, and the guilty ones', () => {
  const told = [step({ operation: 'load' }), step({ operation: 'set', wrote: '1' }), step({ operation: 'get', guilty: true })]
  expect(essential([step(), ...told, step({ operation: 'expect' })])).toEqual(told)
})

test('a reason can be told without the order that shows it, and without how to run it again', () => {
  const order = [step({ operation: 'load', at: 'it local', read: '2' })]
  const text = failureText('twice freed\nby Ada and by Ben', order, 'npx ftspec replay BRC-01.1:x')
  expect(withoutOrder(text, order)).toBe('twice freed\nby Ada and by Ben')
})

test('a reason without an order keeps its lines', () => {
  expect(withoutOrder('TypeError: not a function\n    at steps/races.ts:8:3', [])).toBe(
    'TypeError: not a function\n    at steps/races.ts:8:3',
  )
})
