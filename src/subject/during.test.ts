import { expect, test } from 'vitest'
import { during } from './during.ts'

test('a request is told apart from the others of its scenario', () => {
  const build = { threading: 'default' as const, freelists: true, referenceDebugging: false }
  expect(during('hello', { protocol: [1, 1] })).toBe('hello')
  expect(during('open', { scenario: 'BRC-01.1', actors: [], build, argv: [], env: {}, seed: '1' })).toBe('open "BRC-01.1"')
  expect(during('step', { actor: 'Ada', op: 'object.decref', args: { object: 'x' } })).toBe('step Ada object.decref')
  expect(during('close', {})).toBe('close')
})
