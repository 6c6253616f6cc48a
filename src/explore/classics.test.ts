import { describe, expect, test } from 'vitest'
import {
  counter,
  dekker,
  messagePassing,
  peterson,
  reusing,
  steps,
  storeBuffering,
  testAndSetLock,
  ticketLock,
  treiber,
  twoLocks,
  wakeUp,
} from './classics.ts'
import { type Exploring, explore } from './explore.ts'
import type { Program } from './program.ts'

const outcomes = (program: Program<void>, exploring?: Exploring) => {
  const exploration = explore(program, exploring)
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.complete).toBe(true)
  return [...exploration.outcomes.keys()].sort()
}
const failure = (program: Program<void>, exploring?: Exploring) => {
  const { failure, complete, why } = explore(program, exploring)
  expect(complete).toBe(false)
  expect(why).toBe('failure')
  expect(failure?.shortest).toBe(true)
  return failure
}
/** Runs every schedule. */
const EACH = { states: 0 } as const

describe('mutual exclusion', () => {
  test.for([
    ['Peterson', peterson('flag first')],
    ['Peterson, twice', peterson('flag first', 2)],
    ['Dekker', dekker('before looking')],
    ['tickets', ticketLock(2, 'atomically')],
    ['test and set', testAndSetLock(2, 'atomically')],
  ] as const)('%s: the count is right in every schedule', ([name, program]) => {
    expect(outcomes(program)).toEqual([name.includes('twice') ? '4' : '2'])
  })

  test('of three threads: the count is right in every schedule', () => {
    expect(outcomes(ticketLock(3, 'atomically'))).toEqual(['3'])
    expect(outcomes(testAndSetLock(3, 'atomically'))).toEqual(['3'])
  })

  test.for([
    ['Peterson, turn first', peterson('turn first')],
    ['Dekker, asking too late', dekker('after looking')],
    ['test, then set', testAndSetLock(2, 'in two steps')],
  ] as const)('%s: both enter, which is a race on the count', ([, program]) => {
    const found = failure(program)
    expect(found?.kind).toBe('race')
    expect(found?.message).toContain('cell 64')
    // Seen without the detector, if every access is a step: a count is lost.
    const { outcomes } = explore(program, { races: false, everyAccess: true })
    expect([...outcomes.keys()]).toContain('1')
  })
})

test('tickets drawn in two steps: two threads may hold the same, and then one waits for ever', () => {
  const found = failure(ticketLock(2, 'in two steps'))
  expect(found?.kind).toBe('livelock')
  expect(found?.message).toBe('nobody can go on: Ada spins on cell 192')
  expect(found?.waits).toEqual([{ actor: 'Ada', how: 'spinning', on: ['cell 192'], for: ['Ben'] }])
})

describe('memory order', () => {
  test('store buffering: one of both sees the other, as JavaScript promises', () => {
    expect(outcomes(storeBuffering())).toEqual(['[0,1]', '[1,0]', '[1,1]'])
  })

  test('message passing: who saw the flag sees the data', () => {
    expect(outcomes(messagePassing('release and acquire'))).toEqual(['[null,42]'])
  })

  test.for(['relaxed', 'plain'] as const)('message passing by a %s flag: nothing orders the data', (flag) => {
    expect(failure(messagePassing(flag))?.kind).toBe('race')
  })
})

describe('the stack', () => {
  test('each item is popped once', () => {
    expect(outcomes(treiber(2))).toEqual(['[10,11]', '[11,10]'])
    expect(outcomes(treiber(3))).toHaveLength(6)
  })

  test('used again without protection, an item is lost', () => {
    const found = failure(reusing('none'))
    expect(found?.kind).toBe('assertion')
    expect(found?.message).toContain('an item is lost or taken twice')
    expect(found?.preemptions).toBe(1)
  })

  test('used again with a count, none is', () => {
    expect(outcomes(reusing('count'))).toEqual(['0 left', '1 left'])
  })
})

describe('sleeping', () => {
  test('a wake-up is not lost if the sleeper looks while it falls asleep', () => {
    expect(outcomes(wakeUp('while falling asleep'))).toEqual(['[null,null]'])
  })

  test('a wake-up between looking and sleeping is lost', () => {
    const found = failure(wakeUp('before'))
    expect(found?.kind).toBe('deadlock')
    expect(found?.rows.map(({ actor, operation }) => `${actor} ${operation}`)).toEqual(['Ada load', 'Ben store', 'Ben notify', 'Ada wait'])
    expect(found?.preemptions).toBe(1)
    expect(found?.waits).toEqual([{ actor: 'Ada', how: 'asleep', on: ['cell 128'], for: [] }])
  })

  test('locks taken in one order never deadlock', () => {
    expect(outcomes(twoLocks('same'))).toEqual(['[null,null]'])
  })

  test('locks taken in two orders deadlock, and the wait graph is a circle', () => {
    const found = failure(twoLocks('reversed'))
    expect(found?.kind).toBe('deadlock')
    expect(found?.message).toBe('nobody can go on: Ada sleeps on right; Ben sleeps on left')
    expect(found?.waits).toEqual([
      { actor: 'Ada', how: 'asleep', on: ['right'], for: ['Ben'] },
      { actor: 'Ben', how: 'asleep', on: ['left'], for: ['Ada'] },
    ])
    expect(found?.preemptions).toBe(1)
    expect(found?.steps).toBe(6)
  })
})

describe('counting', () => {
  test('by addition no count is lost, by load and store one may be', () => {
    expect(outcomes(counter('by addition'))).toEqual(['2'])
    expect(outcomes(counter('by load and store'))).toEqual(['1', '2'])
  })

  test('plainly it is a race, told with both accesses', () => {
    const found = failure(counter('plainly'))
    expect(found?.kind).toBe('race')
    expect(found?.message).toBe("a data race on cell 64: nothing orders Ada's set (at the start) and Ben's get (at the start)")
    expect(found?.rows.filter(({ guilty }) => guilty)).toHaveLength(2)
  })
})

describe('how many schedules there are', () => {
  test.for([
    [[3, 4], 35],
    [[5, 5], 252],
    [[2, 2, 2], 90],
    [[3, 3, 3], 1680],
    [[1, 2, 3, 4], 12600],
  ] as const)('%s steps: %s', ([counts, schedules]) => {
    const each = explore(steps(...counts), { ...EACH, everyAtomic: true })
    expect(each.schedules).toBe(schedules)
    expect(each.interleavings).toBe(schedules)
    expect(explore(steps(...counts), { everyAtomic: true }).interleavings).toBe(schedules)
  })

  test('of a stack that two threads use: as others have counted', () => {
    expect(explore(treiber(2), EACH).schedules).toBe(226)
    expect(explore(treiber(2)).interleavings).toBe(226)
  })

  test('is the same whether states are remembered, few of them, or none', () => {
    for (const program of [peterson('flag first'), dekker('before looking'), twoLocks('same'), reusing('count')]) {
      const { schedules } = explore(program, { ...EACH, everyAtomic: true })
      expect(explore(program, { everyAtomic: true }).interleavings).toBe(schedules)
      const { full, interleavings } = explore(program, { states: 10, everyAtomic: true })
      expect(full).toBe(true)
      expect(interleavings).toBe(schedules)
    }
  })
})
