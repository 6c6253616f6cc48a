import { expect, test } from 'vitest'
import { failureText } from '../../verdict/order.ts'
import type { Exchange, ScenarioEnd } from '../log.ts'
import { resultsOf, type ScenarioResult } from '../results.ts'
import { sampleLog } from '../sample/sample-log.ts'
import { failed, NOTHING_LEFT, raced, SAMPLED, type SampleStep, scenario, thus } from '../sample/sample-steps.ts'
import { prose, scenarioSection } from './scenario.ts'

const result = (steps: readonly SampleStep[], ending: Partial<ScenarioEnd> = {}): ScenarioResult =>
  resultsOf(sampleLog({ scenarios: [scenario('BRC-01.1', 'a rule', 'a name', steps, ending)] })).scenarios[0] as ScenarioResult
const section = (...args: Parameters<typeof result>): string => scenarioSection(result(...args), null).text

test('a scenario can be linked to, and is closed unless it needs a look', () => {
  expect(section([])).toMatch(/^<details class=s id="BRC-01\.1" data-v=pass><summary>.*<a class=id href="#BRC-01\.1">/)
  for (const verdict of ['fail', 'crash', 'error'] as const) expect(section([], { verdict })).toContain(`data-v=${verdict} open>`)
  for (const verdict of ['unsupported', 'inconclusive'] as const) expect(section([], { verdict })).toContain(`data-v=${verdict}>`)
})

test('how far its race was tried stands beside its name', () => {
  expect(section([raced([3], SAMPLED)])).toContain(
    '<span class=name>a name <small>sampled, 1 of 2 expected outcomes seen in 3 runs</small></span>',
  )
})

test('the order that shows why a race failed is drawn, and can be run again', () => {
  const order = [{ step: 1, actor: 'Ada', operation: 'add', at: 'main', read: '1', wrote: '3', guilty: true }]
  const failing = (reply: object, token?: string) => {
    const request = { programs: { Ada: [{ op: 'qsbr.advance' }] }, observe: [], ...(token !== undefined && { token }) }
    const exchange = { method: 'race', request, reply: { ...RESULT, ...reply } } as Exchange
    const step = { ...failed(raced([0, 0, 1]), 'wrong'), exchanges: [exchange] }
    const reason = failureText('wrong', order, 'npx ftspec replay BRC-01.1:x1s2.a1.b2')
    return section([step], { verdict: 'fail', reason })
  }
  const failure = { kind: 'invariant', message: 'wrong', token: 'x1s2.a1.b2', steps: order }
  for (const html of [failing({ failure }), failing({ order }, 'x1s2.a1.b2')]) {
    expect(html).toContain('<dt>because<dd class=pre>wrong<dt>again')
    expect(html).toContain('<dt>replay<dd><code class=copy>npx ftspec replay BRC-01.1:x1s2.a1.b2</code>')
    expect(html).toContain('aria-label="The order that shows it, of BRC-01.1"')
  }
  expect(failing({})).not.toContain('aria-label="The order')
})

const RESULT = { how: 'explored', complete: false, schedules: 1, outcomes: [] }

test('a failed comparison is laid out with the step it happened at', () => {
  const reason = 'it is freed: expected true, observed <false>'
  expect(section([failed(thus('the object is freed'), reason)], { verdict: 'fail', reason })).toContain(
    '<dl class="why fail"><dt>at<dd>Then the object is freed<dt>compared<dd>it is freed<dt>expected<dd><code>true</code><dt>observed<dd><code>&lt;false&gt;</code><dt>again<dd><code class=copy>npx ftspec run --requirement BRC-01</code></dl>',
  )
})

test('any other reason is told as it is, with the last words of the subject', () => {
  const text = section([], { verdict: 'crash', reason: 'it died', stderr: 'aborted\n<core>' })
  expect(text).toContain('<dl class="why crash"><dt>because<dd class=pre>it died<dt>stderr<dd><pre>aborted\n&lt;core&gt;</pre><dt>again')
  expect(section([], { verdict: 'crash', reason: 'it died', stderr: '' })).not.toContain('stderr')
})

test('checks, witnesses, what is left behind and how the runtime was started are told', () => {
  const { start, end, ...rest } = result([], {
    summary: { checks: 3, census: { ...NOTHING_LEFT, locks: 2 }, witnesses: ['queued', 'merged'], missing: ['merged'] },
  })
  const tags = ['@BRC-01', '@sees:queued', '@build:default', '@env:A=1']
  const text = scenarioSection({ ...rest, end, start: start && { ...start, tags } }, null).text
  expect(text).toContain('<dt>checks<dd>3')
  expect(text).toContain('<dt>must have seen<dd>queued, merged (never seen)')
  expect(text).toContain('<dt>left behind<dd>2 locks')
  expect(text).toContain('<dt>runtime<dd>@build:default @env:A=1</div>')
})

test('what is not known is not told', () => {
  const { end, ...rest } = result([])
  const text = scenarioSection({ ...rest, end: end && { record: 'scenario-end', id: end.id, verdict: 'pass', duration: 1 } }, null).text
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
  const text = scenarioSection(lost, null).text
  expect(text).toContain('not reached')
  expect(text).not.toContain('<table')
})

test('the command that runs it again is told where something is wrong', () => {
  expect(section([])).not.toContain('npx ftspec')
  const wrong = result([], { verdict: 'fail', reason: 'no' })
  expect(scenarioSection(wrong, 'python3 a.py').text).toContain('npx ftspec run --requirement BRC-01 --subject &#39;python3 a.py&#39;')
})

test('prose keeps its paragraphs and nothing else', () => {
  expect(prose('  One\n  two.\n\n \nThree.\n').text).toBe('<p class=prose>One two.</p><p class=prose>Three.</p>')
  expect(prose('').text).toBe('')
})
