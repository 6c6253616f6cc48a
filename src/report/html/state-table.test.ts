import { expect, test } from 'vitest'
import type { Exchange, Step } from '../log.ts'
import { broke, did, given, looked, parked, scenario, skipped, when, wrote } from '../sample/sample-steps.ts'
import { type StateTable, stateTableOf } from './state-table.ts'

const stepsOf = (...rows: Exchange[][]): readonly Step[] =>
  scenario(
    'BRC-01.1',
    '',
    '',
    rows.map((exchanges) => when('it happens', ...exchanges)),
  ).steps
const texts = ({ rows }: StateTable): (string | undefined)[][] =>
  rows.map((row) => row.map((value) => value && `${value.text}${value.changed ? '!' : ''}`))

test('the cells that a step leaves with another value are columns, with what they held at first', () => {
  const table = stateTableOf(
    stepsOf(
      [
        did(
          'Ada',
          'a',
          {},
          {
            changes: [
              wrote('Ada', 'it.local', '0', '1'),
              wrote('Ada', 'clock', '1', '3'),
              wrote('Ada', 'main stopped', 'no', 'yes'),
              wrote('Ada', 'main stopped', 'yes', 'no'),
            ],
          },
        ),
      ],
      [looked('it')],
      [did('Ben', 'b', {}, { changes: [wrote('Ben', 'it shared', '0', '-1'), wrote('Ben', 'it.local', '1', '1')] })],
    ),
  )
  expect(table.source).toBe('changes')
  expect(table.columns).toEqual([
    { of: 'it', name: 'local', initially: '0' },
    { of: 'it', name: 'shared', initially: '0' },
    { of: '', name: 'clock', initially: '1' },
  ])
  expect(texts(table)).toEqual([
    ['1!', '0', '3!'],
    ['1', '0', '3'],
    ['1', '-1!', '3'],
  ])
})

test('what a cell belongs to is the first word of its name', () => {
  const changes = ['Ada state', 'main write sequence', 'all: still missing', 'm', 'b.0.state'].map((at) => wrote('Ada', at, '0', '1'))
  const { columns } = stateTableOf(stepsOf([did('Ada', 'a', {}, { changes })]))
  expect(columns.map(({ of, name }) => [of, name])).toEqual([
    ['Ada', 'state'],
    ['main', 'write sequence'],
    ['all', 'still missing'],
    ['', 'm'],
    ['b', '0.state'],
  ])
})

test('a subject that does not tell is shown by what was observed, without what never held anything', () => {
  const table = stateTableOf(stepsOf([did('Ada', 'a')], [looked('it')], [looked('it', { local: '0', shared: '2' })]))
  expect(table.source).toBe('observations')
  expect(table.columns.map(({ of, name }) => `${of}.${name}`)).toEqual([
    'object it.alive',
    'object it.owner',
    'object it.local',
    'object it.shared',
    'object it.references',
    'object it.state',
  ])
  expect(texts(table)).toEqual([
    [undefined, undefined, undefined, undefined, undefined, undefined],
    ['true!', 'Ada!', '1!', '0!', '1!', 'none!'],
    ['true', 'Ada', '0!', '2!', '2!', 'none'],
  ])
})

test('facts stand only where they were answered', () => {
  const table = stateTableOf(
    stepsOf(
      [did('Ada', 'qsbr.poll', {}, { facts: { reached: false } })],
      [did('Ada', 'a')],
      [did('Ada', 'qsbr.poll', {}, { facts: { reached: true } })],
    ),
  )
  expect(table.source).toBe('facts')
  expect(table.columns).toEqual([{ of: 'Ada qsbr.poll', name: 'reached', initially: undefined }])
  expect(texts(table)).toEqual([['false!'], [undefined], ['true!']])
})

test('steps that tell of no state have no columns', () => {
  const { columns } = stateTableOf(
    stepsOf([broke('Ada', 'a', {}, 'crash'), parked('Ben', 'b', {}, 'm', [])], [{ method: 'observe', request: { of: 'allocators' } }]),
  )
  expect(columns).toEqual([])
})

test('columns that nobody would read are counted', () => {
  const changes = Array.from({ length: 20 }, (_, index) => wrote('Ada', `b-${index}.state`, 'none', 'retired'))
  const { columns, left } = stateTableOf(stepsOf([did('Ada', 'a', {}, { changes })]))
  expect([columns.length, left]).toEqual([12, 8])
})

test('cells that only the set-up changed are no columns', () => {
  const enters = did('Ada', 'a', {}, { changes: [wrote('Ada', 'Ada state', 'none', 'attached'), wrote('Ada', 'Ada sequence', '0', '1')] })
  const reports = did('Ada', 'b', {}, { changes: [wrote('Ada', 'Ada sequence', '1', '3')] })
  const { steps } = scenario('BRC-01.1', '', '', [given('it is so', enters), when('it happens', reports)])
  const table = stateTableOf(steps)
  expect(table.columns.map(({ name }) => name)).toEqual(['sequence'])
  expect(table.settled).toEqual([{ of: 'Ada', name: 'state', value: 'attached' }])
})

test('in a scenario that is nothing but set-up, there are no columns', () => {
  const enters = did('Ada', 'a', {}, { changes: [wrote('Ada', 'Ada state', 'none', 'attached')] })
  const { steps } = scenario('BRC-01.1', '', '', [given('it is so', enters), skipped(given('it is not'))])
  expect(stateTableOf(steps)).toMatchObject({ columns: [], settled: [{ name: 'state' }] })
})
