import { expect, test } from 'vitest'
import { failureText } from '../../verdict/order.ts'
import type { Exchange, ScenarioEnd } from '../log.ts'
import { resultsOf } from '../results.ts'
import { sampleLog } from '../sample/sample-log.ts'
import { failed, raced, type SampleStep, scenario, thus, when } from '../sample/sample-steps.ts'
import { reasonBlock } from './reason.ts'

function block(steps: readonly SampleStep[], ending: Partial<ScenarioEnd>, command: string | null = null): string | undefined {
  const [result] = resultsOf(sampleLog({ scenarios: [scenario('BRC-01.1', 'a rule', 'a name', steps, ending)] })).scenarios
  return result && reasonBlock(result, { command })?.text
}

test('what passed needs no reason', () => {
  expect(block([], {})).toBeUndefined()
})

test('a failed comparison is laid out with the step it happened at', () => {
  const reason = 'it is freed: expected true, observed <false>'
  expect(block([failed(thus('it is freed'), reason)], { verdict: 'fail', reason })).toBe(
    '<dl class="why fail"><dt>at<dd>Then it is freed<dt>compared<dd>it is freed<dt>expected<dd><code>true</code><dt>observed<dd><code>&lt;false&gt;</code><dt>again<dd><code class=copy>npx ftspec run --scenario BRC-01.1</code></dl>',
  )
})

test('objects are compared field by field', () => {
  const reason = 'it is freed: expected {"alive":false}, observed {"alive":true}'
  expect(block([failed(thus('it is freed'), reason)], { verdict: 'fail', reason })).toContain('<dt>fields<dd><table class=compared>')
})

test('any other reason is told as it is, with the last words of the subject', () => {
  const text = block([], { verdict: 'crash', reason: 'it died\nat once', stderr: 'aborted\n<core>' })
  expect(text).toContain(
    '<dl class="why crash"><dt>because<dd class=pre>it died\nat once<dt>stderr<dd><pre>aborted\n&lt;core&gt;</pre><dt>again',
  )
  expect(block([], { verdict: 'crash', reason: 'it died', stderr: '' })).not.toContain('stderr')
})

test('what is known of a failure is told first, and linked if it is on the web', () => {
  const known = (link?: string) =>
    block([], { verdict: 'expected-failure', reason: 'no', known: { reason: 'a <gap>', ...(link !== undefined && { link }) } })
  expect(known()).toContain('<dl class="why expected-failure"><dt>known<dd>a &lt;gap&gt;<dt>because<dd class=pre>no')
  expect(known('https://example.org/1')).toContain('a &lt;gap&gt; <a href="https://example.org/1">https://example.org/1</a><dt>')
  expect(known('javascript:alert(1)')).toContain('a &lt;gap&gt; javascript:alert(1)<dt>')
  expect(block([], { verdict: 'fail', reason: 'no' })).not.toContain('known')
})

test('the command that runs it again names the subject', () => {
  expect(block([], { verdict: 'fail', reason: 'no' }, 'python3 a.py')).toContain(
    'npx ftspec run --scenario BRC-01.1 --subject &#39;python3 a.py&#39;',
  )
})

const order = [{ step: 1, actor: 'Ada', operation: 'add', at: 'main', read: '1', wrote: '3', guilty: true }]
const failure = { kind: 'invariant', message: 'wrong', token: 'x1s2.a1.b2', steps: order }
const request = { programs: { Ada: [{ op: 'qsbr.advance' }, { op: 'thread.exit' }], Ben: [{ op: 'thread.exit' }] }, observe: [] }

function failing(times: readonly number[], reply: object, token?: string, before: readonly SampleStep[] = []): string | undefined {
  const exchange = {
    method: 'race',
    request: { ...request, ...(token !== undefined && { token }) },
    reply: { how: 'explored', complete: false, schedules: 1, outcomes: [], ...reply },
  } as Exchange
  const step = { ...failed(raced(times), 'wrong'), exchanges: [exchange] }
  const reason = failureText('wrong', order, 'npx ftspec replay BRC-01.1:x1s2.a1.b2')
  return block([...before, step], { verdict: 'fail', reason })
}

test('a failed race says what raced and why it failed, how to run that order again, and then draws it', () => {
  for (const html of [failing([], { failure }), failing([], { order }, 'x1s2.a1.b2')]) {
    expect(html).toMatch(
      /<dl class="why fail"><dt>raced<dd><b>Ada<\/b> qsbr\.advance, then thread\.exit, while <b>Ben<\/b> thread\.exit<dt>because<dd class=pre>wrong<dt>replay<dd><code class=copy>npx ftspec replay BRC-01\.1:x1s2\.a1\.b2<\/code><dt>again<dd>.*<\/dl><div class=scroll><table class=order><caption>The order that shows it/,
    )
  }
  expect(failing([], {})).not.toContain('<table class=order>')
})

test('what raced is told in the words of the feature', () => {
  const programs = {
    ...when('these race:'),
    table: [
      ['Ada', 'advances'],
      ['Ada', 'exits'],
      ['Ben', 'exits'],
    ],
  }
  expect(failing([], { failure }, undefined, [programs])).toContain(
    '<dt>raced<dd><b>Ada</b> advances, then exits, while <b>Ben</b> exits<dt>',
  )
})

test('three who race are told in one sentence', () => {
  const programs = {
    ...when('these race:'),
    table: [
      ['Ada', 'advances'],
      ['Ben', 'exits'],
      ['Cleo', 'polls'],
    ],
  }
  expect(failing([], { failure }, undefined, [programs])).toContain('<b>Ada</b> advances, while <b>Ben</b> exits and <b>Cleo</b> polls<dt>')
})

test('an outcome that must not be stands beside the one that it comes closest to', () => {
  expect(failing([1, 0, 0, 2], { order }, 'x')).toContain(
    '<dt>outcome<dd><table class=compared><thead><tr><td><th scope=col>nearest that may be<td><th scope=col>observed<tbody><tr class=differs><th scope=row>Ben<td>granted<td>≠<td>lost</table>',
  )
  expect(failing([1, 1], { failure })).not.toContain('<dt>outcome')
})
