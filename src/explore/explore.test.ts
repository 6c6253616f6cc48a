import { describe, expect, test } from 'vitest'
import type { Memory } from '../runtime/memory/memory.ts'
import { counter, steps, twoLocks, wakeUp } from './classics.ts'
import { type Exploring, explore, type Progress, replay, sample } from './explore.ts'
import type { ExploredMemory } from './explored-memory.ts'
import type { Body, Program, Situation } from './program.ts'
import { Unrepeatable } from './runner.ts'

const AT = 64
const OTHER = 128

/** A program without a setup of its own. */
const bodies = (...bodies: Body<void>[]): Program<void> => ({ bytes: 4096, setup: () => {}, bodies })
const store =
  (at: number, value: number): Body<void> =>
  (memory) =>
    memory.store(at, value)
const failureOf = <Context>(program: Program<Context>, exploring?: Exploring) => explore(program, exploring).failure
const outcomesOf = (program: Program<void>, exploring?: Exploring) => {
  const { outcomes, complete, failure } = explore(program, exploring)
  expect(failure?.message).toBeUndefined()
  expect(complete).toBe(true)
  return [...outcomes.keys()].sort()
}
const quietly: Body<void> = () => {}

describe('bodies', () => {
  test('are unwound through finally and catch without a trace', () => {
    let cleaned = 0
    const program = bodies(
      (memory) => {
        try {
          memory.add(AT, 1)
          memory.add(AT, 1)
          return 'through'
        } catch {
          // Whoever swallows everything: what it does from here on must not count.
          memory.store(OTHER, 1)
          return 'caught'
        } finally {
          memory.add(AT, 1)
          cleaned += 1
        }
      },
      (memory) => memory.load(OTHER),
    )
    expect(outcomesOf(program)).toEqual(['["through",0]'])
    expect(cleaned).toBeGreaterThan(0)
  })

  test('clean up when they fail themselves', () => {
    const found = failureOf(
      bodies((memory) => {
        try {
          throw new Error('wrong')
        } finally {
          memory.store(AT, 1)
        }
      }, quietly),
    )
    expect(found).toMatchObject({ kind: 'assertion', message: 'Ada failed: Error: wrong', steps: 1 })
    expect(found?.error).toEqual(new Error('wrong'))
  })

  test('that depend on anything but the memory are found out', () => {
    let runs = 0
    const drifting: Body<void> = (memory) => {
      runs += 1
      memory.store(AT, runs)
      memory.store(AT, 0)
    }
    expect(() => explore(bodies(drifting, drifting))).toThrow(Unrepeatable)
    runs = 0
    const ending: Body<void> = (memory) => {
      runs += 1
      if (runs > 1) return
      memory.store(AT, 1)
    }
    expect(() => explore(bodies(ending, quietly))).toThrow(new Unrepeatable('a body ended earlier than when it was run before'))
  })

  test('are one to four', () => {
    expect(outcomesOf(bodies(quietly))).toEqual(['[null]'])
    expect(() => explore(bodies())).toThrow(RangeError)
    expect(() => explore(bodies(quietly, quietly, quietly, quietly, quietly))).toThrow('one to 4 bodies can be explored, not 5')
  })

  test('that do plain accesses without end are a failure, not a hang', () => {
    const forever: Body<void> = (memory) => {
      for (;;) memory.set(AT, 1)
    }
    expect(failureOf(bodies(forever, quietly))).toMatchObject({ kind: 'endless', steps: 0 })
    const later: Body<void> = (memory) => {
      memory.load(OTHER)
      forever(memory)
    }
    expect(failureOf(bodies(later, quietly))).toMatchObject({ kind: 'endless', steps: 1 })
  })

  test('that never end are a failure', () => {
    const found = failureOf(
      bodies((memory) => {
        while (memory.add(AT, 1) >= 0);
      }, quietly),
      { depth: 20 },
    )
    expect(found).toMatchObject({ kind: 'endless', message: 'a schedule did not end within 20 steps', steps: 20, shortest: false })
  })

  test('of more operations than fit at first', () => {
    const long: Body<void> = (memory) => {
      for (let i = 0; i < 1000; i++) memory.add(AT + 4 * (i % 100), 1)
      memory.fill(AT, 3000, 7)
    }
    expect(outcomesOf(bodies(long))).toEqual(['[null]'])
  })
})

