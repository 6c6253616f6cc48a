import { describe, expect, test } from 'vitest'
import type { RaceAnswer, RaceOutcome } from '../src/protocol/messages.ts'
import { isOperation, operations } from '../src/protocol/operations.ts'
import type { State, StateOf } from '../src/protocol/states.ts'
import { FIRST_ITEMS, LIST, PROGRAM, SHARED_LOCK } from './names.ts'
import { column, deed } from './race-words.ts'
import type { World } from './world.ts'

const GOALS: Readonly<Record<string, string>> = { g: '7' }
const world = {
  goal: (name: string) => GOALS[name],
  hello: { parameters: { 'mutex.fair-after': 4, 'world.poll-every': 1 } },
} as unknown as World

describe('what an actor does in a race', () => {
  test.for([
    ['takes a reference', ['object.incref', { object: 'it', times: 1 }]],
    ['takes two references', ['object.incref', { object: 'it', times: 2 }]],
    ['drops a reference', ['object.decref', { object: 'it', times: 1 }]],
    ['drops three references', ['object.decref', { object: 'it', times: 3 }]],
    ['takes a reference and drops it again', ['object.incref', { object: 'it' }], ['object.decref', { object: 'it' }]],
    ['drops a reference to object "y"', ['object.decref', { object: 'y' }]],
    ['takes a reference under a lock', ['object.locked-incref', { object: 'it' }]],
    ['allows lock-free attempts on the object', ['object.allow-try-incref', { object: 'it' }]],
    ['makes the object immortal', ['object.make-immortal', { object: 'it' }]],
    ['makes object "y"', ['object.create', { object: 'y' }]],
    [
      'makes object "y" and allows lock-free attempts on it',
      ['object.create', { object: 'y' }],
      ['object.allow-try-incref', { object: 'y' }],
    ],
    ['tries to take a reference', ['object.try-incref', { object: 'it' }]],
    ['takes a reference from slot "s"', ['slot.take', { slot: 's' }]],
    ['puts object "y" into slot "s"', ['slot.publish', { object: 'y', slot: 's' }]],
    ['empties slot "s"', ['slot.clear', { slot: 's' }]],
    ['reaches a safe point', ['thread.safe-point', {}]],
    ['attaches', ['thread.attach', {}]],
    ['detaches', ['thread.detach', {}]],
    ['enters the interpreter', ['thread.enter', {}]],
    ['enters the interpreter under the thread id that Ben had', ['thread.enter', { identity: 'Ben' }]],
    ['makes a thread state for Cleo', ['thread.create', { thread: 'Cleo' }]],
    ['exits', ['thread.exit', {}]],
    ['makes a renamed copy of code f and keeps it as g', ['code.make', { module: PROGRAM, code: 'g', from: 'f', how: 'replace' }]],
    ['sets the cold code request of Ben', ['thread.request', { request: 'cold code', thread: 'Ben' }]],
    ['sets the signals request of Ben', ['thread.request', { request: 'signals', thread: 'Ben' }]],
    ['stops the world', ['world.stop', { scope: 'interpreter' }]],
    ['starts the world', ['world.start', { scope: 'interpreter' }]],
    ['stops all interpreters', ['world.stop', { scope: 'all' }]],
    ['starts all interpreters', ['world.start', { scope: 'all' }]],
    ['runs the collector', ['collector.run', {}]],
    ['reports a quiescent state', ['qsbr.quiescent', {}]],
    ['advances', ['qsbr.advance', {}]],
    ['makes a deferred advance', ['qsbr.defer', {}]],
    ['polls goal g', ['qsbr.poll', { goal: '7' }]],
    ['polls sequence 5', ['qsbr.poll', { goal: '5' }]],
    ['retires block b', ['block.retire', { block: 'b' }]],
    ['processes the delayed frees', ['delayed.process', {}]],
    ['reads block b', ['block.read', { block: 'b' }]],
    ['reads the list', ['list.read', { list: LIST }]],
    ['reads the old items', ['block.read', { block: FIRST_ITEMS }]],
    ['resizes the list', ['list.resize', { list: LIST }]],
    ['asks for the shared lock for reading', ['rwlock.lock', { rwlock: SHARED_LOCK, mode: 'read' }]],
    ['asks for the shared lock for writing', ['rwlock.lock', { rwlock: SHARED_LOCK, mode: 'write' }]],
    ['gives the shared lock back from reading', ['rwlock.unlock', { rwlock: SHARED_LOCK, mode: 'read' }]],
    ['gives the shared lock back from writing', ['rwlock.unlock', { rwlock: SHARED_LOCK, mode: 'write' }]],
    ['asks for mutex m', ['mutex.lock', { mutex: 'm' }]],
    ['tries mutex m', ['mutex.lock', { mutex: 'm', timeout: 0 }]],
    ['asks for mutex m for at most half a second', ['mutex.lock', { mutex: 'm', timeout: 500 }]],
    ['asks for mutex m, listening for signals', ['mutex.lock', { mutex: 'm', signals: true }]],
    ['interrupts Ben', ['thread.interrupt', { thread: 'Ben' }]],
    ['gives mutex m back', ['mutex.unlock', { mutex: 'm' }]],
    ['begins a section on mutex m', ['section.begin', { mutex: 'm' }]],
    ['ends her section', ['section.end', {}]],
    ['changes the word to 2', ['cell.store', { cell: 'word', value: 2 }]],
    ['parks on the word, expecting 1', ['cell.park', { cell: 'word', expected: 1 }]],
    ['wakes one thread parked on the word', ['cell.unpark', { cell: 'word' }]],
    ['sets event "e"', ['event.set', { event: 'e' }]],
    ['waits for event "e"', ['event.wait', { event: 'e' }]],
    ['waits for event "e" for at most two seconds', ['event.wait', { event: 'e', timeout: 2000 }]],
    ['waits for event "handed over"', ['event.wait', { event: 'handed over' }]],
    ['succeeds at the initialisation', ['once.run', { once: 'initialisation' }]],
    ['fails at the initialisation', ['once.run', { once: 'initialisation', fails: true }]],
    ['lets half the fairness limit pass', ['time.pass', { milliseconds: 2 }]],
    ['lets a moment longer than the polling interval pass', ['time.pass', { milliseconds: 1.25 }]],
  ] as const)('it %s, with operations and args that the protocol has', ([text, ...expected]) => {
    const program = deed(world, text)
    expect(program.map(({ op, args }) => [op, args])).toEqual(expected)
    for (const { op, args } of program) {
      if (!isOperation(op)) return expect.unreachable(`${op} is no operation`)
      expect(operations[op].args.strict().parse(args)).toEqual(args)
    }
  })

  test.for(['sings', 'then takes a reference', 'takes a reference twice', 'takes four references'])(
    'is nothing that nobody knows: "%s", and what is known is told',
    (text) => {
      expect(() => deed(world, text)).toThrow(
        new RegExp(`^nobody can do this in a race: "${text}". What can be done: takes .*; detaches; .*; lets \\(.*\\) pass$`),
      )
    },
  )
})

