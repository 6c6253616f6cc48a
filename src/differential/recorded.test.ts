import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { connectReference } from '../subject/reference.ts'
import type { Answers } from './answers.ts'
import { type Answering, Asked } from './pair.ts'
import { brief, RECORDED, type Recorded, record } from './recorded.ts'
import { Tally } from './tally.ts'

const reference = new Asked(connectReference)
afterAll(() => reference.end())

const recorded = readFileSync(RECORDED, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Recorded => JSON.parse(line))

test('there are many, and they show all that can become of an instruction', () => {
  expect(recorded.length).toBeGreaterThanOrEqual(50)
  const tally = new Tally()
  for (const { answers } of recorded) tally.add(answers)
  expect(tally.missing()).toEqual([])
})

test('they are what would be recorded today', async () => {
  const answers = new Map(recorded.map((each) => [each.of.name, each.answers]))
  const long: Answers = { begun: 'None', calls: [], constants: { 'f0 constant 0': 'x'.repeat(10_000) } }
  const answering: Answering = { answers: async ({ name }) => answers.get(name) ?? long }
  expect(await record(50, answering, answering)).toEqual(recorded)
})

test('what is known to differ is not recorded', async () => {
  const [first, second] = recorded.slice(0, 2) as [Recorded, Recorded]
  const answers = new Map(recorded.map((each) => [each.of.name, each.answers]))
  // The items of a set, in another order.
  const withSet = (set: string): Answers => ({ ...first.answers, calls: [{ outcome: set, changed: {} }] })
  const answeringWith = (set: string): Answering => ({
    answers: async ({ name }) => (name === first.of.name ? withSet(set) : (answers.get(name) ?? second.answers)),
  })
  const names = (await record(1, answeringWith('{1, 2}'), answeringWith('{2, 1}'))).map(({ of }) => of.name)
  expect(names).not.toContain(first.of.name)
})

test('a failure is not recorded', async () => {
  const failing: Answering = { answers: async () => ({ begun: 'the subject failed: it is gone', calls: [], constants: {} }) }
  await expect(record(1, failing, failing)).rejects.toThrow('seed 1: the subject failed: it is gone')
})

test.for(recorded)('the reference answers to $of.name as CPython did', async ({ of, answers }) => {
  expect(brief(await reference.answers(of))).toEqual(answers)
})
