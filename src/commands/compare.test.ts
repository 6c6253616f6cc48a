import { dirname } from 'node:path'
import { expect, test } from 'vitest'
import { type Sample, writeSample } from '../report/sample/sample-log.ts'
import { SCENARIOS } from '../report/sample/sample-scenarios.ts'
import { EXIT } from '../verdict/gate.ts'
import { compare } from './compare.ts'

async function compared(one: Sample, other: Sample): Promise<{ code: number; out: string }> {
  let out = ''
  const output = { write: (text: string) => (out += text) }
  const words = ['--report', dirname(writeSample(one)), '--with', dirname(writeSample(other))]
  return { code: await compare.run(words, { out: output, err: output, live: false, color: false, width: 80, folder: '/' }), out }
}

const [first, ...others] = SCENARIOS
const changed = [{ ...first, end: { ...first?.end, verdict: 'timeout' as const, reason: 'no answer' } }, ...others] as NonNullable<
  Sample['scenarios']
>

test('two runs with the same verdicts are alike', async () => {
  expect(await compared({}, {})).toEqual({ code: EXIT.well, out: `0 of ${SCENARIOS.length} scenarios differ\n` })
})

test('a scenario whose verdict differs is named with both', async () => {
  const { code, out } = await compared({}, { scenarios: changed })
  expect(code).toBe(EXIT.failed)
  expect(out).toBe(`${first?.start.id}: ${first?.end.verdict}, and timeout\n1 of ${SCENARIOS.length} scenarios differ\n`)
})

test('a scenario that only one run has makes them differ', async () => {
  const { code, out } = await compared({ scenarios: others }, {})
  expect(code).toBe(EXIT.failed)
  expect(out).toContain(`${first?.start.id}: absent, and ${first?.end.verdict}\n`)
  expect((await compared({}, { scenarios: others })).out).toContain(`${first?.start.id}: ${first?.end.verdict}, and absent\n`)
})

test('a scenario that one run never ended was not run', async () => {
  expect((await compared({ lost: ['BRC-01.99'] }, {})).out).toContain('BRC-01.99: not-run, and absent\n')
})

test('runs that broke off alike are not enough', async () => {
  expect((await compared({ ends: false }, {})).code).toBe(EXIT.incomplete)
  expect((await compared({}, { ends: false })).code).toBe(EXIT.incomplete)
})
