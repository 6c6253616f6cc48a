import { expect, test } from 'vitest'
import { startIn } from './start-words.ts'

test('arguments, variables and refusals are found among steps', () => {
  const steps = [
    'the runtime was started with "-X tlbc=0"',
    'the runtime was started with PYTHON_TLBC as " 1"',
    'it has refused to start, saying "no"',
  ]
  expect(startIn(steps)).toEqual({ argv: ['-X', 'tlbc=0'], env: { PYTHON_TLBC: ' 1' }, refused: true })
})

test('where no step speaks of the start it is the usual one', () => {
  expect(startIn(['Ada is attached'])).toEqual({ argv: [], env: {}, refused: false })
})
