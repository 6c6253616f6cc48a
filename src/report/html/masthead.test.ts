import { expect, test } from 'vitest'
import type { Log } from '../log-reader.ts'
import { resultsOf } from '../results.ts'
import { HELLO, type Sample, sampleLog } from '../sample/sample-log.ts'
import { raced, SAMPLED, scenario } from '../sample/sample-steps.ts'
import { masthead } from './masthead.ts'

const good = [scenario('BRC-01.1', '', 'a', []), scenario('BRC-01.2', '', 'b', [])]
const of = (log: Log): string => masthead(resultsOf(log)).text
const sample = (more: Sample = {}): string => of(sampleLog({ scenarios: good, ...more }))

test('a complete log says nothing of being incomplete', () => {
  expect(sample()).not.toContain('role=alert')
})

test('an incomplete log says so before anything else', () => {
  const text = sample({ lost: ['BRC-02.1'], ends: false })
  expect(text).toMatch(/^<div class=warning role=alert><strong>This report is incomplete: 1 of 3 planned scenarios came to no end\./)
  expect(text).toMatch(/<li>Line \d+: the log ends here without a footer\. /)
})

test('a run that came to its end and lost scenarios says so', () => {
  expect(sample({ lost: ['BRC-02.1'] })).toMatch(
    /^<div class=warning role=alert><strong>The run lost 1 scenario: planned, and without a result\.<\/strong><\/div>/,
  )
})

test('of many faults the first are told', () => {
  const faults = Array.from({ length: 25 }, (_, index) => ({ line: index + 2, problem: '<odd>', remedy: 'Run it again.' }))
  const text = of({ ...sampleLog({ scenarios: good }), faults, complete: false })
  expect(text.match(/<li>Line \d+: &lt;odd&gt;/g)).toHaveLength(20)
  expect(text).toContain('5 more lines like these.')
})

test('the headline counts what passed', () => {
  expect(sample()).toContain('All 2 scenarios pass.')
  expect(sample({ lost: ['BRC-02.1'] })).toContain('2 of 3 scenarios pass.')
  expect(sample({ scenarios: [] })).toContain('No scenario was run.')
  expect(sample({ scenarios: [scenario('BRC-01.1', '', '', [], { verdict: 'fail' })] })).toContain('0 of 1 scenario passes.')
  expect(sample({ scenarios: [scenario('BRC-01.1', '', '', [])] })).toContain('The scenario passes.')
})

test('every verdict that somebody got can be filtered by', () => {
  expect(sample()).toContain('<input type=checkbox name=verdict value=pass><span class="v pass">pass</span> 2')
  expect(sample()).not.toContain('value=fail')
})

test('the subject says who it is and what it claims', () => {
  const text = sample()
  expect(text).toContain('<h1>acme-threads 0.3.0</h1>')
  expect(text).toContain('<dd><code>node ./acme/adapter.js --quick</code>')
  expect(text).toContain('thread (core), brc (core, extended), dfree (core)')
  expect(text).toContain('<p class="judgement open"><span aria-hidden=true>?</span> Whether acme-threads 0.3.0 conforms is open: ')
  expect(sample({ hello: { ...HELLO, profiles: [] } })).toContain('<dt>claims<dd>nothing')
})

test('an interpreter and a list of known failures are named', () => {
  const text = sample({ header: { command: 'cpython', python: '/opt/python', list: 'known.txt' } })
  expect(text).toContain('<dt>started by<dd><code>cpython</code></div><div><dt>interpreter<dd><code>/opt/python</code>')
  expect(text).toContain('<dt>held against<dd><code>known.txt</code>')
  expect(sample()).not.toMatch(/<dt>(interpreter|held against)/)
})

test('a subject that never said who it is is not made up', () => {
  const text = sample({ hello: null, header: { command: null } })
  expect(text).toContain('a subject that never said its name')
  expect(text).not.toContain('<dt>claims')
  expect(text).toContain('<p class="judgement open"><span aria-hidden=true>?</span> The subject never said what it claims.')
  expect(text).toContain('<dt>started by<dd>this process')
})

test('what was selected is told', () => {
  expect(sample()).toContain('<dt>selection<dd>everything')
  const selection = { chapters: ['brc' as const], requirements: ['QSBR-01'] }
  expect(sample({ header: { selection } })).toContain('<dt>selection<dd>brc, QSBR-01')
})

test('how the races were tried is told, if there were any', () => {
  const races = [scenario('BRC-10.1', '', '', [raced([3, 4])]), scenario('BRC-10.2', '', '', [raced([3], SAMPLED)])]
  expect(sample({ scenarios: races })).toContain(
    '<p class=headline>All 2 scenarios pass. 2 races: 1 in every order, 1 only sampled; in 1 not everything was seen that is expected.</p>',
  )
  expect(sample()).toContain('<p class=headline>All 2 scenarios pass.</p>')
})

test('how long it took is told by a run that came to its end', () => {
  expect(sample()).toContain('<dt>took<dd>4.2 s')
  expect(sample({ ends: false })).not.toContain('<dt>took')
})

test('who was judged and what came of it stands first, then what is wrong, then what chooses among the scenarios', () => {
  const text = sample({ scenarios: [scenario('BRC-01.1', '', 'first', [], { verdict: 'fail', reason: 'no' })] })
  expect(text).toMatch(
    /<h1>.*<p class="judgement fails">.*<h2 id=wrong>Needs a look.*<form class=filter.*How to read the drawings.*<dl class=about>/s,
  )
})