describe('what an actor answers', () => {
  const said = (...answers: RaceAnswer[]): string =>
    column('Ada', ['Ada', 'Ben']).words({ answers: { Ada: answers, Ben: [{ refused: 'misuse', message: '' }] }, states: [], times: 1 }, [])
  const facts = (facts: Record<string, unknown>): RaceAnswer => ({ facts })

  test.for([
    [{ granted: true }, 'granted'],
    [{ granted: false }, 'denied'],
    [{ taken: 'it' }, 'takes it'],
    [{ taken: 'y' }, 'takes object "y"'],
    [{ taken: null }, 'finds nothing'],
    [{ reached: true }, 'reached'],
    [{ reached: false }, 'not reached'],
    [{ outcome: 'timed out' }, 'timed out'],
    [{ intact: true }, 'intact'],
    [{ intact: false }, 'spoilt'],
    [{ set: true }, 'set'],
    [{ set: false }, 'not set'],
    [{ ran: true, done: true }, 'runs it'],
    [{ ran: true, done: false }, 'fails at it'],
    [{ ran: false, done: true }, 'finds it done'],
    [{ woken: 'Ben', more: false }, 'wakes Ben'],
    [{ woken: null, more: false }, 'wakes nobody'],
    [{ served: ['stop', 'merge'], failed: null }, 'serves the stop and merge requests'],
    [{ served: ['cold code'], failed: null }, 'serves the cold code request'],
    [{ served: [], failed: null }, 'serves no request'],
    [{ block: FIRST_ITEMS }, 'finds the old items'],
    [{ block: 'another' }, 'finds the new items'],
    [{ goal: '3' }, 'done'],
    [{}, 'done'],
  ] as const)('%o is said as "%s"', ([given, words]) => {
    expect(said(facts(given))).toBe(words)
  })

  test('is the reason if it was refused', () => {
    expect(said({ refused: 'misuse', message: 'a mutex was unlocked that is not locked' })).toBe('misuse')
  })

  test('is said of each operation that has something to say', () => {
    expect(said(facts({ reached: false }), facts({}), facts({ reached: true }))).toBe('not reached, reached')
  })

  test('is that it is done if there is no answer at all', () => {
    expect(column('Ada', ['Ada']).words({ answers: {}, states: [], times: 1 }, [])).toBe('done')
  })

  test('needs nothing to be looked at', () => {
    expect(column('Ada', ['Ada']).queries).toEqual([])
  })
})

