import { describe, expect, test } from 'vitest'
import type { RaceOutcome, RaceResult } from '../src/protocol/messages.ts'
import type { State } from '../src/protocol/states.ts'
import { judge, queriesOf, readPrograms, readTable, tallyOf } from './race-table.ts'
import type { World } from './world.ts'

const world = {} as World
const NOBODYS = 'something unknown'

describe('the table of programs', () => {
  test('says in each row one thing more that an actor does', () => {
    const table = [
      ['Ada', 'attaches'],
      ['Ben', 'advances'],
      ['Ada', 'takes a reference and drops it again'],
    ]
    const ops = Object.entries(readPrograms(world, table)).map(([actor, program]) => [actor, program.map(({ op }) => op)])
    expect(ops).toEqual([
      ['Ada', ['thread.attach', 'object.incref', 'object.decref']],
      ['Ben', ['qsbr.advance']],
    ])
  })

  test('says nothing that nobody can do', () => {
    expect(() => readPrograms(world, [['Ada', 'sings']])).toThrow('nobody can do this in a race: "sings"')
    expect(() => readPrograms(world, [['Ada']])).toThrow('nobody can do this in a race: ""')
    expect(() => readPrograms(world, [[]])).toThrow('nobody can do this in a race: ""')
  })
})

describe('a table of outcomes', () => {
  const HEAD = ['block b', 'Ben', 'mutex m', 'grade', 'because']
  const ROW = ['freed', 'done', 'held', 'expected', 'why not']

  test('asks for what has to be looked at, in the order of its columns', () => {
    const table = readTable([HEAD, ROW], ['Ada', 'Ben'])
    expect(queriesOf(table)).toEqual([
      { of: 'block', block: 'b' },
      { of: 'mutex', mutex: 'm' },
    ])
    expect([...table.rows]).toEqual([['freed | done | held', { cells: ['freed', 'done', 'held'], grade: 'expected', because: 'why not' }]])
  })

  test.for([
    ['the grade', ['Ben', 'because']],
    ['the reason', ['Ben', 'grade']],
    ['both', ['Ben']],
    ['anything', []],
    ['what is looked at', ['grade', 'because']],
    ['the right order', ['Ben', 'because', 'grade']],
  ] as const)('is none without %s', ([, head]) => {
    expect(() => readTable([head], ['Ben'])).toThrow(
      'a table of outcomes says what is looked at, and its last columns are "grade" and "because"',
    )
  })

  test('is none without any row', () => {
    expect(() => readTable([], ['Ben'])).toThrow('a table of outcomes says what is looked at')
  })

  test.for(['Expected', 'good', ''])('knows no grade "%s"', (grade) => {
    const rows = [
      ['Ben', 'grade', 'because'],
      ['granted', grade, ''],
    ]
    expect(() => readTable(rows, ['Ben'])).toThrow(`an outcome is expected, allowed, forbidden, not "${grade}"`)
  })

  test('knows no row that is too short', () => {
    expect(() => readTable([['Ben', 'grade', 'because'], ['granted']], ['Ben'])).toThrow('not ""')
  })

  test('names an outcome once', () => {
    expect(() => readTable([HEAD, ROW, [...ROW.slice(0, 3), 'forbidden', 'why']], ['Ben'])).toThrow(
      'the outcome freed | done | held stands there twice',
    )
  })

  test('looks at nothing that nobody knows', () => {
    expect(() => readTable([[NOBODYS, 'grade', 'because']], ['Ben'])).toThrow(`nothing is known of "${NOBODYS}"`)
  })
})

