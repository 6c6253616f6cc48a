import { expect, test } from 'vitest'
import { diagramOf } from './diagram.ts'
import type { Moment, Trace } from './trace.ts'

const trace = (...rows: Moment[][]): Trace => ({ lanes: ['Ada', 'Ben'], others: [], rows })
const act = (lane: string, text: string, outcome: 'ok' | 'parked' | 'refused' | 'failed' = 'ok'): Moment => ({
  kind: 'act',
  lane,
  text,
  outcome,
})

test('a heading names every lane in its middle', () => {
  const { heading, lane, width } = diagramOf(trace([act('Ada', 'a')]))
  expect(heading.text.match(/<text class=n x=\d+ y=15>\w+/g)).toEqual(['<text class=n x=50 y=15>Ada', '<text class=n x=150 y=15>Ben'])
  expect([lane, width]).toEqual([100, 200])
})

test('a row is as high as what happens in it', () => {
  const { slices } = diagramOf(trace([], [act('Ada', 'a')], [act('Ada', 'a'), { kind: 'arrow', from: 'Ada', to: 'Ben', text: 'queued' }]))
  const heights = slices.map(({ height }) => height)
  expect(heights).toEqual(heights.toSorted((a, b) => a - b))
  expect(new Set(heights).size).toBe(3)
  expect(slices[0]?.image).toBeUndefined()
})

test.each([
  ['ok', 'o'],
  ['parked', 'p'],
  ['refused', 'r'],
  ['failed', 'f'],
] as const)('an operation that is %s has a box of its own kind', (outcome, kind) => {
  expect(diagramOf(trace([act('Ben', 'x', outcome)])).slices[0]?.image?.text).toMatch(
    new RegExp(`<rect class=${kind} .*<text class=m x=150 `),
  )
})

test('an arrow points at the lane it goes to', () => {
  const arrows = [
    { kind: 'arrow', from: 'Ada', to: 'Ben', text: 'woken' },
    { kind: 'arrow', from: 'Ben', to: 'Ada', text: 'queued it' },
  ] as const
  const image = diagramOf(trace([...arrows])).slices[0]?.image?.text
  expect(image).toMatch(/<path class=a d="M50 \d+H146"\/><text class=e x=100 y=\d+>woken/)
  expect(image).toMatch(/<path class=a d="M150 \d+H54"\/><text class=e x=100 y=\d+>queued it/)
})

test('rest is drawn from where it begins to where it ends, across rows', () => {
  const { slices } = diagramOf(
    trace(
      [act('Ben', 'mutex.lock m', 'parked'), { kind: 'rest', lane: 'Ben', rest: 'parked' }],
      [{ kind: 'rest', lane: 'Ada', rest: 'suspended' }, act('Ada', 'a')],
      [act('Ada', 'b'), { kind: 'rest', lane: 'Ben', rest: undefined }, act('Ben', 'c'), { kind: 'rest', lane: 'Ben', rest: undefined }],
    ),
  )
  const rests = slices.map(({ image }) => image?.text.match(/<path class=[pu] d="[^"]*"/g) ?? [])
  expect(rests).toEqual([
    ['<path class=p d="M150 31V9999"'],
    ['<path class=p d="M150 0V9999"', '<path class=u d="M50 7V9999"'],
    ['<path class=u d="M50 0V9999"', '<path class=p d="M150 0V31"'],
  ])
})

test('actors without a lane share the last one, where they are named and nobody rests', () => {
  const { slices, heading } = diagramOf({
    lanes: ['Ada'],
    others: ['Ben', 'Cleo'],
    rows: [[act('Cleo', 'a'), { kind: 'rest', lane: 'Cleo', rest: 'parked' }]],
  })
  expect(heading.text).toContain('>2 others</text>')
  expect(slices[0]?.image?.text).toContain('>Cleo: a</text>')
  expect(slices[0]?.image?.text).not.toContain('class=p')
})

test('a text that does not fit is shortened, and whole under the pointer', () => {
  const long = 'thread.handle merge program=[{"op":"object.incref"}] and more'
  const image = diagramOf(trace([act('Ada', long), { kind: 'note', lane: 'Ben', text: 'freed it' }])).slices[0]?.image?.text
  expect(image).toContain('…<title>thread.handle merge program=[{&quot;op&quot;:&quot;object.incref&quot;}] and more</title>')
  expect(image).toContain('>freed it</text>')
})

test('looks and what is left out are told beside the lanes', () => {
  const image = diagramOf(
    trace([
      { kind: 'look', text: 'object it', answer: 'local 1' },
      { kind: 'more', count: 7 },
      { kind: 'answer', lane: 'Ada', text: 'goal 3' },
    ]),
  ).slices[0]?.image?.text
  expect(image).toMatch(/<text class=o x=4 y=\d+>⊙ object it<.*<text class=o x=4 y=\d+>… 7 more<.*<text class=r x=50 y=\d+>goal 3</)
})

test('hostile names stay text', () => {
  const { heading, slices } = diagramOf({ lanes: ['</svg><script>'], others: [], rows: [[act('</svg><script>', '\u202e<b>')]] })
  for (const text of [heading.text, slices[0]?.image?.text ?? '']) expect(text).not.toMatch(/<\/svg>.|<script|<b>|\u202e/)
})
