import { expect, test } from 'vitest'
import type { Instruction, StateOf } from '../../protocol/states.ts'
import type { Exchange, Step } from '../log.ts'
import { bytecodeBlock } from './bytecode.ts'

const add = (form: string, value: number): Instruction => ({
  offset: 3,
  name: 'BINARY_OP',
  form,
  argument: 13,
  line: 2,
  counter: { value, backoff: 1 },
})
const resume = (form: string): Instruction => ({ offset: 0, name: 'RESUME', form, argument: 0, line: 1, counter: null })

const saw = (thread: string, copy: string | null, instructions: Instruction[] = [], main = copy === 'main'): Exchange => ({
  method: 'observe',
  request: { of: 'copy', module: 'program', code: 'f', thread },
  reply: { of: 'copy', copy, main, instructions },
})
const sawArray = (size: number | null, entries: StateOf<'copies'>['entries']): Exchange => ({
  method: 'observe',
  request: { of: 'copies', module: 'program', code: 'f' },
  reply: { of: 'copies', size, entries },
})
const did = (op: string, args: Record<string, unknown> = {}): Exchange => ({
  method: 'step',
  request: { actor: 'Ada', op, args },
  reply: { status: 'ok', facts: {}, events: [] },
})
const step = (text: string, ...exchanges: Exchange[]): Step => ({
  record: 'step',
  scenario: 'TLBC-01.1',
  keyword: 'Then',
  text,
  status: 'passed',
  exchanges,
  duration: 1,
})
const program = step('Ada runs this program:', did('code.run', { module: 'program', source: 'def f(a):\n  return a < 1' }))
const call = (text: string): Step => step(text, did('code.call'))

test('a scenario that saw no copy shows none', () => {
  expect(bytecodeBlock([program])).toBeUndefined()
  const unanswered: Exchange = { method: 'observe', request: { of: 'copies', module: 'program', code: 'f' } }
  const other: Exchange = { method: 'observe', request: { of: 'thread', thread: 'Ada' } }
  expect(bytecodeBlock([step('so', unanswered, other)])).toBeUndefined()
})

test('copies stand side by side, the main one first, with the form, the counter and the source', () => {
  const block = bytecodeBlock([
    program,
    step('so', saw('Ben', '1', [add('BINARY_OP', 2)]), saw('Cleo', null)),
    step('and so', saw('Ada', 'main', [resume('INSTRUMENTED_RESUME'), add('BINARY_OP_ADD_INT', 4)])),
  ])?.text
  expect(block).toContain('<th scope=colgroup colspan=3>after: Ada runs this program<tr>')
  expect(block).toContain(
    '<th scope=col>Ada<small>main copy</small><th scope=col>Ben<small>a copy of its own</small><th scope=col>Cleo<small>no copy</small>',
  )
  expect(block).toContain(
    '<tr class=line><th scope=row><small>1 def f(a):</small><i>0</i>RESUME<td><code>◉ INSTRUMENTED_RESUME</code><td>–<td rowspan=2>–',
  )
  expect(block).toContain('<small>2 return a &lt; 1</small><i>3</i>BINARY_OP 13<td><code>▲ BINARY_OP_ADD_INT</code> <small>4/1</small>')
  expect(block).toContain('<td>general <small>2/1</small></table>')
  expect(block).not.toContain('<b>')
})

test('a line stands above the first of its instructions only', () => {
  const block = bytecodeBlock([step('so', saw('Ada', 'main', [add('BINARY_OP', 2), { ...add('BINARY_OP', 2), offset: 5 }]))])?.text
  expect(block).toContain('<th scope=colgroup>at first')
  expect(block).toContain('<tr class=line><th scope=row><small>2 </small><i>3</i>')
  expect(block).toContain('<tr><th scope=row><i>5</i>')
})

test('threads that run the same copy share a column', () => {
  const block = bytecodeBlock([step('so', saw('Ada', 'main', [resume('RESUME')]), saw('Ben', 'main', [resume('RESUME')]))])?.text
  expect(block).toContain('<th scope=col>Ada, Ben<small>main copy</small>')
})

test('what a step changed is marked, beside what it was before', () => {
  const block = bytecodeBlock([
    step('so', saw('Ada', 'main', [resume('RESUME'), add('BINARY_OP', 0)])),
    call('Ada calls f(1)'),
    step('so', saw('Ada', 'main', [resume('RESUME'), add('BINARY_OP_ADD_INT', 52)])),
    call('Ada calls f(2)'),
    step('so', saw('Ada', 'main', [resume('RESUME'), add('BINARY_OP_ADD_INT', 51)])),
  ])?.text
  expect(block).toContain(
    '<td>general <small>0/1</small><td><b><code>▲ BINARY_OP_ADD_INT</code> <small>52/1</small></b><td><b><code>▲ BINARY_OP_ADD_INT</code> <small>51/1</small></b>',
  )
  expect(block).toContain('RESUME<td>general<td>=<td>=')
})

test('a copy is compared with itself, whoever runs it', () => {
  const block = bytecodeBlock([
    step('so', saw('Ben', '1', [resume('RESUME_CHECK')])),
    call('Cleo enters'),
    step('so', saw('Cleo', '1', [resume('RESUME_CHECK')])),
  ])?.text
  expect(block).toContain('<td><code>▲ RESUME_CHECK</code><td rowspan=1>= as before')
})

test('of several looks between two steps that did something the last one counts', () => {
  const block = bytecodeBlock([
    step('so', did('code.call'), saw('Ada', 'main', [add('BINARY_OP', 1)]), did('code.call'), saw('Ada', 'main', [add('BINARY_OP', 0)])),
  ])?.text
  expect(block).toContain('<tr class=line><th scope=row><small>2 </small><i>3</i>BINARY_OP 13<td>general <small>0/1</small></table>')
})

test('the array is told with its size, its growth and its copies, which give columns their index', () => {
  const block = bytecodeBlock([
    call('Ben calls f(1)'),
    step('so', sawArray(16, [{ index: 0, copy: 'main', threads: ['Ada', 'Dan'] }])),
    call('Cleo calls f(1)'),
    step(
      'so',
      sawArray(32, [
        { index: 0, copy: 'main', threads: ['Ada'] },
        { index: 20, copy: '1', threads: [] },
      ]),
    ),
    call('Cleo calls f(2)'),
    step('so', sawArray(32, [{ index: 0, copy: 'main', threads: ['Ada'] }]), saw('Ben', '1', [resume('RESUME')])),
  ])?.text
  expect(block).toContain('<th scope=row>after: Ben calls f(1)<td>16<td>0, main copy: Ada, Dan')
  expect(block).toContain('<th scope=row>after: Cleo calls f(1)<td><b>16 → 32</b><td>0, main copy: Ada · 20: nobody')
  expect(block).toContain('<th scope=row>after: Cleo calls f(2)<td>32<td>')
  expect(block).toContain('<th scope=col>Ben<small>copy 20</small>')
})

test('without an array that is told, and without any copy that nobody has one', () => {
  const block = bytecodeBlock([step('so', sawArray(null, [])), call('x'), step('so', sawArray(16, [])), step('so', saw('Ben', null))])?.text
  expect(block).toContain('<th scope=row>at first<td>none<td>none')
  expect(block).toContain('<b>none → 16</b>')
  expect(block).toContain('<p class=note>after: x: no copy for Ben</p>')
  expect(block).not.toContain('class=copies')
})