describe('what is looked at', () => {
  const outcome: RaceOutcome = { answers: {}, states: [], times: 1 }
  const thread = (state: Partial<StateOf<'thread'>>) => ({ of: 'thread', state: 'attached', requests: [], pending: 0, ...state })
  const interpreter = (state: Partial<StateOf<'interpreter'>>) => ({ of: 'interpreter', ...state })

  test.for([
    ['finalizations', { of: 'object', object: 'it' }, { of: 'object', finalizations: 1 }, '1'],
    ['block b', { of: 'block', block: 'b' }, { of: 'block', state: 'retired' }, 'retired'],
    ['mutex m', { of: 'mutex', mutex: 'm' }, { of: 'mutex', locked: true }, 'held'],
    ['mutex m', { of: 'mutex', mutex: 'm' }, { of: 'mutex', locked: false }, 'free'],
    ['Ben is', { of: 'thread', thread: 'Ben' }, thread({ state: 'suspended' }), 'suspended'],
    ['requests of Ben', { of: 'thread', thread: 'Ben' }, thread({ requests: ['stop', 'merge'] }), 'stop, merge'],
    ['requests of Ben', { of: 'thread', thread: 'Ben' }, thread({}), 'none'],
    ['pending of Ben', { of: 'thread', thread: 'Ben' }, thread({ pending: 2 }), '2'],
    ['left to the interpreter', { of: 'interpreter' }, interpreter({ pending: 1 }), '1'],
    ['the old items', { of: 'block', block: FIRST_ITEMS }, { of: 'block', state: 'freed' }, 'freed'],
    ['what is left is', { of: 'interpreter' }, interpreter({ hasWork: true }), 'announced'],
    ['what is left is', { of: 'interpreter' }, interpreter({ hasWork: false }), 'not announced'],
    ['the table has', { of: 'interpreter' }, interpreter({ slots: 8, freeSlots: 6 }), '8 slots, 6 free'],
    ['the write sequence', { of: 'interpreter' }, interpreter({ writeSequence: '5', readSequence: '3' }), '5'],
    ['the read sequence', { of: 'interpreter' }, interpreter({ writeSequence: '5', readSequence: '3' }), '3'],
    ['the world', { of: 'interpreter' }, interpreter({ stopped: true }), 'stopped'],
    ['the world', { of: 'interpreter' }, interpreter({ stopped: false }), 'runs'],
  ] as const)('%s: asks %o and says %o as "%s"', ([heading, query, state, words]) => {
    const looked = column(heading, ['Ada', 'Ben'])
    expect(looked.queries).toEqual([query])
    expect(looked.words(outcome, [state])).toBe(words)
  })

  const ALIVE: State = {
    of: 'object',
    alive: true,
    owner: 'Ada',
    local: '1',
    shared: '1',
    references: '2',
    state: 'none',
    immortal: false,
    queuedFor: null,
    finalizations: 0,
  }

  test.for([
    [{}, '2 references, Ada’s'],
    [{ references: '1' }, '1 reference, Ada’s'],
    [{ references: '0' }, '0 references, Ada’s'],
    [{ state: 'maybe-weakref' }, '2 references, Ada’s'],
    [{ owner: null }, '2 references, nobody’s'],
    [{ owner: null, state: 'merged' }, '2 references, merged'],
    [{ state: 'queued', queuedFor: 'Cleo' }, '2 references, queued for Cleo'],
    [{ immortal: true }, 'immortal'],
    [{ alive: false, references: '0', owner: null }, 'freed'],
  ] as const)('the object: %o is "%s"', ([state, words]) => {
    const looked = column('the object', [])
    expect(looked.queries).toEqual([{ of: 'object', object: 'it' }])
    expect(looked.words(outcome, [{ ...ALIVE, ...state }])).toBe(words)
  })

  test.for([
    ['y', 'two objects'],
    ['x', 'one object'],
  ] as const)('two values of the program, of which the other is %s, are %s', ([other, words]) => {
    const looked = column('a and b', [])
    expect(looked.queries).toEqual(['a', 'b'].map((value) => ({ of: 'value', module: 'program', value })))
    expect(looked.words(outcome, [{ value: 'x' }, { value: other }])).toBe(words)
  })

  test('another object is looked at by its name', () => {
    const looked = column('object "y"', [])
    expect(looked.queries).toEqual([{ of: 'object', object: 'y' }])
    expect(looked.words(outcome, [ALIVE])).toBe('2 references, Ada’s')
  })

  test.for(['the weather', 'Ada', 'the object here'])('is nothing that nobody knows: "%s", and what is known is told', (heading) => {
    expect(() => column(heading, ['Ben'])).toThrow(
      new RegExp(`^nothing is known of "${heading}". What can be looked at: an actor; the object; .*; the world$`),
    )
  })
})
