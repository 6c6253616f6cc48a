import { expect, test } from 'vitest'
import { VERDICTS, type Verdict } from '../verdict/verdict.ts'
import { conformanceOf } from './conformance.ts'
import { HELLO, type Sample, sampleHeader, sampleResults } from './sample/sample-log.ts'
import { scenario } from './sample/sample-steps.ts'

const hello = { ...HELLO, name: 'acme', version: '1', profiles: [{ chapter: 'total' as const, level: 'core' as const }] }

/** What is said of a run in which both core requirements of a chapter came to this. */
const said = (verdicts: readonly Verdict[], sample: Sample = {}): string => {
  const scenarios = verdicts.map((verdict, index) =>
    scenario(`TOTAL-0${index + 1}.1`, '', '', [], verdict === 'pass' ? {} : { verdict, reason: 'so it is' }),
  )
  const { standing, sentence } = conformanceOf(sampleResults({ hello, scenarios, ...sample }))
  expect(standing).toBe(/ conforms: /.test(sentence) ? 'conforms' : / does not conform: /.test(sentence) ? 'fails' : 'open')
  return sentence
}

test('who passes all that it claims conforms', () => {
  expect(said(['pass', 'pass'])).toBe('acme 1 conforms: all 2 requirements that it claims and that this suite can check pass')
})

test('what is claimed and cannot be checked yet is told', () => {
  const more = { ...hello, profiles: [...hello.profiles, { chapter: 'heap' as const, level: 'core' as const }] }
  expect(said(['pass', 'pass'], { hello: more })).toMatch(/^acme 1 conforms: .* pass; \d+ more cannot be checked yet$/)
})

test.for(VERDICTS.filter((verdict) => verdict !== 'pass'))('nobody conforms of whom something that it claims is %s', (verdict) => {
  expect(said(['pass', verdict])).toMatch(/^(acme 1 does not conform|Whether acme 1 conforms is open): /)
})

test('who does not pass is told what stands in the way, also if a list knows of it', () => {
  for (const verdict of ['fail', 'crash', 'untestable', 'expected-failure'] as const)
    expect(said([verdict, 'skipped'])).toBe('acme 1 does not conform: it claims TOTAL-01, and does not pass')
})

test('of many that stand in the way some are named', () => {
  const profiles = [
    { chapter: 'brc' as const, level: 'core' as const },
    { chapter: 'brc' as const, level: 'extended' as const },
  ]
  const scenarios = Array.from({ length: 10 }, (_, index) =>
    scenario(`BRC-${String(index + 1).padStart(2, '0')}.1`, '', '', [], { verdict: 'fail', reason: 'no' }),
  )
  expect(said([], { hello: { ...hello, profiles }, scenarios })).toContain(
    'it claims BRC-01, BRC-02, BRC-03, BRC-04, BRC-05, BRC-06, BRC-07, BRC-08 and 2 more, and',
  )
})

test.for(['skipped', 'not-run', 'inconclusive', 'error'] as const)(
  'nobody conforms of whom something is open (%s), claimed or not',
  (verdict) => {
    expect(said(['pass', verdict])).toBe('Whether acme 1 conforms is open: of 2 requirements that it claims, 1 was not found out')
    const unclaimed = [
      scenario('TOTAL-01.1', '', '', []),
      scenario('TOTAL-02.1', '', '', []),
      scenario('BRC-01.1', '', '', [], { verdict, reason: 'so it is' }),
    ]
    expect(said([], { scenarios: unclaimed })).toBe('Whether acme 1 conforms is open: not everything was found out')
  },
)

test('a run that is incomplete leaves it open', () => {
  expect(said(['skipped', 'skipped'])).toBe('Whether acme 1 conforms is open: of 2 requirements that it claims, 2 were not found out')
  expect(said(['pass', 'pass'], { ends: false })).toBe('Whether acme 1 conforms is open: not everything was found out')
})

test('a run of a part never says that a subject conforms, only that it does not', () => {
  for (const selection of [
    { chapters: [], requirements: ['TOTAL-01'] },
    { chapters: ['total' as const], requirements: [] },
    { chapters: [], requirements: [], scenarios: ['TOTAL-01.1', 'TOTAL-02.1'] },
  ]) {
    const header = { ...sampleHeader(), planned: ['TOTAL-01.1', 'TOTAL-02.1'], selection }
    expect(said(['pass', 'pass'], { header })).toBe('Whether acme 1 conforms is open: only a part was run, of which 2 of 2 scenarios pass')
    expect(said(['pass'], { header: { ...header, planned: ['TOTAL-01.1'] } })).toContain('of which 1 of 1 scenario passes')
    expect(said(['pass', 'fail'], { header })).toContain('acme 1 does not conform: ')
  }
})

test('who claims nothing, or never said what, is not said to conform', () => {
  expect(said(['pass', 'pass'], { hello: { ...hello, profiles: [] } })).toBe('acme 1 claims nothing that this suite can check')
  const header = { ...sampleHeader(), planned: ['TOTAL-01.1'], selection: { chapters: [], requirements: ['TOTAL-01'] } }
  expect(said(['pass'], { header, hello: { ...hello, profiles: [] } })).toBe('acme 1 claims nothing that this suite can check')
  expect(said(['pass', 'pass'], { hello: null })).toBe('The subject never said what it claims')
})
