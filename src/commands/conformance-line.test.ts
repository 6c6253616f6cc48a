import { expect, test } from 'vitest'
import type { Hello } from '../protocol/messages.ts'
import { reference } from '../requirements/profiles/reference.ts'
import type { Checked } from '../verdict/conformance.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { conformanceLine } from './conformance-line.ts'

const hello: Hello = {
  name: 'acme',
  version: '1',
  protocol: 1,
  profiles: [{ chapter: 'brc', level: 'core' }],
  depth: 'stepped',
  parameters: reference.parameters,
}
const checked = (...verdicts: Verdict[]): Checked[] => [
  ...verdicts.map((verdict, index) => ({ id: `BRC-${index + 1}`, chapter: 'brc' as const, level: 'core' as const, verdict })),
  { id: 'QSBR-01', chapter: 'qsbr', level: 'core', verdict: 'fail' },
]

test('who passes all that it claims conforms', () => {
  expect(conformanceLine(hello, checked('pass', 'pass'))).toBe('acme 1 conforms: all 2 requirements that it claims pass')
})

test('who does not is told what stands in the way', () => {
  expect(conformanceLine(hello, checked('pass', 'fail', 'skipped', 'timeout', 'error'))).toBe(
    'acme 1 does not conform: it claims BRC-2, BRC-4, and does not pass',
  )
  const many = Array.from({ length: 10 }, (): Verdict => 'crash')
  expect(conformanceLine(hello, checked(...many))).toContain('BRC-8 and 2 more, and does not pass')
})

test('of whom not everything was found out may conform or not', () => {
  expect(conformanceLine(hello, checked('pass', 'skipped', 'error', 'inconclusive'))).toBe(
    'Whether acme 1 conforms is open: of 4 requirements that it claims, 3 were not found out',
  )
})

test('who claims nothing is not said to conform', () => {
  expect(conformanceLine({ ...hello, profiles: [] }, checked('pass'))).toBe('acme 1 claims nothing that this suite can check')
})
