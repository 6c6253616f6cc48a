import { describe, expect, test } from 'vitest'
import { Conversation } from './conversation.ts'
import type { Event, Step } from './messages.ts'

const STEP: Step = { actor: 'Ada', op: 'object.try-incref', args: { object: 'x' } }
const LOCK: Step = { actor: 'Ada', op: 'mutex.lock', args: { mutex: 'm' } }
const OPEN = {
  scenario: 'BRC-01.1',
  actors: ['Ada'],
  build: { threading: 'free-threaded' as const, freelists: true, referenceDebugging: false },
  argv: [],
  env: {},
  seed: '1',
}
const HELLO = {
  name: 'sample',
  version: '1',
  profiles: [],
  depth: 'stepped',
  parameters: {
    'qsbr.sequence-bits': 64,
    'qsbr.first': '1',
    'qsbr.step': 2,
    'qsbr.deferral': { rule: 'calls', limit: 10 },
    'qsbr.slots': 8,
    'dfree.chunk': 254,
    'dfree.at-safe-point': false,
    'brc.chunk': 254,
    'brc.buckets': 257,
    'brc.local-limit': '4294967295',
    'brc.immortal-count': '4294967295',
    'mutex.fair-after': 1,
    'world.poll-every': 1,
  },
}

const ok = (facts: unknown, events: readonly Event[] = []): unknown => ({ status: 'ok', facts, events })
const parked = { status: 'parked', parked: { on: 'mutex m' }, events: [] }
const by = (culprit: string, message: RegExp): unknown =>
  expect.objectContaining({ name: 'Violation', culprit, message: expect.stringMatching(message) })

describe('what is asked', () => {
  test('goes through without the fields that nobody knows', () => {
    const conversation = new Conversation()
    expect(conversation.ask('step', { ...STEP, args: { object: 'x', colour: 'red' }, speed: 1 })).toEqual(STEP)
    expect(conversation.ask('observe', { what: [{ of: 'allocators' }] })).toEqual({ what: [{ of: 'allocators' }] })
  })

  test('is the suite’s violation if it does not fit the method', () => {
    expect(() => new Conversation().ask('observe', { what: [] })).toThrow(by('suite', /^params\.what: Too small/))
    expect(() => new Conversation().ask('step', { ...STEP, op: 'moon.land' })).toThrow(by('suite', /^params\.op: Invalid option/))
  })

  test('is the suite’s violation if the args do not fit the operation', () => {
    const args = { object: 7 }
    expect(() => new Conversation().ask('step', { ...STEP, args })).toThrow(
      by('suite', /^params\.args\.object: expected string, received number/),
    )
  })

  test('needs no args where an outcome is asked for', () => {
    expect(new Conversation().ask('step', { actor: 'Ada', op: 'await', args: {} })).toEqual({ actor: 'Ada', op: 'await', args: {} })
  })
})

describe('what is answered', () => {
  test('goes through without the fields that nobody knows', () => {
    expect(new Conversation().answer('step', STEP, { ...(ok({ granted: true, mood: 'fine' }) as object), note: '' })).toEqual(
      ok({ granted: true }),
    )
    expect(new Conversation().answer('open', OPEN, { note: '' })).toEqual({})
  })

  test('is the subject’s violation if it does not fit the method', () => {
    expect(() => new Conversation().answer('close', {}, { census: [] })).toThrow(
      by('subject', /^result\.census: expected object, received array \(an empty object \{\} was written as an empty array \[\]\)/),
    )
    expect(() => new Conversation().answer('step', STEP, { status: 'done' })).toThrow(by('subject', /^result\.status: /))
    expect(() => new Conversation().answer('step', STEP, ok({ granted: true }, [{ actor: 'Ada' } as Event]))).toThrow(
      by('subject', /^result\.events\[0\]\.event: /),
    )
    expect(() => new Conversation().answer('step', STEP, null)).toThrow(by('subject', /^result: expected object, received null/))
  })

  test('is the subject’s violation if the facts do not fit the operation', () => {
    expect(() => new Conversation().answer('step', STEP, ok({ granted: 'yes' }))).toThrow(
      by('subject', /^result\.facts\.granted: expected boolean, received string$/),
    )
    expect(() => new Conversation().answer('step', STEP, ok({}))).toThrow(
      by('subject', /^result\.facts\.granted: expected boolean, received undefined/),
    )
  })

  test('owes a number as a string where it has 64 bits', () => {
    const advance: Step = { actor: 'Ada', op: 'qsbr.advance', args: {} }
    expect(() => new Conversation().answer('step', advance, ok({ goal: 3 }))).toThrow(by('subject', /64-bit numbers travel as strings/))
  })
})

