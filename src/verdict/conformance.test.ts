import { expect, test } from 'vitest'
import { type Checked, claims, isConformant, obstacles } from './conformance.ts'
import { VERDICTS, type Verdict } from './verdict.ts'

const brcCore = { profiles: [{ chapter: 'brc', level: 'core' }] } as const
const checked = (id: string, level: 'core' | 'extended', verdict: Verdict): Checked => ({ id, chapter: 'brc', level, verdict })

test('a claim covers one level of one chapter', () => {
  const hello = { profiles: [...brcCore.profiles] }
  expect(claims(hello, { chapter: 'brc', level: 'core' })).toBe(true)
  expect(claims(hello, { chapter: 'brc', level: 'extended' })).toBe(false)
  expect(claims(hello, { chapter: 'qsbr', level: 'core' })).toBe(false)
})

test('a subject conforms only if everything that it claims passes', () => {
  const hello = { profiles: [...brcCore.profiles] }
  expect(isConformant(hello, [checked('BRC-01', 'core', 'pass'), checked('BRC-04', 'extended', 'fail')])).toBe(true)
  for (const verdict of VERDICTS.filter((one) => one !== 'pass')) {
    const found = [checked('BRC-01', 'core', 'pass'), checked('BRC-02', 'core', verdict)]
    expect(isConformant(hello, found)).toBe(false)
    expect(obstacles(hello, found).map(({ id }) => id)).toEqual(['BRC-02'])
  }
})

test('who claims nothing conforms to nothing', () => {
  expect(isConformant({ profiles: [] }, [checked('BRC-01', 'core', 'pass')])).toBe(false)
})
