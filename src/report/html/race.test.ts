import { expect, test } from 'vitest'
import type { Exchange, Step } from '../log.ts'
import { and, did, failed, given, raced, SAMPLED, type SampleStep, scenario, thus, when } from '../sample/sample-steps.ts'
import { partsOf, programsOf, type Race, raceBlock } from './race.ts'

const stepsOf = (...steps: SampleStep[]): Step[] => [...scenario('BRC-10.1', '', '', steps).steps]
const programs: SampleStep = {
  ...when('these race:'),
  table: [
    ['Ada', 'advances'],
    ['Ben', 'exits'],
    ['Ada', 'polls <goal>'],
  ],
}
const exchange: Exchange = {
  method: 'race',
  request: {
    programs: { Ada: [{ op: 'qsbr.advance' }, { op: 'qsbr.poll', args: { goal: '3' } }], Ben: [{ op: 'thread.exit' }] },
    observe: [],
  },
  reply: { how: 'explored', complete: true, schedules: 7, states: 1234, steps: 1, outcomes: [] },
}
const judged: SampleStep = { ...raced([3, 4]), exchanges: [exchange] }
const raceOf = (...steps: SampleStep[]): Race => partsOf(stepsOf(...steps)).find((part) => 'judged' in part) as Race

test('a race is what everybody does and what comes of it; what stands before and after is told apart', () => {
  const parts = partsOf(stepsOf(given('Ada is attached', did('Ada', 'thread.enter')), programs, judged, and('she is detached')))
  expect(parts.map((part) => ('judged' in part ? [part.programs?.text, part.judged.text] : part.map(({ text }) => text)))).toEqual([
    ['Ada is attached'],
    ['these race:', 'the outcomes are:'],
    ['she is detached'],
  ])
})

test('a scenario without a race is one part', () => {
  expect(partsOf(stepsOf(given('a'), thus('b')))).toHaveLength(1)
  expect(partsOf([])).toEqual([])
})

test.each([
  ['has no table', when('a')],
  ['asked something itself', { ...programs, exchanges: [did('Ada', 'thread.enter')] }],
  ['failed', failed(programs, 'no')],
] as [string, SampleStep][])('a step before that %s is no part of the race', (_, before) => {
  expect(raceOf(before, judged).programs).toBeUndefined()
})

test('each actor has its words and its operations, in their order', () => {
  expect(programsOf(raceOf(programs, judged))).toEqual([
    { actor: 'Ada', words: ['advances', 'polls <goal>'], operations: ['qsbr.advance', 'qsbr.poll 3'] },
    { actor: 'Ben', words: ['exits'], operations: ['thread.exit'] },
  ])
  expect(programsOf(raceOf(judged)).map(({ words }) => words)).toEqual([[], []])
  expect(programsOf(raceOf({ ...programs, table: [[], ['Ben']] }, raced([1])))).toEqual([
    { actor: '', words: [''], operations: [] },
    { actor: 'Ben', words: [''], operations: [] },
  ])
})

test('programs stand side by side, and what comes of them below', () => {
  const html = raceBlock(raceOf(programs, judged)).text
  expect(html).toContain(
    '<p class=said><b>When</b> these race:</p><div class=programs><div><h5>Ada</h5><ol><li>advances<li>polls &lt;goal&gt;</ol><code>qsbr.advance\nqsbr.poll 3</code></div><div>',
  )
  expect(html).toMatch(/<p class=said><b>Then<\/b> the outcomes are:<\/p><div class=scroll><table class=outcomes>/)
})

test('how far it was tried, and what that took, is told', () => {
  expect(raceBlock(raceOf(judged)).text).toContain(
    '<p class=note>Tried: every order, 2 of 2 expected outcomes seen. 7 orders, 1,234 states, 1 step.</p>',
  )
  expect(raceBlock(raceOf(raced([3], SAMPLED))).text).toContain('Tried: sampled, 1 of 2 expected outcomes seen in 3 runs.</p>')
})

test('a race that failed is marked', () => {
  expect(raceBlock(raceOf(failed(judged, 'no'))).text).toContain('the outcomes are: <em>failed</em></p>')
})
