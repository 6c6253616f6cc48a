import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type Sample, writeSample } from '../report/sample/sample-log.ts'
import { SCENARIOS } from '../report/sample/sample-scenarios.ts'
import { EXIT } from '../verdict/gate.ts'
import { compare } from './compare.ts'

async function compared(one: Sample, other: Sample): Promise<{ code: number; out: string }> {
  let out = ''
  const output = { write: (text: string) => (out += text) }
  const folders = [one, other].map((sample) => dirname(writeSample(sample)))
  onTestFinished(() => {
    for (const folder of folders) rmSync(folder, { recursive: true })
  })
  const words = ['--report', folders[0] as string, '--with', folders[1] as string]
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

test('of a run that is incomplete, what it has found out is compared', async () => {
  const broken = { scenarios: others, lost: [String(first?.start.id)], ends: false }
  const total = SCENARIOS.length
  for (const [one, other] of [
    [broken, {}],
    [{}, broken],
  ] as [Sample, Sample][]) {
    const { code, out } = await compared(one, other)
    expect(code).toBe(EXIT.incomplete)
    expect(out).toMatch(
      new RegExp(
        `^/.* is incomplete: 1 of ${total} planned scenarios came to no end \\(line \\d+: the log ends here without a footer\\); only the others are compared\n0 of ${total - 1} scenarios differ\n$`,
      ),
    )
  }
})

test('runs that broke off alike are not enough, and both are named', async () => {
  const { code, out } = await compared({ ends: false }, { ends: false })
  expect(code).toBe(EXIT.incomplete)
  expect(out.match(/ is incomplete: 0 of /g)).toHaveLength(2)
})

test('what really differs counts more than that a run is incomplete', async () => {
  const { code, out } = await compared({ scenarios: changed, ends: false }, {})
  expect(code).toBe(EXIT.failed)
  expect(out).toContain(`${first?.start.id}: timeout, and ${first?.end.verdict}\n1 of ${SCENARIOS.length} scenarios differ\n`)
})
