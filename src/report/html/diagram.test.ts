import { expect, test } from 'vitest'
import { laneCount, laneNames, slicesOf } from './diagram.ts'
import type { Moment } from './moment.ts'
import type { Trace } from './trace.ts'

const trace = (...rows: Moment[][]): Trace => ({ lanes: ['Ada', 'Ben'], others: [], rows })
const drawn = (...rows: Moment[][]): string[] => slicesOf(trace(...rows)).map(({ text }) => text)
const act = (lane: string, text: string, outcome: 'ok' | 'parked' | 'refused' | 'failed' = 'ok'): Moment => ({
  kind: 'act',
  lane,
  text,
  outcome,
})
const note = (lane: string, text: string): Moment => ({ kind: 'note', lane, text })
const rest = (lane: string, rest: 'parked' | 'suspended' | undefined): Moment => ({ kind: 'rest', lane, rest })

test('a heading names every lane', () => {
  expect(laneNames(trace()).text).toBe('<div><b>Ada</b><b class=l2>Ben</b></div>')
  expect(laneCount(trace())).toBe(2)
})

test('a step in which nothing happens has no drawing', () => {
  expect(drawn([])).toEqual([''])
})

test('what happens stands in the lane of its actor, one line below the other', () => {
  expect(
    drawn([
      act('Ada', 'qsbr.poll 3'),
      note('Ada', 'scanned'),
      { kind: 'answer', lane: 'Ada', text: 'reached true' },
      act('Ben', 'thread.exit'),
    ]),
  ).toEqual([
    '<div><b><i>Ada </i>qsbr.poll 3</b><em>scanned</em><samp class=r3>reached true</samp><b class="l2 r4"><i>Ben </i>thread.exit</b></div>',
  ])
})

test('who acts is told wherever somebody else acted before', () => {
  expect(drawn([note('Ada', 'freed x'), note('Ben', 'freed y'), act('Ben', 'a')])).toEqual([
    '<div><em class=r1><i>Ada </i>freed x</em><em class=l2><i>Ben </i>freed y</em><b class="l2 r3">a</b></div>',
  ])
})

test('what several do in the same way, from left to right, stands side by side', () => {
  const enters = (lane: string): Moment[] => [act(lane, 'thread.enter'), note(lane, 'registered'), rest(lane, undefined)]
  expect(drawn([...enters('Ada'), ...enters('Ben')])[0]).toBe(
    '<div><b><i>Ada </i>thread.enter</b><em>registered</em><b class=l2><i>Ben </i>thread.enter</b><em class=l2>registered</em></div>',
  )
  expect(drawn([...enters('Ben'), ...enters('Ada')])[0]).toContain('<b class=r3><i>Ada </i>thread.enter</b><em class=r4>')
})

test('what reaches into other lanes stands alone', () => {
  const queues = (lane: string): Moment[] => [act(lane, 'a'), { kind: 'arrow', from: lane, to: 'Ada', text: 'queued it' }]
  expect(drawn([act('Ada', 'a'), ...queues('Ben')])[0]).toContain('<b class="l2 r2"><i>Ben </i>a</b>')
  expect(drawn([act('Ada', 'a'), note('Ben', 'woken'), act('Ben', 'a'), note('Ben', 'woken')])[0]).toContain('<b class="l2 r3">a</b>')
})

test('an operation that is repeated says how often', () => {
  expect(drawn([{ kind: 'act', lane: 'Ada', text: 'qsbr.defer', outcome: 'ok', times: 9 }])[0]).toContain('9 × qsbr.defer')
})

test.each([
  ['parked', 'p'],
  ['refused', 'r'],
  ['failed', 'f'],
] as const)('an operation that is %s looks so, and is told so', (outcome, kind) => {
  expect(drawn([act('Ben', 'x', outcome)])).toEqual([`<div><b class="l2 ${kind}"><i>Ben </i>x<i>, ${outcome}</i></b></div>`])
})

test('an arrow reaches over the lanes between, and points at the one it goes to', () => {
  const lanes = ['Ada', 'Ben', 'Cleo']
  const rows: Moment[][] = [
    [{ kind: 'arrow', from: 'Ada', to: 'Cleo', text: 'woken' }],
    [{ kind: 'arrow', from: 'Cleo', to: 'Ben', text: 'queued it' }],
  ]
  expect(slicesOf({ lanes, others: [], rows }).map(({ text }) => text)).toEqual([
    '<div><em class="a s3 r1"><i>Ada to Cleo </i>woken</em></div>',
    '<div><em class="a l2 s2 r1 b"><i>Cleo to Ben </i>queued it</em></div>',
  ])
})

test('rest is drawn from where it begins to where it ends, across steps', () => {
  expect(
    drawn(
      [act('Ben', 'mutex.lock m', 'parked'), rest('Ben', 'parked')],
      [],
      [rest('Ada', 'suspended'), act('Ada', 'a'), rest('Ben', undefined), rest('Ben', undefined)],
    ).map((slice) => slice.match(/<u.*?<\/u>/g)),
  ).toEqual([['<u class="p l2 r2"></u>'], ['<u class="p l2"></u>'], ['<u class="p l2" style=grid-row:1/2></u>', '<u></u>']])
})

test('a rest that ends where it began is not drawn', () => {
  expect(drawn([rest('Ben', 'parked'), rest('Ben', undefined)])).toEqual([''])
})

test('actors without a lane share the last one, where they are named and nobody rests', () => {
  const shared: Trace = {
    lanes: ['Ada'],
    others: ['Ben', 'Cleo'],
    rows: [[act('Cleo', 'a'), rest('Cleo', 'parked'), { kind: 'arrow', from: 'Ben', to: 'Cleo', text: 'woken' }]],
  }
  expect(laneNames(shared).text).toContain('<b class=l2>2 others</b>')
  expect(laneCount(shared)).toBe(2)
  expect(slicesOf(shared)[0]?.text).toBe('<div><b class=l2>Cleo: a</b><em class=l2><i>Ben to Cleo </i>woken</em></div>')
})

test('looks and what is left out belong to no lane', () => {
  expect(
    drawn([
      { kind: 'look', text: 'object it', answer: 'local 1' },
      { kind: 'look', text: 'object it', answer: '' },
      { kind: 'more', count: 7 },
    ]),
  ).toEqual(['<div><p>⊙ object it<i>: local 1</i></p><p class=r2>⊙ object it</p><p class=r3>… 7 more</p></div>'])
})

test('hostile names stay text, and are not longer than anybody reads', () => {
  const hostile = '</div><script>'
  const { text } = slicesOf({ lanes: [hostile], others: [], rows: [[act(hostile, `\u202e<b>${'x'.repeat(300)}`)]] })[0] as { text: string }
  expect(text).not.toMatch(/<\/div>.|<script|<b>x|\u202e/)
  expect(text.length).toBeLessThan(400)
})
