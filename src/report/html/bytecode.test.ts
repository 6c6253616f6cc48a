import { expect, test } from 'vitest'
import type { Instruction } from '../../protocol/states.ts'
import type { Exchange, Step } from '../log.ts'
import { bytecodeBlock } from './bytecode.ts'

const add = (form: string, value: number): Instruction => ({
  offset: 3,
  name: 'BINARY_OP',
  form,
  argument: 0,
  line: 2,
  counter: { value, backoff: 1 },
})
const resume = (form: string): Instruction => ({ offset: 0, name: 'RESUME', form, argument: 0, line: 1, counter: null })

const saw = (thread: string, instructions: Instruction[], main = true): Exchange => ({
  method: 'observe',
  request: { of: 'copy', module: 'program', code: 'f', thread },
  reply: { of: 'copy', copy: instructions.length === 0 ? null : thread, main, instructions },
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
const program = step('it runs', {
  method: 'step',
  request: { actor: 'Ada', op: 'code.run', args: { module: 'program', source: 'def f(a):\n  return a < 1' } },
  reply: { status: 'ok', facts: { raised: null }, events: [], changes: [] },
} as Exchange)

test('a scenario that saw no copy shows none', () => {
  expect(bytecodeBlock([program])).toBeUndefined()
})

test('threads stand side by side, with the form, the counter and the source', () => {
  const block = bytecodeBlock([
    program,
    step(
      'so',
      saw('Ada', [resume('INSTRUMENTED_RESUME'), add('BINARY_OP_ADD_INT', 4)]),
      saw('Ben', [add('BINARY_OP', 2)], false),
      saw('Cleo', [], false),
    ),
  ])?.text
  expect(block).toContain('Ada<br><small>main copy</small>')
  expect(block).toContain('Ben<br><small>a copy of its own</small>')
  expect(block).toContain('Cleo<br><small>no copy</small>')
  expect(block).toContain('<td>◉ watched <code>INSTRUMENTED_RESUME</code></td><td>–</td><td>–</td>')
  expect(block).toContain('<td>▲ <code>BINARY_OP_ADD_INT</code> <small>4/1</small></td><td>general <small>2/1</small></td>')
  expect(block).toContain('<td><code>2 return a &lt; 1</code></td>')
  expect(block).not.toContain('✱ changed</b>')
})

test('what changed is marked, and a moment at which nothing did is left out', () => {
  const block = bytecodeBlock([
    step('a', saw('Ada', [add('BINARY_OP', 1)])),
    step('b', saw('Ada', [add('BINARY_OP', 1)])),
    step('c', saw('Ada', [add('BINARY_OP', 0)])),
  ])?.text
  expect(block?.match(/<details>/g)).toHaveLength(2)
  expect(block).toContain('<td>general <small>0/1</small> <b>✱ changed</b></td>')
})

test('a copy that a step did not look at is told to be as it was seen earlier', () => {
  const block = bytecodeBlock([step('a', saw('Ada', [add('BINARY_OP', 1)])), step('b', saw('Ben', [], false))])?.text
  expect(block).toContain('Ada<br><small>main copy, as seen earlier</small>')
  expect(block).toContain('Ben<br><small>no copy</small>')
})
