import { expect, test } from 'vitest'
import type { ScenarioEnd } from '../log.ts'
import { resultsOf, type ScenarioResult } from '../results.ts'
import { sampleLog } from '../sample/sample-log.ts'
import { failed, given, NOTHING_LEFT, raced, SAMPLED, type SampleStep, scenario, thus } from '../sample/sample-steps.ts'
import { prose, scenarioSection } from './scenario.ts'

const result = (steps: readonly SampleStep[], ending: Partial<ScenarioEnd> = {}): ScenarioResult =>
  resultsOf(sampleLog({ scenarios: [scenario('BRC-01.1', 'a rule', 'a name', steps, ending)] })).scenarios[0] as ScenarioResult
const section = (...args: Parameters<typeof result>): string => scenarioSection(result(...args), { command: null }).text

test('a scenario can be linked to, and is closed unless it needs a look', () => {
  expect(section([])).toMatch(/^<details class=s id="BRC-01\.1"><summary><a href="#BRC-01\.1">/)
  for (const verdict of ['fail', 'crash', 'error'] as const)
    expect(section([], { verdict })).toContain('<details class=s id="BRC-01.1" open>')
  for (const verdict of ['unsupported', 'inconclusive'] as const)
    expect(section([], { verdict })).toContain('<details class=s id="BRC-01.1">')
})

test('how far its race was tried stands beside its name', () => {
  expect(section([raced([3], SAMPLED)])).toContain('<span>a name <small>sampled, 1 of 2 expected outcomes seen in 3 runs</small></span>')
  expect(section([raced([3, 4])])).toContain('<span>a name <small>every order</small></span>')
})

test('checks, witnesses, what is left behind and how the runtime was started are told', () => {
  const { start, end, ...rest } = result([], {
    summary: { checks: 3, census: { ...NOTHING_LEFT, locks: 2 }, witnesses: ['queued', 'merged'], missing: ['merged'] },
  })
  const tags = ['@BRC-01', '@sees:queued', '@build:default', '@env:A=1']
  const text = scenarioSection({ ...rest, end, start: start && { ...start, tags } }, { command: null }).text
  expect(text).toContain(
    '<p class=note>features/brc/sample.feature:12 · 3 checks · must have seen queued, merged (never seen) · left behind: 2 locks · runtime @build:default @env:A=1</p>',
  )
})

test('its steps are told in their order, races apart, below the reason why it did not pass', () => {
  const text = section([given('Ada is attached'), raced([3, 4]), failed(thus('it is so'), 'no')], { verdict: 'fail', reason: 'no' })
  expect(text).toMatch(/<dl class="why fail">.*Ada is attached.*<div class=race>.*<tr class=failed>/s)
})

test('what is not known is not told', () => {
  const { end, ...rest } = result([])
  const text = scenarioSection(
    { ...rest, end: end && { record: 'scenario-end', id: end.id, verdict: 'pass', duration: 1 } },
    { command: null },
  ).text
  expect(text).not.toMatch(/checks|left behind|must have seen|runtime/)
})

test('a scenario that the run never came to says so', () => {
  const lost: ScenarioResult = {
    id: 'BRC-01.2',
    requirement: 'BRC-01',
    verdict: 'not-run',
    reason: 'broke off',
    start: undefined,
    steps: [],
    races: [],
    end: undefined,
  }
  const text = scenarioSection(lost, { command: null }).text
  expect(text).toContain('not reached')
  expect(text).not.toContain('<table')
})

test('prose keeps its paragraphs and nothing else', () => {
  expect(prose('  One\n  two.\n\n \nThree.\n').text).toBe('<p class=prose>One two.</p><p class=prose>Three.</p>')
  expect(prose('').text).toBe('')
})