describe('what is asked', () => {
  const two = (): Program<void> => ({
    ...bodies(store(AT, 1), store(OTHER, 1)),
    observe: (memory) => `${memory.load(AT)}${memory.load(OTHER)}`,
  })

  test('an outcome that is forbidden is a failure', () => {
    expect(failureOf({ ...two(), forbidden: (outcome) => (outcome === '11' ? 'both were set' : undefined) })).toMatchObject({
      kind: 'forbidden outcome',
      message: '11 must not be: both were set',
      steps: 2,
    })
    expect(outcomesOf({ ...two(), forbidden: () => undefined })).toEqual(['11'])
  })

  test('an observer may fail, use the memory, and leaves no trace', () => {
    const observe = (memory: Memory): string => {
      memory.fill(AT, 8, 3)
      memory.expect(AT, 4, 'freed')
      memory.pause()
      memory.notify(AT, 1)
      ;(memory as ExploredMemory).elapse(3)
      expect(memory.wait(AT, 0)).toBe('changed')
      return `${memory.exchange(AT, 9)} ${memory.get(AT)} ${memory.now()}`
    }
    expect(outcomesOf({ ...two(), observe })).toEqual(['3 9 3'])
    expect(failureOf({ ...two(), observe: (memory) => memory.wait(AT, 1) })).toMatchObject({
      kind: 'assertion',
      message: 'what came of it is wrong: EndlessSleep: nobody else runs who could end the sleep on the cell at 64',
    })
  })

  test('an invariant is looked at in every state, with what everybody is about to do', () => {
    const broken = (memory: Memory) => (memory.load(AT) >= memory.load(OTHER) ? undefined : `the second is ${memory.load(OTHER)}`)
    expect(failureOf({ ...two(), invariants: [{ name: 'first before second', broken }] })).toMatchObject({
      kind: 'invariant',
      message: 'does not hold: first before second; the second is 1',
      steps: 1,
    })
    const seen = new Set<string>()
    const exploration = explore({
      ...two(),
      names: ['Xenia'],
      invariants: [
        {
          name: 'unless somebody is about to set the first',
          broken: (memory, _context, situation) => {
            seen.add(JSON.stringify([situation.next(AT), situation.next(OTHER)]))
            return situation.next(AT).some(({ operation }) => operation === 'store') ? undefined : broken(memory)
          },
        },
      ],
    })
    expect(exploration.complete).toBe(true)
    expect(seen).toContain(JSON.stringify([[], [{ actor: 'Ben', operation: 'store', address: OTHER, asleep: false, leaves: 1 }]]))
  })

  test('an invariant may be about what somebody is about to do: then that is guilty, and comes last', () => {
    const broken = (memory: Memory, _: unknown, situation: Situation) =>
      situation.next(OTHER).flatMap(({ actor }) => (memory.load(AT) === 0 ? { actor, seen: `${actor} is early` } : []))[0]
    const failure = failureOf({ ...two(), invariants: [{ name: 'first before second', broken }] })
    expect(failure).toMatchObject({ kind: 'invariant', message: 'does not hold: first before second; Ben is early', steps: 0 })
    expect(failure?.rows).toEqual([
      expect.objectContaining({ step: 1, actor: 'Ben', operation: 'store', address: OTHER, wrote: 1, note: 'comes next', guilty: true }),
    ])
  })

  test('a sleeper and a spinner are seen by invariants too', () => {
    const asleep: boolean[] = []
    const program = {
      ...wakeUp('while falling asleep'),
      invariants: [
        {
          name: 'any',
          broken: (_: Memory, __: unknown, situation: Situation) => {
            asleep.push(...situation.next(3 * AT).map((next) => next.asleep))
            return undefined
          },
        },
      ],
    }
    expect(explore(program).complete).toBe(true)
    expect(asleep).toContain(true)
  })

  describe('an invariant that held', () => {
    /** How often it is asked while two threads each store a number that the other never looks at. */
    const askedBy = (look: (memory: Memory, situation: Situation) => unknown): number => {
      let asked = 0
      const broken = (memory: Memory, _: unknown, situation: Situation) => {
        asked += 1
        look(memory, situation)
        return undefined
      }
      expect(explore({ ...two(), invariants: [{ name: 'any', broken }] }, { everyAtomic: true }).complete).toBe(true)
      return asked
    }
    const ONCE = 1
    const BEFORE_AND_AFTER = 2
    const EVERY_STATE = 4
    /** The state before the first step is looked at before the search, and in it. */
    const BEFORE_TOO = 1

    test('is not asked again while all that it read is as it was', () => {
      expect(askedBy(() => undefined)).toBe(ONCE)
      expect(askedBy((memory) => memory.load(3 * OTHER))).toBe(ONCE)
      expect(askedBy((memory) => memory.load(AT))).toBe(BEFORE_AND_AFTER)
      expect(askedBy((memory) => memory.load(AT) + memory.get(OTHER))).toBe(EVERY_STATE)
    })

    test('is asked again when it wrote over what has changed', () => {
      const written = (memory: Memory) => {
        memory.store(AT, 1)
        memory.load(AT)
      }
      expect(askedBy(written)).toBe(BEFORE_AND_AFTER)
      expect(askedBy((memory) => memory.fill(AT, 4, 1))).toBe(BEFORE_AND_AFTER)
    })

    test('is asked again when somebody else is about to do what it asked about', () => {
      expect(askedBy((_, situation) => situation.next(3 * OTHER))).toBe(ONCE)
      expect(askedBy((_, situation) => situation.next(AT))).toBe(BEFORE_AND_AFTER)
      expect(askedBy((_, situation) => [AT, OTHER].map(situation.next))).toBe(EVERY_STATE)
    })

    test('is asked in every state if it asks for the time', () => {
      expect(askedBy((memory) => memory.now())).toBe(BEFORE_TOO + EVERY_STATE)
      expect(askedBy((memory) => (memory as ExploredMemory).elapse(1))).toBe(BEFORE_TOO + EVERY_STATE)
    })

    test('is remembered with all that it read, however much that is', () => {
      const much = (memory: Memory) => {
        for (let at = 3 * OTHER; at < 3 * OTHER + 4000; at += 4) memory.load(at)
        memory.load(AT)
      }
      expect(askedBy(much)).toBe(BEFORE_AND_AFTER)
    })
  })

  test('cells have the names that they are given', () => {
    const found = failureOf({ ...counter('plainly'), locate: (address) => `at ${address}` })
    expect(found?.rows[0]).toMatchObject({ location: 'at 64', address: 64 })
    expect(found?.message).toContain('a data race on at 64')
  })
})

