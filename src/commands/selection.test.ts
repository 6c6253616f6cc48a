import { expect, test } from 'vitest'
import { parseFeature } from '../requirements/features.ts'
import { casesOf, type Request, requestOf, scenariosNamed, select } from './selection.ts'
import { UsageError } from './usage-error.ts'

const LOCK = {
  requirements: ['BRC-01', 'BRC-90', 'BRC-91'],
  scenarios: [],
  rows: {},
  aliases: { 'BRC-91': 'BRC-02', 'BRC-02.9': 'BRC-02.1' },
  tombstones: { 'BRC-90': 'it said the same as BRC-01; 0.2.0', 'BRC-02.8': 'nobody asked; 0.2.0' },
}
const FEATURE = parseFeature(
  `Feature: Counting
  @BRC-02
  Rule: The sum is never negative
    @BRC-02.1
    Example: One
      When Ada takes a reference
    @BRC-02.2
    Scenario Outline: Another
      When <who> takes a reference
      Examples:
        | who |
        | Ada |
        | Ben |
`,
  'features/brc/counting.feature',
)

test('every case knows its requirement, its chapter, its rule and its feature', () => {
  expect(casesOf([FEATURE]).map(({ case: one, requirement, chapter, rule }) => [one.id, requirement, chapter, rule.name])).toEqual([
    ['BRC-02.1', 'BRC-02', 'brc', 'The sum is never negative'],
    ['BRC-02.2#1', 'BRC-02', 'brc', 'The sum is never negative'],
    ['BRC-02.2#2', 'BRC-02', 'brc', 'The sum is never negative'],
  ])
})

test('names are taken as users write them, and old ids lead to new ones', () => {
  expect(requestOf(['BRC', 'dfree'], ['dfree-01', 'BRC-91'], LOCK)).toEqual({
    chapters: ['brc', 'dfree'],
    requirements: ['DFREE-01', 'BRC-02'],
  })
})

test.for([
  [['bcr'], [], 'there is no chapter bcr: did you mean brc?'],
  [['zzz'], [], 'there is no chapter zzz; there are thread, '],
  [['brc', 'qsbr'], ['BRC-01', 'DFREE-01'], 'DFREE-01 is not in brc or qsbr'],
  [[], ['BRC-3'], 'there is no requirement BRC-3: did you mean BRC-03, BRC-13, or BRC-01?'],
  [[], ['BRC-90'], 'BRC-90 was given up: it said the same as BRC-01; 0.2.0'],
] as const)('what does not exist is refused: %s %s', ([chapters, requirements, message]) => {
  expect(() => requestOf(chapters, requirements, LOCK)).toThrow(UsageError)
  expect(() => requestOf(chapters, requirements, LOCK)).toThrow(message)
})

test('scenarios are selected by their ids, by old ones or by a row, and each outline whole', () => {
  expect(scenariosNamed(['brc-02.9', 'BRC-02.2#2'], [FEATURE], LOCK)).toEqual(['BRC-02.1', 'BRC-02.2'])
  const ids = (scenarios: string[]) =>
    select({ chapters: [], requirements: [], scenarios }, [FEATURE]).map(({ requirement, planned }) => [
      requirement.id,
      planned.map((one) => one.case.id),
    ])
  expect(ids(['BRC-02.2'])).toEqual([['BRC-02', ['BRC-02.2#1', 'BRC-02.2#2']]])
  expect(ids(['BRC-02.2', 'BRC-02.1'])).toEqual([['BRC-02', ['BRC-02.1', 'BRC-02.2#1', 'BRC-02.2#2']]])
})

test.for([
  ['BRC-02.3', 'there is no scenario BRC-02.3: did you mean BRC-02.1 or BRC-02.2?'],
  ['BRC-02.8', 'BRC-02.8 was given up: nobody asked; 0.2.0'],
] as const)('a scenario that does not exist is refused: %s', ([word, message]) => {
  expect(() => scenariosNamed([word], [FEATURE], LOCK)).toThrow(UsageError)
  expect(() => scenariosNamed([word], [FEATURE], LOCK)).toThrow(message)
})

test('asking for nothing in particular asks for everything', () => {
  const selected = select({ chapters: [], requirements: [] }, [FEATURE])
  expect(selected.map(({ requirement }) => requirement.id)).toContain('INTERP-09')
  expect(selected.filter(({ planned }) => planned.length > 0).map(({ requirement }) => requirement.id)).toEqual(['BRC-02'])
})

/** What is selected, with how much there is to run for it or why there is nothing. */
const shown = (request: Request) =>
  Object.fromEntries(select(request, [FEATURE]).map(({ requirement, notRun, planned }) => [requirement.id, notRun ?? planned.length]))

test('requirements are selected by their ids, and each says why there is nothing to run', () => {
  expect(shown({ chapters: [], requirements: ['DFREE-08', 'BRC-01', 'BRC-02'] })).toEqual({
    'BRC-01': 'no scenario shows it',
    'BRC-02': 3,
    'DFREE-08': 'it needs chapter heap, which is not built yet',
  })
})

test('a chapter selects all its requirements, unless some are named', () => {
  const whole = shown({ chapters: ['uniq'], requirements: [] })
  expect(whole).toMatchObject({ 'UNIQ-01': 'chapter uniq is not built yet' })
  expect(Object.keys(whole)).toHaveLength(8)
  expect(Object.keys(shown({ chapters: ['uniq'], requirements: ['UNIQ-02'] }))).toEqual(['UNIQ-02'])
})