describe('a refusal', () => {
  const resumed = (facts: Record<string, unknown>): Event => ({ actor: 'Ada', event: 'resumed', op: STEP.op, facts })

  test('may tell what happened to others, with the facts that their operations owe', () => {
    const conversation = new Conversation()
    conversation.answer('step', STEP, { status: 'parked', parked: { on: 'the mutex m' }, events: [] })
    conversation.refuse([resumed({ granted: true }), { actor: 'Ada', event: 'advanced' }])
    expect(() => conversation.refuse([resumed({ granted: 'yes' })])).toThrow(
      by('subject', /^error\.data\.events\[0\]\.facts\.granted: expected boolean/),
    )
    expect(() => conversation.refuse([{ actor: 'Ada', event: 'failed' }])).toThrow(by('subject', /^error\.data\.events\[0\]\.code: /))
  })
})

describe('an answer to hello', () => {
  test('chooses a version that was offered', () => {
    const offer = { protocol: [2, 4] as [number, number] }
    for (const protocol of [2, 3, 4])
      expect(new Conversation().answer('hello', offer, { ...HELLO, protocol })).toEqual({ ...HELLO, protocol })
    for (const protocol of [1, 5]) {
      expect(() => new Conversation().answer('hello', offer, { ...HELLO, protocol })).toThrow(by('subject', /2 to 4 were offered/))
    }
  })
})

describe('an observation', () => {
  const allocators = { of: 'allocators' as const, memory: 0, objects: 0 }
  const block = { of: 'block' as const, state: 'freed' as const, domain: 'memory' as const, goal: null }

  test('has one state for each that was asked for, in the same order', () => {
    const what = { what: [{ of: 'allocators' as const }, { of: 'block' as const, block: 'b' }] }
    expect(new Conversation().answer('observe', what, { states: [allocators, block] })).toEqual({ states: [allocators, block] })
    expect(() => new Conversation().answer('observe', what, { states: [allocators] })).toThrow(by('subject', /2 were asked for, 1 came/))
    expect(() => new Conversation().answer('observe', what, { states: [block, allocators] })).toThrow(
      by('subject', /result\.states\[0\]: "allocators" was asked for, "block" came/),
    )
  })
})

describe('a step that parked', () => {
  const outcome = { outcome: 'acquired' }
  const AWAIT: Step = { actor: 'Ada', op: 'await', args: {} }

  function afterParking(): Conversation {
    const conversation = new Conversation()
    conversation.answer('step', LOCK, parked)
    return conversation
  }

  test('owes the facts of its operation when its outcome is asked for', () => {
    expect(afterParking().answer('step', AWAIT, parked)).toEqual(parked)
    expect(afterParking().answer('step', AWAIT, ok(outcome))).toEqual(ok(outcome))
    expect(() => afterParking().answer('step', AWAIT, ok({ granted: true }))).toThrow(by('subject', /^result\.facts\.outcome: /))
  })

  test('owes them when it comes to its end in somebody else’s step', () => {
    const unlock: Step = { actor: 'Ben', op: 'mutex.unlock', args: { mutex: 'm' } }
    const resumed = (facts: Record<string, unknown>): Event => ({ actor: 'Ada', event: 'resumed', facts })
    expect(afterParking().answer('step', unlock, ok({}, [resumed({ ...outcome, mood: 'fine' })]))).toEqual(ok({}, [resumed(outcome)]))
    expect(() => afterParking().answer('step', unlock, ok({}, [resumed({})]))).toThrow(
      by('subject', /^result\.events\[0\]\.facts\.outcome: /),
    )
    expect(() => afterParking().answer('step', unlock, ok({}, [{ actor: 'Ada', event: 'resumed' }]))).toThrow(
      by('subject', /^result\.events\[0\]\.facts: expected object, received undefined/),
    )
  })

  test('owes them also when it comes to its end before its own reply', () => {
    const resumed: Event = { actor: 'Ada', event: 'resumed', facts: outcome }
    const conversation = new Conversation()
    conversation.answer('step', STEP, ok({ granted: true }))
    expect(conversation.answer('step', LOCK, ok(outcome, [resumed]))).toEqual(ok(outcome, [resumed]))
  })

  test('says why when it fails', () => {
    const failed = (code?: string): unknown => ok({ granted: true }, [{ actor: 'Ben', event: 'failed', ...(code && { code }) }])
    expect(afterParking().answer('step', STEP, failed('died'))).toEqual(failed('died'))
    expect(() => afterParking().answer('step', STEP, failed('sorry'))).toThrow(
      by('subject', /^result\.events\[0\]\.code: says why Ben failed/),
    )
    expect(() => afterParking().answer('step', STEP, failed())).toThrow(by('subject', /^result\.events\[0\]\.code: /))
  })

  test('has no outcome if there was none', () => {
    expect(() => new Conversation().answer('step', AWAIT, ok({}))).toThrow(by('subject', /Ada was never asked for anything/))
  })

  test('is forgotten when another scenario opens', () => {
    const conversation = afterParking()
    conversation.answer('open', OPEN, {})
    expect(() => conversation.answer('step', AWAIT, ok(outcome))).toThrow(by('subject', /Ada was never asked for anything/))
  })
})

