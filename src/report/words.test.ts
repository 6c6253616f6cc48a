import { expect, test } from 'vitest'
import { actionText, eventText, factsText, fieldsOf, isEmpty, queryText, valueText } from './words.ts'

test('a value is told in few words', () => {
  expect([null, undefined, 'x', 3, true, [], ['a', 1], { on: 'm', holders: ['Ada'] }].map(valueText)).toEqual([
    '–',
    '–',
    'x',
    '3',
    'true',
    'none',
    'a 1',
    'on m holders Ada',
  ])
})

test('an operation is told with its names, and with what its other arguments are', () => {
  expect(actionText('object.decref', { object: 'it', times: 3, attached: true })).toBe('object.decref it times=3 attached')
  expect(actionText('thread.enter', {})).toBe('thread.enter')
})

test('what is done once is not said to be done one time', () => {
  expect(actionText('object.decref', { object: 'it', times: 1 })).toBe('object.decref it')
})

test('a text of several lines stands elsewhere', () => {
  expect(actionText('code.run', { module: 'program', source: 'def f():\n  pass' })).toBe('code.run program …')
})

test('what a finalizer does is told as operations', () => {
  const finalizer = [{ op: 'object.incref', args: { object: 'it', times: 1 } }, { op: 'thread.exit' }]
  expect(actionText('object.create', { object: 'it', finalizer })).toBe('object.create it finalizer: object.incref it, thread.exit')
  expect(actionText('object.create', { object: 'it', finalizer: [] })).toBe('object.create it finalizer=none')
  expect(actionText('object.create', { finalizer: [{ op: 3 }] })).toBe('object.create finalizer=op 3')
})

test('that nothing failed and nothing was raised is not told, and what did is', () => {
  expect(factsText({ served: ['merge'], failed: null })).toBe('served merge')
  expect(factsText({ failed: 'merge' })).toBe('failed merge')
  expect(factsText({ result: '3', raised: null })).toBe('result 3')
  expect(factsText({ raised: 'TypeError' })).toBe('raised TypeError')
})

test('facts are told with their names', () => {
  expect(factsText({ reached: true, goal: '7' })).toBe('reached true, goal 7')
  expect(factsText({})).toBe('')
})

test('an event is told with what it happened to and what came of it', () => {
  expect(eventText({ actor: 'Ben', event: 'queued', object: 'it', thread: 'Ada' })).toBe('queued it')
  expect(eventText({ actor: 'Ben', event: 'parked', on: 'mutex m' })).toBe('parked on mutex m')
  expect(eventText({ actor: 'Ben', event: 'resumed', op: 'mutex.lock', facts: { outcome: 'handed off' } })).toBe(
    'resumed mutex.lock: outcome handed off',
  )
  expect(eventText({ actor: 'Ben', event: 'failed', op: 'mutex.lock', code: 'misuse', message: 'not held' })).toBe(
    'failed mutex.lock misuse not held',
  )
  expect(eventText({ actor: 'Ada', event: 'served', request: 'merge' })).toBe('served merge')
  expect(eventText({ actor: 'Ada', event: 'stopped', scope: 'all' })).toBe('stopped all')
  expect(eventText({ actor: 'Ada', event: 'freed', block: 'b' })).toBe('freed b')
})

test('a query is told by what it asks about', () => {
  expect(queryText({ of: 'object', object: 'it' })).toBe('object it')
  expect(queryText({ of: 'allocators' })).toBe('allocators')
  expect(queryText({ of: 'thread', thread: 'Ada', seenBy: 'Ben' })).toBe('thread Ada Ben')
  expect(queryText({ of: 'thread', thread: 'Ada', seenBy: 'Ada' })).toBe('thread Ada')
})

test('none, no and not one are empty; a state that is called none is not', () => {
  expect([null, undefined, false, 0, '0', '', []].every(isEmpty)).toBe(true)
  expect([true, 1, '1', 'none', ['x'], {}].some(isEmpty)).toBe(false)
})

test('the fields of a state leave out what it is the state of', () => {
  expect(fieldsOf({ of: 'allocators', memory: 1, objects: 2 })).toEqual([
    ['memory', 1],
    ['objects', 2],
  ])
})