describe('memory that was freed', () => {
  const freeing = (use: Body<void>): Program<void> =>
    bodies((memory) => {
      memory.load(OTHER)
      memory.expect(AT, 4, 'freed')
    }, use)

  test.for([
    ['load', (memory: Memory) => memory.load(AT)],
    ['store', (memory: Memory) => memory.store(AT, 1)],
    ['fill', (memory: Memory) => memory.fill(AT, 4, 1)],
  ] as const)('must not be used: %s', ([operation, use]) => {
    const found = failureOf(
      freeing((memory) => {
        memory.load(OTHER)
        use(memory)
      }),
    )
    expect(found).toMatchObject({ kind: 'use after free', message: `Ben did a ${operation} of cell 64 after it was freed` })
  })

  test('must not be freed again', () => {
    expect(failureOf(freeing((memory) => memory.expect(AT, 4, 'freed')))).toMatchObject({
      kind: 'freed twice',
      message: 'Ada freed cell 64, which is free',
    })
  })

  test('must not be in use by anybody, in whatever order it happened', () => {
    const handing = (how: 'store' | 'storeRelaxed') =>
      bodies(
        (memory) => {
          memory.fill(AT, 8, 1)
          memory[how](OTHER, 1)
        },
        (memory) => {
          while (memory.load(OTHER) === 0) memory.pause()
          memory.expect(AT, 8, 'freed')
        },
      )
    expect(outcomesOf(handing('store'))).toEqual(['[null,null]'])
    expect(failureOf(handing('storeRelaxed'))).toMatchObject({
      kind: 'race',
      message: "a data race on cell 64: nothing orders Ada's fill (at the start) and Ben's expect (step 2)",
    })
  })

  test('may be read while it is only dead, and used when it is live again', () => {
    const program = bodies((memory) => {
      memory.expect(AT, 4, 'dead')
      memory.load(AT)
      memory.expect(AT, 4, 'live')
      memory.store(AT, 1)
    }, quietly)
    expect(outcomesOf(program)).toEqual(['[null,null]'])
    const dead = bodies((memory) => {
      memory.expect(AT, 4, 'dead')
      memory.compareExchange(AT, 1, 2)
      memory.compareExchange(AT, 0, 2)
    }, quietly)
    expect(failureOf(dead)).toMatchObject({ kind: 'use after free', steps: 2 })
  })

  test('by the setup counts as well', () => {
    const program: Program<void> = { ...bodies((memory) => memory.load(AT), quietly), setup: (memory) => memory.expect(AT, 4, 'freed') }
    expect(failureOf(program)).toMatchObject({ kind: 'use after free', steps: 1 })
  })

  test.for([
    ['load', (memory: Memory) => memory.load(1 << 20)],
    ['load', (memory: Memory) => memory.load(0xdddddddd | 0)],
    ['fill', (memory: Memory) => memory.fill(4092, 8, 1)],
    ['expect', (memory: Memory) => memory.expect(4096, 8, 'live')],
  ] as const)('nor what never was memory: %s', ([operation, use]) => {
    const found = failureOf(bodies(use, quietly))
    expect(found?.kind).toBe('stray access')
    expect(found?.message).toMatch(new RegExp(`^Ada did a ${operation} outside the memory, at cell `))
  })
})

