import { expect, test } from 'vitest'
import { drawingsKey } from './key.ts'

const key = drawingsKey().text

test.each([
  ['an operation', '<b><i>Ada </i>object.decref it</b>'],
  ['an event', '<em>merged it'],
  ['an answer', '<samp class=r3>'],
  ['an arrow', '<em class="a s2 r1">'],
  ['an arrow back', '<em class="a s2 b">'],
  ['a thread that waits', '<u class="p l2 r2">'],
  ['a thread that a pause holds', '<u class=r3>'],
  ['a refusal', '<b class=r>'],
  ['a failure', '<b class="l2 f">'],
  ['a look', '<p>⊙ object it</p>'],
])('%s is drawn as it is in a trace', (_, drawn) => {
  expect(key).toContain(drawn)
})

test('nobody rests any more where the next thing is told', () => {
  expect(key.slice(key.indexOf('was refused'))).not.toContain('<u')
})

test('the key is closed at first, and tells the signs of outcomes and of bytecode', () => {
  expect(key).toMatch(/^<details class=key><summary>/)
  for (const sign of ['✓', '✗', '?', '–', '▲', '◉']) expect(key).toContain(`${sign} `)
})
