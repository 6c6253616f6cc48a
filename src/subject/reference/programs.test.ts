import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Query, StateOf } from '../../protocol/states.ts'
import { connectReference } from '../reference.ts'
import type { Subject } from '../subject.ts'

let subject: Subject
beforeAll(async () => {
  subject = await connectReference()
})
afterAll(() => subject.end())

const PROGRAM = `
class C:
    def method(self):
        return 1
def counts():
    yield 1
number = 5000
made = counts()
c = C()
`

const step = (op: string, args: Record<string, unknown> = {}) => subject.request('step', { actor: 'Ada', op: op as never, args })
const look = async (what: Query) => (await subject.request('observe', { what: [what] })).states[0]
const run = (source: string) => step('code.run', { module: 'm', source })

beforeEach(async () => {
  await subject.request('open', {
    scenario: 'programs',
    actors: ['Ada', 'Ben'],
    build: { threading: 'free-threaded', freelists: true, referenceDebugging: false },
    argv: [],
    env: {},
    seed: '1',
  })
  await step('thread.enter')
})

afterEach(() => subject.request('close', {}))

test('what is not there is told by name', async () => {
  await run(PROGRAM)
  const at = { module: 'm' }
  await expect(look({ of: 'value', module: 'other', value: 'x' })).rejects.toThrow('there is no module named "other"')
  await expect(look({ of: 'value', ...at, value: 'missing' })).rejects.toThrow('there is nothing at "missing"')
  await expect(look({ of: 'value', ...at, value: 'number.real' })).rejects.toThrow('there is nothing at "number.real"')
  await expect(look({ of: 'constants', ...at, code: 'number' })).rejects.toThrow('there is no code at "number"')
  await expect(look({ of: 'frame', ...at, generator: 'number' })).rejects.toThrow('that is no generator')
  await expect(look({ of: 'copy', ...at, code: 'counts', thread: 'Ben' })).rejects.toThrow('Ben has no thread state')
  await expect(step('code.call', { module: 'm', function: 'missing' })).rejects.toThrow('there is nothing at "missing"')
  await expect(step('code.call', { module: 'm', function: 'number.missing' })).rejects.toThrow('there is nothing at "number.missing"')
})

test('a path for whose names there is no memory is out of memory, and not unknown', async () => {
  await run(PROGRAM)
  await step('memory.limit', { allocations: 0 })
  expect(await step('code.call', { module: 'm', function: 'c.unheard' })).toMatchObject({ facts: { raised: { type: 'MemoryError' } } })
  await step('memory.limit', { allocations: null })
})

test('a method is found in its class, and a generator that is done has no frame', async () => {
  await run(PROGRAM)
  expect(await look({ of: 'copies', module: 'm', code: 'C.method' })).toMatchObject({ size: 16, entries: [{ index: 0 }] })
  expect(await look({ of: 'frame', module: 'm', generator: 'made' })).toMatchObject({ index: 0 })
  await step('code.call', { module: 'm', function: 'list', args: ['made'] })
  expect(await look({ of: 'frame', module: 'm', generator: 'made' })).toEqual({
    of: 'frame',
    copy: null,
    index: null,
    line: null,
    offset: null,
  })
  expect(await step('code.call', { module: 'm', function: 'c.method' })).toMatchObject({ facts: { result: '1', raised: null } })
})

test('a text that is no Python raises in the program, and Python outside the subset is not supported', async () => {
  expect(await run('x = = 1')).toMatchObject({ facts: { raised: { type: 'SyntaxError' } } })
  await expect(run('import os')).rejects.toThrow(/^line 1, column 1 of the program: /)
  await run('def f(a): return a')
  await expect(step('code.call', { module: 'm', function: 'f', args: ['1 + a'] })).rejects.toThrow('neither a literal nor a path: 1 + a')
})

test('values cannot be written where nobody is', async () => {
  await run('x = 1')
  await step('thread.exit')
  await expect(look({ of: 'value', module: 'm', value: 'x' })).rejects.toThrow('nobody is there')
})

test('a tool is told what is called by its name, or by its class if it has none', async () => {
  await run('class Adder:\n    def __call__(self, x):\n        return x\nadd = Adder()\ndef f():\n    return add(len((1,)))\n')
  await step('tool.use', { tool: 1 })
  await step('tool.watch', { tool: 1, events: ['call'], module: 'm', function: 'f' })
  const { events } = await step('code.call', { module: 'm', function: 'f' })
  const calls = events.filter(({ event, about }) => event === 'told' && about === 'call')
  expect(calls.map(({ callable, value, line }) => [callable, value, line])).toEqual([
    ['len', '(1,)', 6],
    ['Adder', '1', 6],
  ])
  await step('tool.free', { tool: 1 })
})

test('a tool may call something of a program before it answers, and lines with long arguments are told whole', async () => {
  const constants = Array.from({ length: 300 }, (_, index) => `    x = ${index + 1000}`).join('\n')
  await run(`calls = []\ndef note():\n    calls.append(1)\ndef f():\n${constants}\n    return x\n`)
  await step('tool.use', { tool: 1 })
  await step('tool.answer', { tool: 1, event: 'start', disable: false, module: 'm', call: 'note' })
  await step('tool.watch', { tool: 1, events: ['start'], module: 'm', function: 'f' })
  expect(await step('code.call', { module: 'm', function: 'f' })).toMatchObject({ facts: { result: '1299' } })
  expect(await step('code.call', { module: 'm', function: 'len', args: ['calls'] })).toMatchObject({ facts: { result: '1' } })
  const state = (await look({ of: 'copy', module: 'm', code: 'f', thread: 'Ada' })) as StateOf<'copy'>
  expect(state.instructions.filter(({ argument }) => argument > 255).length).toBeGreaterThan(40)
  await step('tool.free', { tool: 1 })
})