describe('data races', () => {
  /** Cleo reads what Ben wrote once Ben is through; only his own store hands it on, and Ada may have overwritten that. */
  const overwritten = (ada: (memory: Memory) => void): Program<void> =>
    bodies(
      ada,
      (memory) => {
        memory.set(512, 7)
        memory.store(AT, 1)
        memory.storeRelaxed(OTHER, 1)
      },
      (memory) => (memory.loadRelaxed(OTHER) === 1 && memory.load(AT) === 1 ? memory.get(512) : 'too early'),
    )

  test('states that hold the same are told apart by who released it', () => {
    expect(failureOf(overwritten((memory) => memory.store(AT, 1)))?.kind).toBe('race')
    expect(failureOf(overwritten((memory) => memory.storeRelaxed(AT, 1)))?.kind).toBe('race')
  })

  test('what is exchanged hands on what was released before, and a failed exchange changes nothing', () => {
    for (const ada of [(memory: Memory) => memory.or(AT, 1), (memory: Memory) => memory.compareExchange(AT, 5, 6)]) {
      const { outcomes, failure } = explore(overwritten(ada))
      expect(failure?.message).toBeUndefined()
      expect([...outcomes.keys()].map((outcome) => JSON.parse(outcome)[2]).sort()).toContain(7)
    }
  })
})

describe('time', () => {
  const sleeping =
    (timeout: number): Body<void> =>
    (memory) =>
      `${memory.wait(AT, 0, timeout)} at ${memory.now()}`
  const ringing: Body<void> = (memory) => {
    memory.store(AT, 1)
    memory.notify(AT, 1)
  }

  test('passes only when nobody can do anything else: then the earliest sleep ends', () => {
    expect(outcomesOf(bodies(sleeping(5), sleeping(3)))).toEqual(['["timed out at 5","timed out at 3"]'])
    expect(outcomesOf(bodies(sleeping(3), sleeping(3)))).toEqual(['["timed out at 3","timed out at 3"]'])
    expect(outcomesOf(bodies(sleeping(5), ringing))).toEqual(['["changed at 0",null]', '["woken at 0",null]'])
  })

  test('may pass at any time if that is asked for, so often', () => {
    const outcomes = ['["changed at 0",null]', '["timed out at 5",null]', '["woken at 0",null]']
    expect(outcomesOf(bodies(sleeping(5), ringing), { timeouts: 1 })).toEqual(outcomes)
  })

  test('a sleep of no time ends at once, and one that is very long never', () => {
    expect(outcomesOf(bodies(sleeping(0), quietly))).toEqual(['["timed out at 0",null]'])
    expect(failureOf(bodies(sleeping(Infinity), quietly))?.kind).toBe('deadlock')
  })

  test('moves when a body moves it', () => {
    const looking: Body<void> = (memory) => memory.now()
    expect(
      outcomesOf(
        bodies(looking, (memory) => memory.elapse(7)),
        { movingClock: true },
      ),
    ).toEqual(['[0,null]', '[7,null]'])
  })

  test('that a body lets pass ends a sleep at any moment from then on, however many can run', () => {
    const early: Body<void> = (memory) => {
      memory.elapse(5)
      ringing(memory)
    }
    expect(outcomesOf(bodies(sleeping(5), early), { movingClock: true })).toEqual([
      '["changed at 5",null]',
      '["timed out at 5",null]',
      '["woken at 5",null]',
    ])
  })

  test('that is not enough ends no sleep', () => {
    const late: Body<void> = (memory) => {
      memory.elapse(4)
      ringing(memory)
    }
    expect(outcomesOf(bodies(sleeping(5), late), { movingClock: true })).toEqual(['["changed at 4",null]', '["woken at 4",null]'])
  })
})