describe('a result', () => {
  const TABLE = readTable(
    [
      ['Ben', 'block b', 'mutex m', 'grade', 'because'],
      ['intact', 'retired', 'free', 'expected', 'it was early'],
      ['intact', 'freed', 'free', 'expected', 'it was late'],
      ['intact', 'freed', 'held', 'allowed', 'that may be'],
      ['spoilt', 'freed', 'free', 'forbidden', 'it went while he read'],
    ],
    ['Ada', 'Ben'],
  )
  const outcome = (intact: boolean, state: 'retired' | 'freed', locked: boolean, token?: string): RaceOutcome => ({
    answers: { Ada: [{ facts: {} }], Ben: [{ facts: { intact } }, { facts: {} }] },
    states: [
      { of: 'block', state, domain: 'memory', goal: null },
      { of: 'mutex', locked, parked: false, waiting: [] },
    ] satisfies State[],
    times: 1,
    ...(token === undefined ? {} : { token }),
  })
  const EARLY = outcome(true, 'retired', false, 'early')
  const LATE = outcome(true, 'freed', false, 'late')
  const ALLOWED = outcome(true, 'freed', true, 'allowed')
  const FORBIDDEN = outcome(false, 'freed', false, 'forbidden')
  const UNNAMED = outcome(false, 'retired', false, 'unnamed')
  const explored = (outcomes: RaceOutcome[], more: Partial<RaceResult> = {}): RaceResult => ({
    how: 'explored',
    complete: true,
    schedules: 12,
    outcomes,
    ...more,
  })

  test('lacks nothing if every expected outcome came, whether an allowed one did or not', () => {
    expect(judge(TABLE, explored([LATE, EARLY]), { limited: false })).toEqual({ lacking: [] })
    expect(judge(TABLE, explored([EARLY, ALLOWED, LATE]), { limited: false })).toEqual({ lacking: [] })
  })

  test('lacks the expected outcomes that no order comes to', () => {
    expect(judge(TABLE, explored([EARLY, ALLOWED]), { limited: false })).toEqual({
      lacking: ['intact | freed | free: that is expected, and comes of no order'],
    })
    expect(judge(TABLE, explored([]), { limited: false }).lacking).toHaveLength(2)
  })

  test('is wrong with an outcome that is forbidden, whatever else came', () => {
    expect(judge(TABLE, explored([EARLY, LATE, FORBIDDEN]), { limited: false })).toEqual({
      wrong: { outcome: FORBIDDEN, what: 'spoilt | freed | free: that is forbidden, it went while he read' },
      lacking: [],
    })
  })

  test('is wrong with an outcome that stands in no row', () => {
    expect(judge(TABLE, explored([EARLY, LATE, UNNAMED]), { limited: false })).toEqual({
      wrong: { outcome: UNNAMED, what: 'spoilt | retired | free: that stands in no row' },
      lacking: [],
    })
  })

  test('shows of outcomes that the table does not tell apart the first', () => {
    const second = { ...FORBIDDEN, token: 'second', times: 7 }
    expect(judge(TABLE, explored([FORBIDDEN, second]), { limited: false }).wrong?.outcome).toBe(FORBIDDEN)
  })

  test('is not wrong twice: what is wrong comes before what is lacking, even if orders were left out', () => {
    const incomplete = explored([FORBIDDEN], { complete: false, schedules: 1 })
    for (const limited of [true, false]) expect(judge(TABLE, incomplete, { limited }).wrong?.outcome).toBe(FORBIDDEN)
  })

  test('lacks orders if some were left out although nobody asked for that', () => {
    expect(judge(TABLE, explored([EARLY], { complete: false }), { limited: false })).toEqual({ lacking: ['some orders were not tried'] })
    expect(judge(TABLE, explored([EARLY, LATE], { complete: false, limitedBy: 'size' }), { limited: false })).toEqual({
      lacking: ['some orders were not tried: there are too many'],
    })
  })

  test('lacks nothing if orders were left out because somebody asked for that', () => {
    expect(judge(TABLE, explored([EARLY], { complete: false, schedules: 1 }), { limited: true })).toEqual({ lacking: [] })
  })

  test('lacks what it lacks if somebody asked for less, and yet no order was left out', () => {
    expect(judge(TABLE, explored([EARLY]), { limited: true }).lacking).toHaveLength(1)
  })

  test('lacks what is expected and does not come within the bound that the scenario declares', () => {
    const bounded = (outcomes: RaceOutcome[], more: Partial<RaceResult> = {}) =>
      explored(outcomes, { complete: false, limitedBy: 'bound', ...more })
    const effort = { limited: false, declared: 2 }
    expect(judge(TABLE, bounded([EARLY, LATE]), effort)).toEqual({ lacking: [] })
    expect(judge(TABLE, bounded([EARLY]), effort).lacking).toEqual([
      'intact | freed | free: that is expected, and comes of no order within bound 2',
    ])
    expect(judge(TABLE, bounded([EARLY, LATE], { schedules: 1 }), effort).lacking).toEqual(['there is only one order: nothing races'])
    expect(judge(TABLE, bounded([EARLY]), { ...effort, limited: true }).lacking).toHaveLength(1)
  })

  test('declares nothing about orders that something else left out', () => {
    const spent = explored([EARLY], { complete: false, limitedBy: 'budget' })
    expect(judge(TABLE, spent, { limited: false, declared: 2 }).lacking).toEqual(['some orders were not tried: the time was up'])
    expect(judge(TABLE, spent, { limited: true, declared: 2 }).lacking).toEqual([])
    expect(judge(TABLE, explored([EARLY]), { limited: false, declared: 2 }).lacking).toEqual([
      'intact | freed | free: that is expected, and comes of no order',
    ])
  })

  test('is no race if there is only one order', () => {
    expect(judge(TABLE, explored([EARLY, LATE], { schedules: 1 }), { limited: false })).toEqual({
      lacking: ['there is only one order: nothing races'],
    })
  })

  test('of attempts lacks nothing that did not come, not even a second attempt', () => {
    expect(judge(TABLE, explored([EARLY], { how: 'sampled', complete: false, schedules: 1 }), { limited: false })).toEqual({ lacking: [] })
  })

  test('of attempts is wrong with what must not be, all the same', () => {
    const sampled = { how: 'sampled', complete: false } as const
    expect(judge(TABLE, explored([EARLY, FORBIDDEN], sampled), { limited: false }).wrong?.outcome).toBe(FORBIDDEN)
    expect(judge(TABLE, explored([EARLY, UNNAMED], sampled), { limited: false }).wrong?.outcome).toBe(UNNAMED)
  })

  test('is counted row by row, outcomes that the table does not tell apart together', () => {
    const late = { ...LATE, times: 5, states: [{ ...LATE.states[0], goal: '7' }, LATE.states[1]] as State[] }
    expect(tallyOf(TABLE, explored([EARLY, LATE, late, FORBIDDEN, UNNAMED]), undefined)).toEqual({
      how: 'explored',
      complete: true,
      failed: false,
      schedules: 12,
      rows: [
        { words: ['intact', 'retired', 'free'], grade: 'expected', times: 1 },
        { words: ['intact', 'freed', 'free'], grade: 'expected', times: 6 },
        { words: ['intact', 'freed', 'held'], grade: 'allowed', times: 0 },
        { words: ['spoilt', 'freed', 'free'], grade: 'forbidden', times: 1 },
        { words: ['spoilt', 'retired', 'free'], grade: null, times: 1 },
      ],
    })
  })

  test('is counted with what limited it, and with its failure', () => {
    const bounded = explored([], { complete: false, limitedBy: 'bound' })
    expect(tallyOf(TABLE, bounded, 2)).toMatchObject({ complete: false, limitedBy: 'bound', bound: 2 })
    expect(tallyOf(TABLE, { ...bounded, limitedBy: 'size' }, 2)).not.toHaveProperty('bound')
    const failure = { kind: 'deadlock', message: 'nobody can go on' }
    expect(tallyOf(TABLE, explored([], { how: 'sampled', complete: false, failure }), undefined)).toMatchObject({
      how: 'sampled',
      failed: true,
    })
  })

  test('does not lose its states', () => {
    const before = structuredClone(EARLY)
    judge(TABLE, explored([EARLY]), { limited: false })
    expect(EARLY).toEqual(before)
  })
})
