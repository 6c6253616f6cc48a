import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'

test('a set is looked for in another as a frozen set would be, though it cannot be added', () => {
  const { told, failure } = programs()
  expect(told('s = {1, frozenset({2})}\nout = ({2} in s, {3} in s)')).toBe('(True, False)')
  expect(told('s.discard({3})\ns.remove({2})\nout = s')).toBe('{1}')
  expect(failure('s.add({2})')).toBe('TypeError("unhashable type: \'set\'")')
  expect(failure('{2} in {1: 2}')).toBe('TypeError("unhashable type: \'set\'")')
})
