import { expect, test } from 'vitest'
import { Parameters } from '../protocol/parameters.ts'
import { PARAMETERS } from '../subject/reference/parameters.ts'
import { reference } from './profiles/reference.ts'
import { PROFILES } from './profiles.ts'

test('every documented version has a profile of its own', () => {
  expect(PROFILES.map(({ id }) => id)).toEqual(['cpython-3.13', 'cpython-3.14.0a2', 'cpython-3.14', 'cpython-3.15', 'reference'])
})

test('what a profile says a subject declares is what the protocol lets it declare', () => {
  for (const { parameters } of PROFILES) expect(Parameters.parse(parameters)).toEqual(parameters)
})

test('no rule stands in a profile that is the same in all versions', () => {
  const [first, ...others] = PROFILES.map(({ rules }) => rules)
  for (const [name, value] of Object.entries(first ?? {})) {
    expect(
      others.some((rules) => JSON.stringify(rules[name as keyof typeof rules]) !== JSON.stringify(value)),
      name,
    ).toBe(true)
  }
})

test('only the versions that nobody could look at whole leave something open', () => {
  const open = PROFILES.filter(({ rules }) => Object.values(rules).includes('unknown')).map(({ id }) => id)
  expect(open).toEqual(['cpython-3.15'])
})

test('the reference declares what its profile says', () => {
  expect(PARAMETERS).toEqual(reference.parameters)
})
