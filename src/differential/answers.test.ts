import { expect, test } from 'vitest'
import type { StateOf } from '../protocol/states.ts'
import { Refusal } from '../subject/subject.ts'
import { done, FORGET, type Toy, toySubject } from '../testing/toy-subject.ts'
import { answersOf } from './answers.ts'
import type { Call, Case } from './case.ts'

const ADDS: Case = {
  name: 'adds',
  actors: ['Ada', 'Ben'],
  program: [{ line: 'def f0(a):', body: [{ line: 'return a + a' }] }],
  calls: [],
  functions: ['f0', 'inner_f0'],
}

const call = (actor: string, more: Partial<Call> = {}): Call => ({ actor, function: 'f0', args: ['1'], times: 1, ...more })
const ask = (toy: Toy, ...calls: readonly Call[]) => answersOf(toySubject(toy), { ...ADDS, calls })

test('after each call only what has changed is told', async () => {
  const { begun, calls } = await ask({}, call('Ada'), call('Ada'), call('Ben'))
  expect(begun).toBe('None')
  expect(calls).toEqual([
    {
      outcome: '1',
      changed: {
        'f0 copies': '16 entries: 0 of Ada+Ben',
        'f0 for Ada': 'the main copy',
        'f0 for Ada at 2': 'BINARY_OP 1 of 1 (0) line 2',
        'f0 for Ben': 'the main copy',
        'f0 for Ben at 2': 'BINARY_OP 1 of 1 (0) line 2',
      },
    },
    { outcome: '1', changed: { 'f0 for Ada at 2': 'BINARY_OP_ADD_FLOAT 52 of 0 (0) line 2' } },
    { outcome: '1', changed: {} },
  ])
})

test('a function that a call makes is looked at from then on', async () => {
  const answer: Toy['answer'] = ({ args }) =>
    'keep' in args ? done({ result: '<function f0.<locals>.inner_f0 at 0x7f00>', raised: null }) : undefined
  const { calls, constants } = await ask({ answer, constants: [value('int', '7')] }, call('Ada'), call('Ada', { keep: 'inner_f0' }))
  expect(calls[0]?.changed).not.toHaveProperty('inner_f0 copies')
  expect(calls[1]).toMatchObject({ outcome: '<function f0.<locals>.inner_f0>', changed: { 'inner_f0 copies': '16 entries: 0 of Ada+Ben' } })
  expect(constants).toEqual({ 'f0 constant 0': 'int 7', 'inner_f0 constant 0': 'int 7' })
})

test('what is no longer there is gone', async () => {
  const { calls } = await ask({}, call('Ada'), call('Ada', { function: FORGET }))
  expect(calls[1]?.changed).toEqual({ 'f0 for Ada at 2': 'gone', 'f0 for Ben at 2': 'gone' })
})

test('of a thread that has left nothing is told until its actor calls again', async () => {
  const done: string[] = []
  const answer: Toy['answer'] = ({ actor, op }) => void done.push(`${actor} ${op}`)
  const { calls } = await ask({ answer }, call('Ada'), call('Ben', { leaves: true }), call('Ada'), call('Ben'))
  expect(done.slice(2)).toEqual([
    'Ada code.run',
    'Ada code.call',
    'Ben code.call',
    'Ben thread.exit',
    'Ada code.call',
    'Ben thread.enter',
    'Ben code.call',
  ])
  expect(calls.slice(1).map(({ changed }) => Object.keys(changed).filter((key) => key.includes('Ben')))).toEqual([
    ['f0 for Ben', 'f0 for Ben at 2'],
    [],
    ['f0 for Ben', 'f0 for Ben at 2'],
  ])
  expect(calls[1]?.changed).toMatchObject({ 'f0 for Ben': 'gone', 'f0 for Ben at 2': 'gone' })
})

test('an exception is told with its type, its message and its line', async () => {
  const raised = { type: 'TypeError', message: 'no', line: 3 }
  const { calls } = await ask({ answer: ({ op }) => (op === 'code.call' ? done({ result: null, raised }) : undefined) }, call('Ada'))
  expect(calls[0]?.outcome).toBe('TypeError: no (line 3)')
})

test('of a program that fails nothing is called', async () => {
  const raised = { type: 'SyntaxError', message: 'bad', line: null }
  const { begun, calls, constants } = await ask({ answer: ({ op }) => (op === 'code.run' ? done({ raised }) : undefined) }, call('Ada'))
  expect([begun, calls, constants]).toEqual(['SyntaxError: bad (line null)', [], {}])
})

test('a call that parks, and one that is refused, have come to that', async () => {
  const parked = { status: 'parked', parked: { on: 'the event "go"' }, events: [] } as never
  expect((await ask({ answer: ({ op }) => (op === 'code.call' ? parked : undefined) }, call('Ada'))).calls[0]?.outcome).toBe('it parked')
  const refusing =
    (code: 'unknown-name' | 'unsupported'): NonNullable<Toy['answer']> =>
    ({ op }) => {
      if (op === 'code.call') throw new Refusal(code, `no ${op}`)
      return undefined
    }
  expect((await ask({ answer: refusing('unknown-name') }, call('Ada'))).calls[0]?.outcome).toBe('there is no such name')
  expect((await ask({ answer: refusing('unsupported') }, call('Ada'))).calls[0]?.outcome).toBe('unsupported: no code.call')
})

test('what is no refusal is not taken for an answer', async () => {
  const answer: Toy['answer'] = ({ op }) => {
    if (op === 'code.call') throw new Error('it is broken')
    return undefined
  }
  await expect(ask({ answer }, call('Ada'))).rejects.toThrow('it is broken')
})

test('constants are told so that two that are equal look alike', async () => {
  const constants = [
    value('code', '<code object f0 at 0x7f00>'),
    { ...value('frozenset', 'frozenset({2, 1})', value('int', '2'), value('int', '1')), immortal: true },
    value('tuple', "('a',)", { ...value('str', "'a'"), interned: true }),
  ]
  expect((await ask({ constants })).constants).toEqual({
    'f0 constant 0': 'code',
    'f0 constant 1': 'frozenset immortal of int 1 int 2',
    'f0 constant 2': "tuple ('a',) [str 'a' interned]",
  })
})

type Constant = StateOf<'constants'>['constants'][number]

function value(type: string, text: string, ...items: readonly Constant[]): Constant {
  return { type, text, value: text, references: '1', immortal: false, tracked: false, interned: false, items: [...items] }
}
