import { expect, test } from 'vitest'
import { connectReference } from '../subject/reference.ts'
import { done, type Toy, toySubject } from '../testing/toy-subject.ts'
import type { Case } from './case.ts'
import { differential, ENOUGH, type Extent } from './differential.ts'
import { generate } from './generate.ts'
import { KNOWN, type Known } from './known.ts'
import { type Answering, Asked, compareOn } from './pair.ts'

const toy = (options: Toy = {}) => new Asked(async () => toySubject(options))
/** Who takes adding floats for adding ints. */
const mistaken = toy({ form: 'BINARY_OP_ADD_INT' })

async function run(one: Answering, other: Answering, extent: Partial<Extent> = {}) {
  const lines: string[] = []
  const well = await differential({ programs: 1, seed: 1, most: 1, known: [], ...extent }, one, other, (line) => lines.push(line))
  return { well, lines }
}

/** Adds floats, as often as it takes to specialize that. */
const ADDS: Case = {
  name: 'adds floats',
  actors: ['Ada'],
  program: [{ line: 'def f0(a):', body: [{ line: 'return a + a' }] }],
  calls: [{ actor: 'Ada', function: 'f0', args: ['0.5'], times: 2 }],
  functions: ['f0'],
}
const FLOATS: Known = { what: 'floats', because: 'for this test', covers: ({ about }) => about.includes(' at '), shownBy: ADDS }

test('who says the same does not differ, and it is told what was shown', async () => {
  const progress: number[] = []
  const { well, lines } = await run(toy(), toy(), { programs: 3, progress: (programs) => progress.push(programs) })
  expect(progress).toEqual([1, 2, 3])
  expect(lines[0]).toMatch(/^programs in which it was +specialized +missed +given up +specialized anew$/)
  expect(lines.find((line) => line.startsWith('BINARY_OP_ADD_FLOAT'))).toMatch(/[123] +0 +0 +0$/)
  expect(lines.at(-1)).toMatch(/^3 programs, \d+ calls: 0 differ, 0 as is known$/)
  expect(well).toBe(true)
})

test('what differs is shown in the smallest case that was found', async () => {
  const { well, lines } = await run(toy(), mistaken)
  expect(well).toBe(false)
  const [shown = ''] = lines
  expect(shown).toMatch(/^--- seed 1\n/)
  expect(shown).toMatch(/\n# (Ada|Ben|Cleo): \w+(\.\w+)?\(.*\) 2 times\n\1: .* 2 times: \w+(\.\w+)? for \1 at 2\n/)
  expect(shown).toMatch(/one: {3}BINARY_OP_ADD_FLOAT .*\n {2}other: BINARY_OP_ADD_INT /)
  expect(shown.split('\n').length).toBeLessThan(12)
  expect(lines.at(-1)).toMatch(/: 1 differ, 0 as is known$/)
})

test('it ends after as many differences as are wanted', async () => {
  const { lines } = await run(toy(), mistaken, { programs: 9, most: 2, attempts: 1 })
  expect(lines.filter((line) => line.startsWith('---'))).toHaveLength(2)
  expect(lines.at(-1)).toMatch(/: 2 differ, 0 as is known$/)
})

test('a program that fails is not taken for another one that fails otherwise', async () => {
  const raised = { type: 'Error', message: 'none', line: 1 }
  const failing = toy({ answer: ({ op, args }) => (op === 'code.run' && `${args.source}`.includes('LIST') ? done({ raised }) : undefined) })
  const { well, lines } = await run(toy(), failing)
  expect(well).toBe(false)
  expect(lines[0]).toMatch(/running the program: begin\n {2}one: {3}None\n {2}other: Error: none \(line 1\)\n$/)
})

test('what is known is counted, and struck off once it is no longer to be seen', async () => {
  expect(await run(toy(), mistaken, { known: [FLOATS] })).toMatchObject({
    well: true,
    lines: expect.arrayContaining([expect.stringMatching(/: 0 differ, 1 as is known$/)]),
  })
  const { well, lines } = await run(toy(), toy(), { known: [FLOATS] })
  expect(well).toBe(false)
  expect(lines).toContain('no longer to be seen, so to be struck off: floats')
  const elsewhere: Known = { ...FLOATS, covers: () => false }
  expect(await run(toy(), mistaken, { known: [elsewhere], attempts: 1 })).toMatchObject({ well: false })
})

test('enough programs have to show all that can become of an instruction', async () => {
  const { well, lines } = await run(toy(), toy(), { programs: ENOUGH })
  expect(well).toBe(false)
  expect(lines).toContain('no program has shown BINARY_OP_MULTIPLY_INT specialized')
  expect(lines).not.toContain('no program has shown BINARY_OP_ADD_FLOAT specialized')
})

test('what is known covers what its own case shows, and nothing else', async () => {
  const reference = new Asked(connectReference)
  const says = (outcome: string): Answering => ({
    answers: async () => ({ begun: 'None', calls: [{ outcome, changed: {} }], constants: {} }),
  })
  const [text, set] = KNOWN as [Known, Known]
  try {
    const formatted = await compareOn(
      text.shownBy,
      reference,
      says('TypeError: not all arguments converted during string formatting (line 2)'),
    )
    expect(formatted.difference).toSatisfy(text.covers)
    const ordered = await compareOn(set.shownBy, reference, says('{8, 1}'))
    expect(ordered.difference).toSatisfy(set.covers)
    expect((await compareOn(set.shownBy, reference, says('{8, 2}'))).difference).not.toSatisfy(set.covers)
    expect(ordered.difference).not.toSatisfy(text.covers)
  } finally {
    await reference.end()
  }
})

test('the reference does not differ from itself', async () => {
  const [one, other] = [new Asked(connectReference), new Asked(connectReference)]
  try {
    expect((await compareOn(generate(1), one, other)).difference).toBeUndefined()
  } finally {
    await Promise.all([one.end(), other.end()])
  }
})