describe('spinning', () => {
  const until =
    (value: number, pauses = Infinity): Body<void> =>
    (memory) => {
      for (let i = 0; memory.load(AT) !== value; i++) {
        if (i === pauses) return 'gave up'
        memory.pause()
      }
      return 'saw it'
    }

  test('ends when what is watched changes; otherwise it is a livelock', () => {
    expect(outcomesOf(bodies(until(1), store(AT, 1)))).toEqual(['["saw it",null]'])
    const found = failureOf(bodies(until(1), store(AT, 2)))
    expect(found).toMatchObject({ kind: 'livelock', message: 'nobody can go on: Ada spins on cell 64' })
  })

  test('with a bound may be given up, whatever the bound', () => {
    for (const pauses of [1, 2, 40]) {
      expect(outcomesOf(bodies(until(1, pauses), store(AT, 1)))).toEqual(['["gave up",null]', '["saw it",null]'])
    }
  })

  test('on the clock waits for the clock', () => {
    const late: Body<void> = (memory) => {
      while (memory.now() < 5) memory.pause()
    }
    expect(
      outcomesOf(
        bodies(late, (memory) => memory.elapse(9)),
        { movingClock: true },
      ),
    ).toEqual(['[null,null]'])
    expect(failureOf(bodies(late, quietly), { movingClock: true })).toMatchObject({
      kind: 'livelock',
      message: 'nobody can go on: Ada spins on the clock',
    })
    // A clock that cannot move is nothing to wait for.
    expect(failureOf(bodies(late, quietly))?.kind).toBe('endless')
  })

  test('that writes, sleeps or has read nothing is not held', () => {
    const odd: Body<void> = (memory) => {
      memory.pause()
      memory.pause()
      for (let i = 0; i < 3; i++) {
        memory.add(AT, 1)
        memory.pause()
      }
      for (let i = 0; i < 3; i++) {
        memory.wait(AT, 7)
        memory.pause()
      }
      for (let i = 0; i < 3; i++) {
        memory.fill(AT, 4, 0)
        memory.load(AT)
        memory.pause()
        memory.notify(AT, 1)
      }
    }
    expect(outcomesOf(bodies(odd, quietly))).toEqual(['[null,null]'])
  })

  test('by writing what is there already is spinning', () => {
    const lock: Body<void> = (memory) => {
      while (memory.exchange(AT, 1) === 1) memory.pause()
    }
    const program = { ...bodies(lock, store(AT, 0)), setup: (memory: Memory) => memory.store(AT, 1) }
    expect(outcomesOf(program)).toEqual(['[null,null]'])
  })

  test('in rounds too long to be told apart goes on until the schedule is too long', () => {
    const long: Body<void> = (memory) => {
      for (;;) {
        for (let i = 0; i < 1001; i++) memory.load(AT)
        memory.pause()
      }
    }
    expect(failureOf(bodies(long), { depth: 3000 })?.kind).toBe('endless')
  })
})