describe('a race', () => {
  const RACE = {
    programs: { Ada: [{ op: 'object.try-incref', args: { object: 'x' } }, { op: 'qsbr.advance' }], Ben: [{ op: 'thread.exit' }] },
    observe: [{ of: 'allocators' as const }],
  }
  const allocators = { of: 'allocators', memory: 0, objects: 0 }
  const GRANTED = { facts: { granted: true } }
  const GOAL = { facts: { goal: '3' } }
  const DONE = { facts: {} }
  const came = (answers: unknown, states: unknown = [allocators]): unknown => ({
    how: 'explored',
    complete: true,
    schedules: 2,
    outcomes: [
      { answers: { Ada: [GRANTED, GOAL], Ben: [DONE] }, states: [allocators], times: 1 },
      { answers, states, times: 1 },
    ],
  })
  const answer = (result: unknown) => new Conversation().answer('race', RACE, result)

  test('goes through as it was asked, with args or without', () => {
    expect(new Conversation().ask('race', { ...RACE, colour: 'red' })).toEqual(RACE)
  })

  test('is the suite’s violation if it asks for no operation, or for args that do not fit one', () => {
    const ask = (...program: unknown[]) => new Conversation().ask('race', { ...RACE, programs: { Ada: program } })
    expect(() => ask({ op: 'thread.exit' }, { op: 'moon.land' })).toThrow(
      by('suite', /^params\.programs\.Ada\[1\]\.op: there is no operation moon\.land$/),
    )
    expect(() => ask({ op: 'await' })).toThrow(by('suite', /\[0\]\.op: there is no operation await$/))
    expect(() => ask({ op: 'thread.exit' }, { op: 'object.incref', args: { object: 7 } })).toThrow(
      by('suite', /^params\.programs\.Ada\[1\]\.args\.object: expected string, received number/),
    )
    expect(() => ask({ op: 'object.incref' })).toThrow(by('suite', /^params\.programs\.Ada\[0\]\.args\.object: expected string/))
  })

  test('is answered for every operation with its facts, without the fields that nobody knows, or with a refusal', () => {
    const refused = { refused: 'misuse', message: 'no' }
    const told = { Ada: [{ facts: { granted: false, mood: 'fine' } }, refused], Ben: [DONE], Cleo: [GOAL] }
    expect(answer(came(told))).toEqual(came({ Ada: [{ facts: { granted: false } }, refused], Ben: [DONE], Cleo: [GOAL] }))
  })

  test('is the subject’s violation if an operation is not answered for, or one too many is', () => {
    const wrong = (at: string, what: string) => by('subject', new RegExp(`^result\\.outcomes\\[1\\]\\.answers\\.${at}: ${what}$`))
    expect(() => answer(came({ Ada: [GRANTED], Ben: [DONE] }))).toThrow(wrong('Ada', '2 answers are owed, 1 came'))
    expect(() => answer(came({ Ada: [GRANTED, GOAL], Ben: [DONE, DONE] }))).toThrow(wrong('Ben', '1 answers are owed, 2 came'))
    expect(() => answer(came({ Ada: [GRANTED, GOAL] }))).toThrow(wrong('Ben', '1 answers are owed, 0 came'))
  })

  test('is the subject’s violation if facts do not fit their operation', () => {
    expect(() => answer(came({ Ada: [GRANTED, GRANTED], Ben: [DONE] }))).toThrow(
      by('subject', /^result\.outcomes\[1\]\.answers\.Ada\[1\]\.facts\.goal: expected string, received undefined/),
    )
  })

  test('is the subject’s violation if states are not those that were asked for', () => {
    const answers = { Ada: [GRANTED, GOAL], Ben: [DONE] }
    const block = { of: 'block', state: 'freed', domain: 'memory', goal: null }
    expect(() => answer(came(answers, []))).toThrow(by('subject', /^result\.outcomes\[1\]\.states: 1 were asked for, 0 came$/))
    expect(() => answer(came(answers, [block]))).toThrow(
      by('subject', /^result\.outcomes\[1\]\.states\[0\]: "allocators" was asked for, "block" came$/),
    )
  })

  test('that came to nothing has nothing to answer for', () => {
    const result = {
      how: 'explored',
      complete: false,
      schedules: 1,
      outcomes: [],
      failure: { kind: 'deadlock', message: 'nobody can go on' },
    }
    expect(answer(result)).toEqual(result)
  })
})
