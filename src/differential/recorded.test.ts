import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { connectReference } from '../subject/reference.ts'
import { Asked } from './pair.ts'
import { brief, RECORDED, type Recorded } from './recorded.ts'

const reference = new Asked(connectReference)
afterAll(() => reference.end())

const recorded = readFileSync(RECORDED, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Recorded => JSON.parse(line))

test('there are many, and instructions are specialised in them', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(30)
  const texts = JSON.stringify(recorded)
  for (const form of ['BINARY_OP_ADD_INT', 'BINARY_OP_ADD_FLOAT', 'CONTAINS_OP_SET', 'CONTAINS_OP_DICT', 'RESUME_CHECK', 'LOAD_CONST']) {
    expect(texts).toContain(form)
  }
})

test.for(recorded)('the reference answers to $of.name as CPython did', { timeout: 60_000 }, async ({ of, answers }) => {
  expect(brief(await reference.answers(of))).toEqual(answers)
})
