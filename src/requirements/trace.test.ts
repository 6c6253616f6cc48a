import { expect, test } from 'vitest'
import { parseFeature } from './features.ts'
import { type ChapterInventory, core, extended } from './requirement.ts'
import { liveIds, type Traced, traceProblems } from './trace.ts'

const brc: ChapterInventory = {
  id: 'brc',
  title: 'Counting',
  built: true,
  requirements: [core('BRC-01', ['S11'], 'It counts.'), extended('BRC-02', 'It waits.', 'heap')],
}
const heap: ChapterInventory = { id: 'heap', title: 'Heaps', built: false, requirements: [core('HEAP-01', ['S12'], 'There are four.')] }

const GOOD = `Feature: Counting
  @BRC-01
  Rule: It counts
    @BRC-01.1 @sees:queued
    Example: One
      When Ada takes a reference
`

/** Everything in order, apart from what is given; the lock file knows the ids that the features have. */
function traced(text: string = GOOD, other: Partial<Traced> = {}, file = 'features/brc/counting.feature'): Traced {
  const inventory = [brc, heap]
  const features = [parseFeature(text, file)]
  return {
    inventory,
    features,
    faults: [{ id: 'miscounts', requirement: 'BRC-01' }],
    pages: { brc: 'BRC-01 is shown by BRC-01.1.' },
    lock: { ...liveIds(inventory, features), aliases: {}, tombstones: {} } as Traced['lock'],
    ...other,
  }
}

const inRule = (lines: string): string => `Feature: F\n  @BRC-01\n  Rule: It counts\n${lines}`
const scenario = (tags: string, name = 'One', steps = '      When x\n'): string => `    ${tags}\n    Example: ${name}\n${steps}`

test('what belongs together has no problems, and what is not built is not missed', () => {
  expect(traceProblems(traced())).toEqual([])
})

test('every requirement of a built chapter has a scenario, a fault and a place on the page', () => {
  expect(traceProblems(traced('Feature: Empty\n', { faults: [], pages: { brc: 'Nothing.' } }))).toEqual([
    'BRC-01 has no scenario',
    'BRC-01 has no fault that breaks it',
    'BRC-01 is not mentioned in docs/brc.md',
  ])
})

test('a built chapter has a page', () => {
  expect(traceProblems(traced(GOOD, { pages: {} }))).toEqual(['chapter brc has no page docs/brc.md'])
})

test('a fault breaks a requirement that exists, and has a name of its own', () => {
  const faults = [
    { id: 'miscounts', requirement: 'BRC-01' },
    { id: 'miscounts', requirement: 'BRC-09' },
  ]
  expect(traceProblems(traced(GOOD, { faults }))).toEqual([
    'fault miscounts is there twice',
    'fault miscounts breaks BRC-09, which is no requirement',
  ])
})

test('ids are unique, in the inventory and in the features', () => {
  const twice = inRule(scenario('@BRC-01.1') + scenario('@BRC-01.1', 'Two'))
  expect(traceProblems(traced(twice))).toEqual(['scenario BRC-01.1 is there twice'])
  const doubled = { ...brc, requirements: [...brc.requirements, core('BRC-01', ['S11'], 'It counts again.')] }
  expect(traceProblems(traced(GOOD, { inventory: [doubled, heap] }))).toContain('requirement BRC-01 stands in the inventory twice')
})

test('ids are held against the lock file', () => {
  const lock = { requirements: ['BRC-01', 'BRC-02', 'HEAP-01'], scenarios: [], rows: {}, aliases: {}, tombstones: {} }
  expect(traceProblems(traced(GOOD, { lock }))).toEqual([expect.stringContaining('BRC-01.1 is new')])
})

test.for([
  ['features/heap/walk.feature', 'features/heap/walk.feature:1: heap is not the folder of a chapter that is built'],
  ['features/misc/walk.feature', 'features/misc/walk.feature:1: misc is not the folder of a chapter that is built'],
] as const)('a feature lies in the folder of its chapter: %s', ([file, problem]) => {
  expect(traceProblems(traced(GOOD, {}, file))).toContain(problem)
})

test.for([
  ['a scenario under no rule', 'Feature: F\n  @BRC-01.1\n  Example: One\n    When x\n', '3: "One" stands under no rule'],
  ['a rule without a sentence', GOOD.replace('It counts', ''), '3: the rule has no sentence'],
  ['a rule without a scenario', inRule(''), '3: no scenario shows the rule'],
  ['a rule without a requirement', GOOD.replace('@BRC-01\n', '\n'), '3: a rule has one tag that names its requirement'],
  ['a rule of two requirements', GOOD.replace('@BRC-01\n', '@BRC-01 @BRC-02\n'), '3: a rule has one tag that names its requirement'],
  ['a rule of another chapter', GOOD.replace('@BRC-01\n', '@HEAP-01\n'), '3: HEAP-01 is no requirement of this chapter'],
  ['a scenario of another requirement', GOOD.replace('BRC-01.1', 'BRC-02.1'), '5: BRC-02.1 stands under a rule of BRC-01'],
  ['a scenario under a rule of none', GOOD.replace('@BRC-01\n', '\n'), '5: BRC-01.1 stands under a rule of no requirement'],
  ['a scenario without an id', GOOD.replace('@BRC-01.1', ''), '5: a scenario has one tag that is its id'],
  ['a scenario with two ids', GOOD.replace('@BRC-01.1', '@BRC-01.1 @BRC-01.2'), '5: a scenario has one tag that is its id'],
  ['a scenario without a name', inRule(scenario('@BRC-01.1', '')), '5: the scenario has no name'],
  ['a scenario without steps', inRule(scenario('@BRC-01.1', 'One', '')), '5: the scenario has no steps'],
  [
    'an outline without rows',
    inRule('    @BRC-01.1\n    Scenario Outline: One\n      When <x>\n      Examples:\n        | x |\n'),
    '5: the outline has no rows, so nothing is run',
  ],
  ['a bound without a race', GOOD.replace('@sees:queued', '@bound:2'), '5: a bound is for a race, and nobody races'],
  ['a misspelt tag on a feature', `@wip\n${GOOD}`, '2: @wip means nothing'],
  ['a misspelt tag on a rule', GOOD.replace('@BRC-01\n', '@BRC-01 @core\n'), '3: @core means nothing'],
  ['a witness that does not exist', GOOD.replace('@sees:queued', '@sees:quewed'), '5: @sees:quewed means nothing'],
  [
    'a row that is there twice',
    inRule(
      '    @BRC-01.1\n    Scenario Outline: One\n      When <x>\n      Examples:\n        | x | y |\n        | a | b |\n        | a | b |\n',
    ),
    '5: the row a | b is there twice',
  ],
] as const)('%s is a problem', ([, text, problem]) => {
  expect(traceProblems(traced(text))).toContain(`features/brc/counting.feature:${problem}`)
})
