import { expect, test } from 'vitest'
import { expectationOf } from './expectation.ts'

test('a failed comparison is taken apart, even over several lines', () => {
  expect(expectationOf('the state of it: expected {"a":\n1}, observed 2, observed before')).toEqual({
    what: 'the state of it',
    expected: '{"a":\n1}',
    observed: '2, observed before',
  })
})

test('any other message is left alone', () => {
  expect(expectationOf('the scenario checked nothing')).toBeUndefined()
})
