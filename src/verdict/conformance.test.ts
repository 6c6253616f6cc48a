import { expect, test } from 'vitest'
import { claims } from './conformance.ts'

const brcCore = { profiles: [{ chapter: 'brc', level: 'core' }] } as const

test('a claim covers one level of one chapter', () => {
  const hello = { profiles: [...brcCore.profiles] }
  expect(claims(hello, { chapter: 'brc', level: 'core' })).toBe(true)
  expect(claims(hello, { chapter: 'brc', level: 'extended' })).toBe(false)
  expect(claims(hello, { chapter: 'qsbr', level: 'core' })).toBe(false)
})