describe('cells for which no threads contend', () => {
  /** Two threads that each do the same to a cell of their own, or to the same. */
  const each = (shared: boolean, act: (memory: Memory, at: number) => unknown) =>
    bodies(
      (memory) => act(memory, AT),
      (memory) => act(memory, shared ? AT : OTHER),
    )
  const twice = (memory: Memory, at: number) => [memory.add(at, 1), memory.add(at, 1)]

  test('are accessed at once: their order makes no difference', () => {
    expect(explore(each(false, twice))).toMatchObject({ complete: true, interleavings: 1, steps: 0 })
    expect(explore(each(false, twice), { everyAtomic: true }).interleavings).toBe(6)
    expect(explore(each(true, twice)).interleavings).toBe(6)
  })

  test('are those that nobody writes, and those that a lock guards', () => {
    expect(explore(each(true, (memory, at) => memory.load(at))).interleavings).toBe(1)
    const guarded =
      (guard: number): Body<void> =>
      (memory) => {
        while (memory.exchange(guard, 1) === 1) memory.pause()
        memory.storeRelaxed(OTHER, memory.loadRelaxed(OTHER) + 1)
        memory.store(guard, 0)
      }
    const ends = (program: Program<void>, exploring?: Exploring) =>
      outcomesOf({ ...program, observe: (memory) => `${memory.load(OTHER)}` }, exploring)
    const locked = bodies(guarded(AT), guarded(AT))
    expect(ends(locked)).toEqual(['2'])
    expect(explore(locked).states).toBeLessThan(explore(locked, { everyAtomic: true }).states)
    expect(ends(bodies(guarded(AT), guarded(2 * OTHER)))).toEqual(['1', '2'])
  })

  test('are not those that an invariant is about, if anybody writes them', () => {
    const high = { name: 'low', broken: (memory: Memory) => (memory.load(AT) === 2 ? 'high' : undefined) }
    const back: Body<void> = (memory) => {
      memory.add(AT, 2)
      memory.add(AT, -1)
    }
    for (const program of [bodies(back, quietly), bodies(quietly, back)]) {
      const found = failureOf({ ...program, invariants: [high] })
      expect(found).toMatchObject({ kind: 'invariant', steps: 1 })
    }
    const next = { name: 'one', broken: (_: Memory, __: unknown, { next }: Situation) => (next(AT)[0]?.leaves === 1 ? 'one' : undefined) }
    const later = bodies((memory) => {
      memory.add(OTHER, 1)
      back(memory)
    }, quietly)
    expect(failureOf({ ...later, invariants: [next] })).toMatchObject({ kind: 'invariant', steps: 2 })
  })

  test('count as steps in what is told of a schedule', () => {
    const wrong =
      (at: number): Body<void> =>
      (memory) => {
        memory.add(at, 1)
        memory.add(at, 1)
        if (memory.exchange(3 * OTHER, 1) === 1) throw new Error('late')
      }
    const program = bodies(wrong(AT), wrong(OTHER))
    const [found, all] = [failureOf(program), failureOf(program, { everyAtomic: true })]
    expect(found).toMatchObject({ kind: 'assertion', steps: 6, shortest: true })
    expect(found).toEqual(all)
    expect(replay(program, found?.token as string).finding?.message).toBe('Ben failed: Error: late')
  })

  test('found out late are told of by no schedule from before', () => {
    expect(explore(each(true, twice), { steps: 1 })).toMatchObject({ complete: false, why: 'steps', steps: 1 })
    // What is taken for a race before it is known that the flag is contended is none.
    const handed = bodies(
      (memory) => {
        memory.storeRelaxed(3 * OTHER, 1)
        memory.set(AT, 1)
        memory.store(OTHER, 1)
      },
      (memory) => {
        memory.loadRelaxed(3 * OTHER)
        return memory.load(OTHER) === 1 ? memory.get(AT) : 0
      },
    )
    expect(explore(handed, { steps: 2 })).not.toHaveProperty('failure')
    expect(outcomesOf(handed)).toEqual(['[null,0]', '[null,1]'])
  })
})

