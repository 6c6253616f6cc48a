/** Sets that change in place while others look at them. */
import { describe, expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import { python } from '../../../testing/python.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { Thread } from '../../interpreter/thread.ts'
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { safeIntegerOf } from './int.ts'
import { Kind } from './kinds.ts'
import type { Caller } from './mutator.ts'
import { IN_PLACE, Operation } from './operate/operation.ts'
import { prepareSingletons } from './prepare-singletons.ts'
import { FROZENSET_PROTOCOL, newSet, SET_PROTOCOL, type SetKind, setAdd, setContains, setItems, setUpdate } from './set-items.ts'
import { smallInt } from './singletons.ts'

const setOf = (m: Caller, kind: SetKind, ...numbers: number[]): Address =>
  newSet(
    m,
    kind,
    numbers.map((number) => smallInt(m, number)),
  )

const numbersIn = (m: Caller, set: Address): number[] => setItems(m, set).map((item) => safeIntegerOf(m.memory, item))

describe('an operation in place', () => {
  test.for([
    ['OR', [1, 2, 3, 4]],
    ['AND', [2, 3]],
    ['SUBTRACT', [1]],
    ['XOR', [1, 4]],
  ] as const)('%s changes the set itself', ([name, result]) => {
    const { m, left } = python()
    const [one, other] = [setOf(m, Kind.SET, 1, 2, 3), setOf(m, Kind.FROZENSET, 2, 3, 4)]
    const changed = SET_PROTOCOL.binary?.(m, Operation[name] + IN_PLACE, one, other)
    expect([changed, numbersIn(m, one)]).toEqual([one, result])
    for (const set of [one, one, other]) decref(m, set)
    expect(left()).toBe(0)
  })

  test('with the set itself takes everything out, or leaves everything', () => {
    const { m } = python()
    const inPlace = (operation: number) => {
      const set = setOf(m, Kind.SET, 1, 2)
      SET_PROTOCOL.binary?.(m, operation + IN_PLACE, set, set)
      return numbersIn(m, set)
    }
    expect([Operation.OR, Operation.AND, Operation.SUBTRACT, Operation.XOR].map(inPlace)).toEqual([[1, 2], [1, 2], [], []])
  })

  test('makes another of a frozen set', () => {
    const { m } = python()
    const [one, other] = [setOf(m, Kind.FROZENSET, 1), setOf(m, Kind.SET, 2)]
    const made = FROZENSET_PROTOCOL.binary?.(m, Operation.OR + IN_PLACE, one, other) as Address
    expect([made === one, numbersIn(m, one), numbersIn(m, made)]).toEqual([false, [1], [1, 2]])
  })

  test('is not for sets and anything else', () => {
    const { m, using } = python()
    const set = setOf(m, Kind.SET, 1)
    using([[1n]], (tuple) => expect(SET_PROTOCOL.binary?.(m, Operation.OR + IN_PLACE, set, tuple)).toBe(NULL))
    expect(SET_PROTOCOL.binary?.(m, Operation.ADD, set, set)).toBe(NULL)
  })
})

test('what cannot be added leaves nothing behind', () => {
  const { m, using, failure, left } = python()
  const set = setOf(m, Kind.SET, 1)
  using([['some text', { listOf: [] }, 'and some more']], (tuple) => {
    expect(failure(() => setUpdate(m, set, tuple))).toBe("TypeError: unhashable type: 'list'")
  })
  decref(m, set)
  expect(left()).toBe(0)
})

describe('in every order, or with at most two preemptions', () => {
  const BYTES = 256 * 1024
  type Seat = Pick<Thread, 'os' | 'record'>
  const sit = (memory: Memory, { os, record }: Seat) => new Thread(new Runtime(memory, BYTES), os, record, QUIET) as Thread & Caller

  const outcomes = (operation: number, act: (ben: Caller, set: Address) => unknown, preemptions = Infinity) => {
    const exploration = explore<{ readonly seats: readonly [Seat, Seat]; readonly set: Address; readonly other: Address }>(
      {
        bytes: BYTES,
        setup: (memory) => {
          const runtime = Runtime.create(memory, BYTES)
          const os = runtime.createOsThread()
          const interpreter = runtime.createInterpreter({ memory, lot: runtime.record.parkingLot, waiter: os.waiter })
          const [ada, ben] = [enter({ runtime, interpreter }), enter({ runtime, interpreter })] as [Thread & Caller, Thread & Caller]
          prepareSingletons(ada)
          const [set, other] = [setOf(ada, Kind.SET, 1), setOf(ada, Kind.SET, 1, 2)]
          return { seats: [ada, ben], set, other }
        },
        bodies: [
          (memory, { seats: [seat], set, other }) => {
            const ada = sit(memory, seat)
            decref(ada, SET_PROTOCOL.binary?.(ada, operation + IN_PLACE, set, other) as Address)
          },
          (memory, { seats: [, seat], set }) => act(sit(memory, seat), set),
        ],
        observe: (memory, [, told], { seats: [seat], set }) => `${told}; ${numbersIn(sit(memory, seat), set).toSorted()}`,
      },
      { preemptions },
    )
    expect(exploration.failure?.message).toBeUndefined()
    expect(exploration.why).toBe(preemptions === Infinity ? undefined : 'preemptions')
    return [...exploration.outcomes.keys()]
  }

  test.for(['OR', 'AND'] as const)('what stays is always there while %s works in place', (name) => {
    const found = outcomes(Operation[name], (ben, set) => setContains(ben, set, smallInt(ben, 1)))
    expect(found).toEqual([name === 'OR' ? 'true; 1,2' : 'true; 1'])
  })

  test.for(['OR', 'SUBTRACT', 'XOR'] as const)('what another thread adds while %s works in place is not lost', (name) => {
    const found = outcomes(Operation[name], (ben, set) => setAdd(ben, set, smallInt(ben, 3)), 2)
    expect(found).toEqual([{ OR: 'undefined; 1,2,3', SUBTRACT: 'undefined; 3', XOR: 'undefined; 2,3' }[name]])
  })
})
