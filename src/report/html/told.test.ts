import { expect, test } from 'vitest'
import type { Event } from '../../protocol/messages.ts'
import type { Exchange, Step } from '../log.ts'
import { toldTable } from './told.ts'

const did = (op: string, args: Record<string, unknown> = {}, events: Event[] = []): Exchange => ({
  method: 'step',
  request: { actor: 'Ada', op, args },
  reply: { status: 'ok', facts: {}, events },
})
const step = (text: string, ...exchanges: Exchange[]): Step => ({
  record: 'step',
  scenario: 'TLBC-17.1',
  keyword: 'When',
  text,
  status: 'passed',
  exchanges,
  duration: 1,
})
const runs = (module: string): Step => step('a program', did('code.run', { module, source: 'def f(a):\n  return a < 1' }))
const watch = step('a watch', did('tool.watch', { tool: 1, events: ['line'] }))
const told = (more: Partial<Event>): Event => ({ actor: 'Ben', event: 'told', tool: 1, about: 'line', function: 'f', ...more })

test('where no tool asked for anything there is no table', () => {
  expect(toldTable([runs('program'), step('a call', did('code.call'))])).toBeUndefined()
})

test('events stand in their order beside the step, with who ran and where', () => {
  const copied: Event = { actor: 'Ben', event: 'copied' }
  const table = toldTable([
    runs('program'),
    watch,
    step('a call', did('code.call', {}, [copied, told({ line: 2 }), told({ offset: 4 })])),
  ])?.text
  expect(table).toContain(
    '<th scope=rowgroup rowspan=2>a call<td>1<td>line<td>Ben<td>f<td>line 2: return a &lt; 1<tr><td>1<td>line<td>Ben<td>f<td>unit 4</table>',
  )
})

test('an event may tell both line and unit', () => {
  const table = toldTable([runs('program'), step('a call', did('code.call', {}, [told({ line: 1, offset: 0 })]))])?.text
  expect(table).toContain('<td>line 1: def f(a):, unit 0</table>')
})

test('a call that told nothing is told too, once somebody has asked', () => {
  const table = toldTable([
    step('early', did('code.call')),
    watch,
    step('late', did('code.call')),
    step('no call', did('thread.detach')),
  ])?.text
  expect(table).toContain('<th scope=row>late<td colspan=5>nothing')
  expect(table).not.toContain('early')
  expect(table).not.toContain('no call')
})

test('what else an event says is told in words', () => {
  const table = toldTable([step('a call', did('code.call', {}, [told({ op: 'add' }), told({})]))])?.text
  expect(table).toContain('<th scope=col>With<tbody>')
  expect(table).toContain('<td>f<td><td>op add<tr><td>1<td>line<td>Ben<td>f<td><td></table>')
})

test('of several programs it is not known whose line it is', () => {
  const table = toldTable([runs('one'), runs('two'), step('a call', did('code.call', {}, [told({ line: 2 })]))])?.text
  expect(table).toContain('<td>line 2</table>')
})

test('of many events the first and the last are shown', () => {
  const events = Array.from({ length: 20 }, (_, offset) => told({ offset }))
  const table = toldTable([step('a call', did('code.call', {}, events))])?.text
  expect(table).toContain('rowspan=17')
  expect(table).toContain('<td>unit 12<tr><td colspan=5>… 4 more<tr>')
  expect(table).toContain('<td>unit 17<')
  expect(table).not.toContain('unit 13')
})

test('a step that was refused or failed, a look and a race tell of no event', () => {
  const refused: Exchange = {
    method: 'step',
    request: { actor: 'Ada', op: 'code.call', args: {} },
    reply: { refused: 'misuse', message: 'no' },
  }
  const look: Exchange = { method: 'observe', request: { of: 'thread', thread: 'Ada' } }
  expect(toldTable([watch, step('a call', refused, look)])?.text).toContain('a call<td colspan=5>nothing')
})