describe('limits', () => {
  const large = steps(4, 4, 4)
  const EACH = { everyAtomic: true, states: 0 } as const

  test('on preemptions: a part of the schedules, and it says so', () => {
    const none = explore(large, { ...EACH, preemptions: 0 })
    expect(none).toMatchObject({ complete: false, why: 'preemptions', schedules: 6 })
    expect('interleavings' in none).toBe(false)
    expect(explore(large, { ...EACH, preemptions: 1 }).schedules).toBeGreaterThan(6)
    expect(explore(large, { everyAtomic: true, preemptions: 99 }).complete).toBe(true)
  })

  test('on steps and on schedules', () => {
    expect(explore(large, { everyAtomic: true, steps: 10 })).toMatchObject({ complete: false, why: 'steps', steps: 10 })
    expect(explore(large, { ...EACH, schedules: 10 })).toMatchObject({ complete: false, why: 'schedules', schedules: 10 })
    expect(explore(steps(1), { schedules: 1 }).schedules).toBe(1)
  })

  test('on what is remembered of threads', () => {
    const alone: Body<void> = (memory) => {
      for (let i = 0; i < 5000; i++) memory.add(AT, 1)
    }
    expect(explore(bodies(alone), { everyAtomic: true, histories: 10 })).toMatchObject({ complete: false, why: 'histories' })
    const draw = { strategy: { kind: 'random' }, seed: 1, schedules: 50 } as const
    expect(sample(counter('by load and store'), { ...draw, histories: 1 })).toEqual(sample(counter('by load and store'), draw))
  })

  test('whoever is asked may stop it, and is told how far it is', () => {
    const told: Progress[] = []
    const exploration = explore(steps(6, 6, 6), {
      ...EACH,
      progress: (progress) => told.push(progress),
      stop: () => told.length === 2,
    })
    expect(exploration).toMatchObject({ complete: false, why: 'stop' })
    expect(told).toHaveLength(2)
    expect(told[1]?.steps).toBeGreaterThan(told[0]?.steps as number)
    expect(told[1]).toMatchObject({ states: 0 })
  })

  test('failures may be collected instead of ending it', () => {
    const exploration = explore(twoLocks('reversed'), { collect: true })
    expect(exploration.complete).toBe(true)
    expect([...exploration.outcomes.keys()]).toEqual(['[null,null]'])
    expect([...exploration.failures.keys()]).toEqual(['deadlock: deadlock'])
    const { token } = exploration.failures.get('deadlock: deadlock') as { token: string }
    expect(replay(twoLocks('reversed'), token).finding?.kind).toBe('deadlock')
    expect([...explore(counter('plainly'), { collect: true }).failures.keys()]).toEqual(['race: 16'])
    expect([
      ...explore(
        bodies((memory) => memory.load(-4), store(AT, 1)),
        { collect: true, states: 0 },
      ).failures.keys(),
    ]).toEqual(['stray access: -1'])
  })

  test('a schedule that cannot be made the shortest within the budget says so', () => {
    const found = failureOf(twoLocks('reversed'), { shortening: 1 })
    expect(found).toMatchObject({ kind: 'deadlock', shortest: false })
    expect(replay(twoLocks('reversed'), found?.token as string).finding?.kind).toBe('deadlock')
  })
})

describe('sampling', () => {
  const rare = (memory: Memory, me: number): unknown => {
    for (let i = 0; i < 8; i++) memory.add(256 + 64 * me, 1)
    return me === 0 ? memory.exchange(AT, 1) : memory.load(AT)
  }
  const program = bodies(
    (memory) => rare(memory, 0),
    (memory) => rare(memory, 1),
  )

  test('finds outcomes with their numbers, the same with the same seed', () => {
    const draw = (seed: number) => sample(program, { strategy: { kind: 'random' }, seed, schedules: 200 })
    const one = draw(1)
    expect(one).toMatchObject({ complete: false, why: 'sampled', schedules: 200, steps: 200 * 18 })
    expect([...one.outcomes.keys()].sort()).toEqual(['[0,0]', '[0,1]'])
    expect([...one.outcomes.values()].reduce((sum, { schedules }) => sum + schedules, 0)).toBe(200)
    expect(draw(1)).toEqual(one)
    expect(draw(2)).not.toEqual(one)
    expect(draw(0).schedules).toBe(200)
  })

  test('finds a failure and the shortest way to it', () => {
    for (const strategy of [{ kind: 'random' }, { kind: 'pct', depth: 2 }] as const) {
      const { failure, why } = sample(twoLocks('reversed'), { strategy, seed: 3, schedules: 1000 })
      expect(why).toBe('failure')
      expect(failure).toMatchObject({ kind: 'deadlock', preemptions: 1, steps: 6, shortest: true })
    }
  })

  test('by priorities finds what needs one thread to be held back for long', () => {
    const long = 60
    const deep = bodies(
      (memory) => {
        memory.store(AT, 1)
        memory.store(AT, 0)
      },
      (memory) => {
        for (let i = 0; i < long; i++) memory.add(OTHER, 1)
        return memory.load(AT)
      },
    )
    const seen = (strategy: { kind: 'random' } | { kind: 'pct'; depth: number }) =>
      sample(deep, { strategy, seed: 1, schedules: 400 }).outcomes.get('[null,1]')?.schedules ?? 0
    expect(seen({ kind: 'pct', depth: 2 })).toBeGreaterThan(0)
    expect(seen({ kind: 'random' })).toBe(0)
    expect(seen({ kind: 'pct', depth: 1 })).toBe(0)
  })

  test('keeps to its limits', () => {
    const draw = { strategy: { kind: 'random' }, seed: 1, schedules: 1000 } as const
    expect(sample(program, { ...draw, steps: 100 })).toMatchObject({ why: 'steps', steps: 108 })
    expect(sample(program, { ...draw, stop: () => true })).toMatchObject({ why: 'stop', schedules: 1 })
    expect(sample(program, { ...draw, depth: 5 }).failure).toMatchObject({ kind: 'endless', steps: 5 })
  })

  test('a failure before the first step has no steps', () => {
    const { failure } = sample(counter('plainly'), { strategy: { kind: 'random' }, seed: 1, schedules: 10 })
    expect(failure).toMatchObject({ kind: 'race', steps: 0, shortest: true })
  })
})

