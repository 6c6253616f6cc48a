import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { resultsOf } from './results.ts'
import { sampleLog, sampleResults } from './sample/sample-log.ts'
import { failed, raced, SAMPLED, scenario, thus } from './sample/sample-steps.ts'
import { tableOf } from './table.ts'

const plain = { color: false, width: 80 }

test('without colours there is no control character but the line feed, whatever the subject says', () => {
  const text = tableOf(sampleResults(), plain)
  expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\u202e/u)
  expect(text).toContain('⟨U+001B⟩[31m')
})

test('colours add nothing but colours', () => {
  const colored = tableOf(sampleResults(), { color: true, width: 80 })
  expect(colored).toContain('\u001b[')
  expect(stripVTControlCharacters(colored)).toBe(tableOf(sampleResults(), plain))
})

test.each([60, 80, 120])('no requirement is wider than %i characters', (width) => {
  const lines = tableOf(sampleResults(), { color: false, width }).split('\n')
  const rows = lines.filter((line) => /^ {2}[A-Z]+-\d\d/.test(line))
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.filter((line) => line.length > width)).toEqual([])
})

test('a requirement is one line: id, scenarios, verdict, sentence', () => {
  expect(tableOf(sampleResults(), plain)).toMatch(/^ {2}BRC-03 {5}2 {2}fail {16}\S.*…$/m)
})

test('a chapter of which nothing was run is one line', () => {
  expect(tableOf(sampleResults(), plain)).toContain('Freelists: 6 not run, chapter flist is not built yet\n')
})

test('a chapter that the user left out says no reason that it does not have', () => {
  const log = sampleLog({ scenarios: [scenario('BRC-01.1', '', 'good', [])] })
  const requirements = log.requirements.map(({ notRun: _, ...requirement }) => requirement)
  expect(tableOf(resultsOf({ ...log, requirements }), plain)).toContain('Freelists: 6 not run\n')
})

test('a failure is told with its rule, step, comparison and the command that runs it again', () => {
  const observed = 'it is freed: expected {"alive":false}, observed {\n"alive":true}'
  const { start, steps, end } = scenario(
    'BRC-03.1',
    'Only a merged count can tell',
    'The owner is gone',
    [failed(thus('the object is freed'), observed)],
    {
      verdict: 'fail',
      reason: observed,
      stderr: Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n'),
    },
  )
  expect(tableOf(sampleResults({ scenarios: [{ start, steps, end }] }), plain)).toContain(`
fail  BRC-03.1  The owner is gone
  rule      Only a merged count can tell
  at        Then the object is freed
  compared  it is freed
  expected  {"alive":false}
  observed  {
            "alive":true}
  stderr    line 12
            line 13
            line 14
            line 15
            line 16
            line 17
            line 18
            line 19
  again     npx ftspec run --scenario BRC-03.1 --subject 'node ./acme/adapter.js --quick'
`)
})

test('passing scenarios are not listed', () => {
  const text = tableOf(sampleResults({ scenarios: [scenario('BRC-01.1', '', 'good', [])] }), plain)
  expect(text).not.toContain('BRC-01.1')
})

test('the totals come last, with the time', () => {
  const text = tableOf(sampleResults({ scenarios: [scenario('BRC-01.1', '', 'good', [])] }), plain)
  expect(text).toMatch(
    /\n\n102 requirements: 1 pass, 101 not-run\n1 scenario: 1 pass in 4\.2 s\n\nWhether acme-threads 0\.3\.0 conforms is open: [^\n]*\n$/,
  )
})

test('races come behind the totals, those before that did not come to all that is expected', () => {
  const scenarios = [
    scenario('BRC-10.18', '', 'seen', [raced([999, 1], SAMPLED)]),
    scenario('BRC-10.9', '', 'not seen', [raced([1000], SAMPLED)]),
    scenario('QSBR-02.7', '', 'in part', [raced([0, 7], { complete: false, limitedBy: 'bound', bound: 2 })]),
    scenario('QSBR-03.1', '', 'all of it', [raced([3, 4])]),
  ]
  expect(tableOf(sampleResults({ scenarios }), plain)).toContain(`
Not seen yet, though expected
  BRC-10.9   sampled, 1 of 2 expected outcomes seen in 1,000 runs
  QSBR-02.7  not every order (bound 2), 1 of 2 expected outcomes seen in 7 runs

102 requirements: 3 pass, 99 not-run
4 scenarios: 4 pass in 4.2 s
4 races: 1 in every order, 1 only in part, 2 only sampled; in 2 not everything was seen that is expected
`)
})

