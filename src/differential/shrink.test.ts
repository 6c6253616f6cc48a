import { expect, test } from 'vitest'
import { type Case, lineOf, sourceOf } from './case.ts'
import { shrink } from './shrink.ts'

const LARGE: Case = {
  name: 'large',
  actors: ['Ada', 'Ben', 'Cleo'],
  program: [
    { line: 'x = 1' },
    {
      line: 'class C:',
      body: [
        { line: 'def act(self):', body: [{ line: 'return 2' }] },
        { line: 'def rest(self):', body: [{ line: 'return 3' }] },
      ],
    },
    { line: 'def f0(a):', body: [{ line: 'if a:', body: [{ line: 'a += a' }, { line: 'a = 0' }] }, { line: 'return a' }] },
    { line: 'def f1(a):', body: [{ line: 'return a' }] },
  ],
  calls: ['f1', 'f0', 'f1', 'f0'].map((path, at) => ({ actor: at % 2 === 0 ? 'Ada' : 'Ben', function: path, args: ['1'], times: 9 })),
  functions: ['f0', 'f1', 'inner_f1', 'C.act', 'C.rest'],
}

test('what is left are the calls and statements without which it is not shown', async () => {
  const shows = async (of: Case) =>
    sourceOf(of).includes('a += a') && of.calls.some(({ actor, function: path, times }) => actor === 'Ben' && path === 'f0' && times > 3)
  const small = await shrink(LARGE, shows)
  expect(small.calls.map(lineOf)).toEqual(['Ben: f0(1) 4 times'])
  expect([small.actors, sourceOf(small)]).toEqual([['Ben'], 'def f0(a):\n    a += a\n'])
  expect(small.functions).toEqual(['f0', 'inner_f1'])
})

test('functions that are still there are still looked at', async () => {
  const small = await shrink(
    LARGE,
    async (of) => /def act|def f0/.test(sourceOf(of)) && of.functions.includes('C.act') && of.functions.includes('f0'),
  )
  expect(small.functions).toEqual(['f0', 'inner_f1', 'C.act'])
  expect(sourceOf(small)).toBe('class C:\n    def act(self):\n        pass\ndef f0(a):\n    pass\n')
})

test('nobody leaves unless it takes that', async () => {
  const leaving: Case = { ...LARGE, calls: LARGE.calls.map((each) => ({ ...each, leaves: true })) }
  const small = await shrink(
    leaving,
    async ({ calls }) => calls.some(({ actor }) => actor === 'Ada') && calls.some(({ actor, leaves }) => actor === 'Ben' && leaves),
  )
  expect(small.calls.map(lineOf).sort()).toEqual(['Ada: f1(1)', 'Ben: f0(1), and leaves'])
})

test('only so many are tried, and what nothing smaller shows stays as it is', async () => {
  let tried = 0
  const shows = async () => {
    tried++
    return false
  }
  expect(await shrink(LARGE, shows, 5)).toBe(LARGE)
  expect(tried).toBe(5)
  expect(await shrink(LARGE, async () => false)).toBe(LARGE)
})
