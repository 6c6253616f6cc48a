import { expect, test } from 'vitest'
import { resultsOf } from '../results.ts'
import { sampleLog } from '../sample/sample-log.ts'
import { raced, SAMPLED, type SampleScenario, scenario } from '../sample/sample-steps.ts'
import { attention } from './attention.ts'

const listed = (...scenarios: SampleScenario[]): string => attention(resultsOf(sampleLog({ scenarios }))).text
const failing = (id: string, name: string, reason: string) => scenario(id, '', name, [], { verdict: 'fail', reason })

test('where all is well nothing needs a look', () => {
  expect(listed(scenario('BRC-01.1', '', '', [raced([1, 1])]), scenario('BRC-01.2', '', '', [], { verdict: 'inconclusive' }))).toBe('')
})

test('what is wrong stands below its requirement, with the sentence of the rule', () => {
  const text = listed(failing('BRC-01.1', 'first', 'no'), failing('BRC-02.1', 'second', 'no'))
  expect(text).toMatch(
    /<h2 id=wrong>Needs a look<\/h2>.*<a class=id href="#BRC-01">BRC-01<\/a> An object has two counts.*#BRC-01\.1.*href="#BRC-02">.*#BRC-02\.1/s,
  )
  expect(text).toContain('<span class="v fail">fail</span><span>no <small><a href="#BRC-01.1">BRC-01.1</a> first</small></span>')
})

test('what fails for the same reason is told once', () => {
  const crash = scenario('BRC-01.4', '', '', [], { verdict: 'crash', reason: 'left behind' })
  const text = listed(
    failing('BRC-01.1', 'a', 'left behind'),
    failing('BRC-01.2', 'b', 'gone'),
    failing('BRC-01.3', 'c', 'left behind'),
    crash,
  )
  expect(text.match(/left behind/g)).toHaveLength(2)
  expect(text).toContain('left behind <small>2 scenarios: <a href="#BRC-01.1">BRC-01.1</a> <a href="#BRC-01.3">BRC-01.3</a> </small>')
})

test('of many that fail in the same way the first are linked', () => {
  const many = Array.from({ length: 14 }, (_, index) => failing(`BRC-01.${index + 1}`, '', 'no'))
  expect(listed(...many)).toMatch(/14 scenarios: .*#BRC-01\.12".*and 2 more</)
  expect(listed(...many)).not.toContain('#BRC-01.13')
})

test('a comparison tells only the fields that differ', () => {
  const reason = 'it is freed: expected {"alive":false,"state":"merged"}, observed {"alive":true,"state":"merged"}'
  expect(listed(failing('BRC-01.1', '', reason))).toContain('<span>it is freed: alive false ≠ true <small>')
  expect(listed(failing('BRC-01.1', '', 'who: expected "Ada", observed "Ben"'))).toContain(
    'who: expected &quot;Ada&quot;, observed &quot;Ben&quot; <small>',
  )
})

test('comparisons of the same thing that differ in other ways are told together, without saying how', () => {
  const text = listed(failing('BRC-01.1', '', 'count: expected 1, observed 2'), failing('BRC-01.2', '', 'count: expected 3, observed 2'))
  expect(text).toContain('<span>count <small>2 scenarios')
})

test('of a reason with an order of operations the first line is told, and nothing of it is markup', () => {
  const text = listed(failing('BRC-10.1', '', '<b>\u202e\nstep actor\nAgain: x'))
  expect(text).toContain('<span>&lt;b&gt;⟨U+202E⟩ <small>')
  expect(text).not.toContain('step actor')
})

test('an error of the suite, and what failed without a reason or a beginning, are listed too', () => {
  expect(listed(scenario('BRC-01.1', '', 'x', [], { verdict: 'error' }))).toContain('<span class="v error">error</span><span> <small>')
  const results = resultsOf(sampleLog({ scenarios: [failing('BRC-01.1', 'x', 'no')] }))
  const chapters = results.chapters.map((chapter) => ({
    ...chapter,
    requirements: chapter.requirements.map((requirement) => ({
      ...requirement,
      scenarios: requirement.scenarios.map((one) => ({ ...one, start: undefined })),
    })),
  }))
  expect(attention({ ...results, chapters }).text).toContain('<a href="#BRC-01.1">BRC-01.1</a> </small>')
})

test('outcomes that are expected and were not seen yet are listed, with how often it was tried', () => {
  const text = listed(
    scenario('BRC-10.1', '', 'A race', [raced([30], SAMPLED)]),
    scenario('BRC-10.2', '', 'Another', [raced([1, 1], SAMPLED)]),
  )
  expect(text).toContain('<h2 id=unseen>Expected, and not seen yet</h2>')
  expect(text).toContain('<a class=id href="#BRC-10.1">BRC-10.1</a> A race <small>Ben: denied, not in 30 runs</small>')
  expect(text).not.toContain('BRC-10.2')
})

test('an outcome of a race whose table is not known is told without headings', () => {
  const { table: _, ...race } = raced([30], SAMPLED)
  expect(listed(scenario('BRC-10.1', '', 'A race', [race]))).toContain('<small>denied, not in 30 runs</small>')
})

test('what failed is not listed as not seen yet', () => {
  const race = scenario('BRC-10.1', '', '', [raced([0, 0, 0, 1], SAMPLED)], { verdict: 'fail', reason: 'no' })
  expect(listed(race)).not.toContain('not seen yet')
})
