import { expect, test } from 'vitest'
import { type ChapterResult, resultsOf } from '../results.ts'
import { sampleLog } from '../sample/sample-log.ts'
import { scenario } from '../sample/sample-steps.ts'
import { chapterSection } from './chapter.ts'

const scenarios = [
  scenario('BRC-01.1', 'one rule', 'first', []),
  scenario('BRC-01.2', 'another rule', 'second', []),
  scenario('BRC-01.3', 'one rule', 'third', [], { verdict: 'fail' }),
]
const log = sampleLog({ scenarios, lost: ['BRC-02.1'], ends: false })
const chapter = (id: string, of = log): ChapterResult => resultsOf(of).chapters.find((one) => one.id === id) as ChapterResult
const brc = chapterSection(chapter('brc'), { command: null }).text

test('a chapter and each of its requirements can be linked to', () => {
  expect(brc).toContain('<section class=chapter id="brc">')
  for (const { id } of chapter('brc').requirements) expect(brc).toContain(`id="${id}"`)
})

test('a requirement is told with its sentence, verdict, level and documents', () => {
  expect(brc).toMatch(
    /<h3><a href="#BRC-01">BRC-01<\/a><span class="v fail">fail<\/span><small>core · <a href="https:\/\/github\.com\/python\/cpython\/commit\/a3af3cb4f4">S11 Biased[^<]*<\/a><\/small><\/h3><p class=sentence>An object has two counts/,
  )
  expect(brc).toMatch(/BRC-04<\/a><span class="v not-run">not-run<\/span><small>extended<\/small>/)
})

test('scenarios stand below their rule, each rule once', () => {
  expect(brc.match(/<h4>[^<]*/g)).toEqual(['<h4>one rule', '<h4>another rule'])
  expect(brc.match(/id="BRC-01\.\d/g)).toEqual(['id="BRC-01.1', 'id="BRC-01.3', 'id="BRC-01.2'])
})

test('a scenario of which no rule is known stands below its requirement', () => {
  expect(brc).toMatch(/id="BRC-02">(?:(?!<h4>|id=).)*<details class=s id="BRC-02\.1"/s)
})

test('what the features say by way of introduction is told once', () => {
  expect(brc.match(/<summary>What it is about/g)).toHaveLength(1)
  expect(brc).toContain('<p class=fname>The brc feature</p><p class=prose>Threads share what they can')
})

test('features that say nothing are not introduced', () => {
  const silent = log.scenarios.map((one) => ({
    ...one,
    start: one.start && { ...one.start, feature: { ...one.start.feature, prose: '' } },
  }))
  expect(chapterSection(chapter('brc', { ...log, scenarios: silent }), { command: null }).text).not.toContain('What it is about')
})

test('a requirement that is not built says why', () => {
  const requirements = log.requirements.map((one) => (one.id === 'BRC-13' ? { ...one, notRun: 'it needs more' } : one))
  expect(chapterSection(chapter('brc', { ...log, requirements }), { command: null }).text).toContain(
    '<p class=note>Not run: it needs more</p>',
  )
})

test('a chapter of which nothing was run is closed, with its reason and its requirements', () => {
  const heap = chapterSection(chapter('heap'), { command: null }).text
  expect(heap).toMatch(/<section class="chapter empty" id="heap">.*<details><summary>.*9 requirements: chapter heap is not built yet/)
  expect(heap).toContain('id="HEAP-09"')
  const requirements = log.requirements.map(({ notRun: _, ...one }) => one)
  expect(chapterSection(chapter('heap', { ...log, requirements }), { command: null }).text).toContain('9 requirements</summary>')
})
