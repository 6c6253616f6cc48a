import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FeatureError, parseFeature, readFeatures } from './features.ts'

const TEXT = `Feature: Counting
  Two counts,
  one sum.

  Background:
    Given Ada is attached

  Example: Stray
    When Ada drops a reference

  @BRC-01
  Rule: The sum counts
    Both parts of it.

    @BRC-01.1 @sees:queued
    Example: Another thread
      When Ben takes a reference

    @BRC-01.2
    Scenario Outline: <who> takes a reference
      When <who> takes a reference

      Examples:
        | who | count |
        | Ada | 2     |
      Examples:
        | who | count |
        | Ben | 1     |
`

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ftspec-features-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a feature is read with its rules and what shows them', () => {
  const { rules, ...feature } = parseFeature(TEXT, 'features/brc/counting.feature')
  expect(feature).toMatchObject({
    file: 'features/brc/counting.feature',
    name: 'Counting',
    prose: 'Two counts,\none sum.',
    line: 1,
    tags: [],
  })
  expect(rules).toHaveLength(1)
  expect(rules[0]).toMatchObject({ name: 'The sum counts', prose: 'Both parts of it.', line: 12, tags: ['@BRC-01'] })
  expect(rules[0]?.scenarios.map(({ name, line, tags, rows }) => ({ name, line, tags, rows }))).toEqual([
    { name: 'Another thread', line: 16, tags: ['@BRC-01.1', '@sees:queued'], rows: [] },
    { name: '<who> takes a reference', line: 20, tags: ['@BRC-01.2'], rows: ['Ada | 2', 'Ben | 1'] },
  ])
})

test('what is run has the id of its scenario, each row of an outline its number too', () => {
  const cases = parseFeature(TEXT, 'x.feature').rules.flatMap(({ scenarios }) => scenarios.flatMap((scenario) => scenario.cases))
  expect(cases.map(({ id, name, line }) => ({ id, name, line }))).toEqual([
    { id: 'BRC-01.1', name: 'Another thread', line: 16 },
    { id: 'BRC-01.2#1', name: 'Ada takes a reference', line: 20 },
    { id: 'BRC-01.2#2', name: 'Ben takes a reference', line: 20 },
  ])
  expect(cases[0]?.tags).toEqual(['@BRC-01', '@BRC-01.1', '@sees:queued'])
  expect(new Set(cases.map(({ pickle }) => pickle)).size).toBe(3)
})

test('a scenario without an id has an empty one', () => {
  expect(parseFeature(TEXT, 'x.feature').loose[0]?.cases[0]?.id).toBe('')
})

test('a scenario that stands under no rule is not lost', () => {
  const feature = parseFeature(TEXT, 'x.feature')
  expect(feature.loose.map(({ name }) => name)).toEqual(['Stray'])
})

test('features are found in the order of their paths, written with slashes', () => {
  mkdirSync(join(folder, 'features', 'qsbr'), { recursive: true })
  mkdirSync(join(folder, 'features', 'brc'))
  for (const file of ['qsbr/a.feature', 'brc/b.feature', 'brc/a.feature'])
    writeFileSync(join(folder, 'features', file), `Feature: ${file}\n`)
  expect(readFeatures(folder).map(({ file }) => file)).toEqual([
    'features/brc/a.feature',
    'features/brc/b.feature',
    'features/qsbr/a.feature',
  ])
})

test('what is not Gherkin is refused with its file and every line that is wrong', () => {
  const broken = 'Feature: Broken\n  Example: e\n    When x\n    Whenever it rains\n  Nor this\n'
  expect(() => parseFeature(broken, 'features/x.feature')).toThrow(FeatureError)
  expect(() => parseFeature(broken, 'features/x.feature')).toThrow(/^features\/x\.feature: \(4:5\).*\nfeatures\/x\.feature: \(5:3\)/)
  expect(() => parseFeature('# nothing\n', 'features/y.feature')).toThrow('features/y.feature: there is no feature in it')
})