describe('replaying', () => {
  test('gives the same trace every time', () => {
    const found = failureOf(twoLocks('reversed'))
    const one = replay(twoLocks('reversed'), found?.token as string)
    expect(one.rows).toEqual(found?.rows)
    expect(replay(twoLocks('reversed'), found?.token as string)).toEqual(one)
    expect(one).toMatchObject({ steps: 6, finding: { kind: 'deadlock' } })
  })

  test('every outcome has a schedule that shows it', () => {
    for (const exploring of [{}, { everyAccess: true }, { movingClock: true }, { timeouts: 1 }]) {
      const program = counter('by load and store')
      for (const [outcome, { token }] of explore(program, exploring).outcomes) {
        expect(replay(program, token, { races: true }).outcome).toBe(outcome)
      }
    }
  })

  test('says what every operation read, wrote and did', () => {
    const program = bodies(
      (memory) => {
        memory.set(512, 5)
        memory.fill(516, 8, 1)
        memory.expect(516, 8, 'freed')
        const woken = memory.wait(AT, 0, 9)
        memory.elapse(3)
        return [woken, memory.now(), memory.wait(AT, 0)]
      },
      (memory) => {
        memory.notify(OTHER, 1)
        memory.compareExchange(AT, 1, 2)
        memory.compareExchange(AT, 0, 2)
        for (let i = 0; i < 5 && memory.load(OTHER) === 0; i++) memory.pause()
        memory.notify(AT, 1)
      },
    )
    const { outcomes } = explore(program, { movingClock: true })
    const { token } = outcomes.get('[["woken",3,"changed"],null]') as { token: string }
    const { rows, outcome } = replay(program, token)
    expect(outcome).toBe('[["woken",3,"changed"],null]')
    const texts = rows.map(({ step, actor, operation, location, read, wrote, note, rides }) =>
      [step, actor, operation, location, read, wrote, note, rides].filter((part) => part !== undefined).join(' '),
    )
    expect(texts.slice(0, 3)).toEqual([
      '0 Ada set cell 512 5 true',
      '0 Ada fill cell 516 2 cells with 1 true',
      '0 Ada expect cell 516 2 cells are freed true',
    ])
    expect(texts.map((text) => text.replace(/^\d+ /, ''))).toEqual(
      expect.arrayContaining([
        'Ada wait cell 64 0 falls asleep false',
        'Ada wait cell 64 2 does not sleep false',
        'Ada elapse 3 µs false',
        'Ada now 3 false',
        'Ben notify cell 128 nobody sleeps false',
        'Ben notify cell 64 wakes Ada false',
        'Ben compareExchange cell 64 0 false',
        'Ben compareExchange cell 64 0 2 false',
        'Ben load cell 128 0 spins, looks 3 more times and sees no change false',
      ]),
    )
  })

  test('tells sleeps that time out, and stops where the schedule does', () => {
    const program = bodies((memory) => memory.wait(AT, 0, 5), store(AT, 0))
    const [entry] = explore(program).outcomes
    const { rows } = replay(program, (entry as [string, { token: string }])[1].token)
    expect(rows.at(-1)).toMatchObject({ operation: 'wait', note: 'times out', read: 0 })
  })
})
