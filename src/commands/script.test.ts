import { expect, test } from 'vitest'
import { EXIT } from '../verdict/gate.ts'
import { script } from './script.ts'
import { UsageError } from './usage-error.ts'

const told: string[] = []
const err = { write: (text: string) => told.push(text) }

test('the exit code says whether all is well', async () => {
  expect(await script('npm run any', err, async () => true)).toBe(EXIT.well)
  expect(await script('npm run any', err, async () => false)).toBe(EXIT.failed)
  expect(told).toEqual([])
})

test('that it was called wrongly is told in a line', async () => {
  const wrong = async () => {
    throw new UsageError('--python: there is no interpreter x')
  }
  expect(await script('npm run any', err, wrong)).toBe(EXIT.usage)
  expect(told).toEqual(['npm run any: --python: there is no interpreter x\n'])
})

test('what else goes wrong is thrown', async () => {
  const broken = async () => {
    throw new RangeError('broken')
  }
  await expect(script('npm run any', err, broken)).rejects.toThrow(RangeError)
})