test('of many races that are open the first are listed', () => {
  const scenarios = Array.from({ length: 22 }, (_, index) => scenario(`BRC-10.${index + 1}`, '', '', [raced([1], SAMPLED)]))
  expect(tableOf(sampleResults({ scenarios }), plain)).toContain('\n  and 2 more\n')
})

test('a race that failed says how far it was tried', () => {
  const of = scenario('BRC-10.1', '', 'race', [failed(raced([3], { ...SAMPLED, failed: true }), 'no')], { verdict: 'fail', reason: 'no' })
  expect(tableOf(sampleResults({ scenarios: [of] }), plain)).toContain(
    '  at        Then the outcomes are:\n  tried     sampled until it failed, 1 of 2 expected outcomes seen in 3 runs\n  because   no\n',
  )
})

test('many failures are counted rather than listed', () => {
  const scenarios = Array.from({ length: 30 }, (_, index) =>
    scenario(`BRC-01.${index + 1}`, '', 'bad', [], { verdict: 'fail', reason: 'no' }),
  )
  const text = tableOf(sampleResults({ scenarios }), plain)
  expect(text.match(/^fail {2}BRC/gm)).toHaveLength(20)
  expect(text).toContain('\nand 10 more that are not as they should be\n')
})

test('what a list knows of is told with the reason and where it is reported, and so is the list', () => {
  const scenarios = Array.from({ length: 22 }, (_, index) =>
    scenario(`BRC-01.${index + 1}`, '', 'known', [], {
      verdict: 'expected-failure',
      reason: 'no',
      known: { reason: 'a gap', ...(index === 0 && { link: 'https://example.org/1' }) },
    }),
  )
  const text = tableOf(sampleResults({ scenarios, header: { list: 'lists/known.txt' } }), plain)
  expect(text).toContain('\nKnown to fail\n  BRC-01.1   a gap (https://example.org/1)\n  BRC-01.2   a gap\n')
  expect(text).toContain('\n  BRC-01.20  a gap\n  and 2 more\n')
  expect(text).toMatch(/\n22 scenarios: .*\nHeld against the known failures in lists\/known\.txt\n/)
  expect(tableOf(sampleResults(), plain)).not.toMatch(/Known to fail|Held against/)
  expect(tableOf(sampleResults({ scenarios: scenarios.slice(0, 20) }), plain)).not.toMatch(/and \d+ more/)
})

test('why scenarios were not begun is told once for all of them', () => {
  const reasons = ['it took too long', 'it took too long', 'it took too long', 'a storm']
  const scenarios = reasons.map((reason, index) => scenario(`BRC-01.${index + 1}`, '', '', [], { verdict: 'not-run', reason }))
  expect(tableOf(sampleResults({ scenarios }), plain)).toContain(`
not-run  3 scenarios: it took too long
not-run  1 scenario: a storm

102 requirements`)
})

test('an incomplete log says so before the totals', () => {
  const text = tableOf(sampleResults({ lost: ['BRC-13.1'], ends: false }), plain)
  expect(text).toContain('\nINCOMPLETE: 1 of 25 planned scenarios came to no end\n  line 245: the log ends here without a footer. ')
  expect(text).toMatch(/scenarios: [^\n]*crash\n\nacme-threads 0\.3\.0 does not conform: /)
})

test('a log with many faults shows the first of them', () => {
  const log = sampleLog()
  const faults = Array.from({ length: 13 }, (_, index) => ({ line: index + 2, problem: 'odd', remedy: 'Run it again.' }))
  const text = tableOf(resultsOf({ ...log, faults, complete: false }), plain)
  expect(text).toContain('  line 11: odd. Run it again.\n  and 3 more lines\n')
})

test('a log of nothing is a table of nothing', () => {
  const log = sampleLog({ scenarios: [] })
  expect(tableOf(resultsOf({ ...log, requirements: [] }), plain)).toBe(
    '0 requirements: none\n0 scenarios: none in 4.2 s\n\nacme-threads 0.3.0 claims nothing that this suite can check\n',
  )
})
