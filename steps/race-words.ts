/**
 * The words of a race: what actors do in it, and what is looked at when it is over.
 *
 * The same words as in the steps, only that nobody's turn comes before another's.
 */
import type { RaceAnswer, RaceOutcome } from '../src/protocol/messages.ts'
import type { Query, StateOf } from '../src/protocol/states.ts'
import type { Program } from '../src/protocol/vocabulary.ts'
import { CALL, callOf } from './calls.ts'
import { DURATION_WORDS, durationOf } from './durations.ts'
import { FIRST_ITEMS, IT, LIST, ONCE, PROGRAM, SHARED_LOCK, WORD } from './names.ts'
import { at, formWords, SITE, siteOf } from './sites.ts'
import type { World } from './world.ts'

type Operations = (world: World, ...words: string[]) => Program

const one = (op: string, args: Record<string, unknown> = {}): Program => [{ op, args }]
const MODES = { reading: 'read', writing: 'write' } as const
type Mode = keyof typeof MODES
const NUMBERS: Readonly<Record<string, number>> = { a: 1, two: 2, three: 3 }

const DURATION = `(${DURATION_WORDS.join('|')})`
const milliseconds = (world: World, words: string): number => durationOf(words)(world)

/** What an actor can do. The parts in brackets are given on. */
const DEEDS: readonly (readonly [RegExp, Operations])[] = [
  [/^takes (a|two|three) references?$/, (_, times = '') => one('object.incref', { object: IT, times: NUMBERS[times] })],
  [/^drops (a|two|three) references?$/, (_, times = '') => one('object.decref', { object: IT, times: NUMBERS[times] })],
  [/^takes a reference and drops it again$/, () => [...one('object.incref', { object: IT }), ...one('object.decref', { object: IT })]],
  [/^drops a reference to object "(\w+)"$/, (_, object) => one('object.decref', { object })],
  [/^tries to take a reference$/, () => one('object.try-incref', { object: IT })],
  [/^takes a reference under a lock$/, () => one('object.locked-incref', { object: IT })],
  [/^allows lock-free attempts on the object$/, () => one('object.allow-try-incref', { object: IT })],
  [
    /^makes object "(\w+)" and allows lock-free attempts on it$/,
    (_, object) => [...one('object.create', { object }), ...one('object.allow-try-incref', { object })],
  ],
  [/^makes the object immortal$/, () => one('object.make-immortal', { object: IT })],
  [/^makes object "(\w+)"$/, (_, object) => one('object.create', { object })],
  [/^takes a reference from slot "(\w+)"$/, (_, slot) => one('slot.take', { slot })],
  [/^puts object "(\w+)" into slot "(\w+)"$/, (_, object, slot) => one('slot.publish', { object, slot })],
  [/^empties slot "(\w+)"$/, (_, slot) => one('slot.clear', { slot })],
  [/^reaches a safe point$/, () => one('thread.safe-point')],
  [/^attaches$/, () => one('thread.attach')],
  [/^detaches$/, () => one('thread.detach')],
  [/^enters the interpreter$/, () => one('thread.enter')],
  [/^enters the interpreter under the thread id that (\w+) had$/, (_, identity) => one('thread.enter', { identity })],
  [/^makes a thread state for (\w+)$/, (_, thread) => one('thread.create', { thread })],
  [/^clears (?:his|her) thread state$/, () => one('thread.clear')],
  [/^deletes (?:his|her) thread state$/, () => one('thread.delete')],
  [/^exits$/, () => one('thread.exit')],
  [/^sets the ([\w ]+) request of (\w+)$/, (_, request, thread) => one('thread.request', { request, thread })],
  [/^stops the world$/, () => one('world.stop', { scope: 'interpreter' })],
  [/^starts the world$/, () => one('world.start', { scope: 'interpreter' })],
  [/^stops all interpreters$/, () => one('world.stop', { scope: 'all' })],
  [/^starts all interpreters$/, () => one('world.start', { scope: 'all' })],
  [/^runs the collector$/, () => one('collector.run')],
  [/^reports a quiescent state$/, () => one('qsbr.quiescent')],
  [/^advances$/, () => one('qsbr.advance')],
  [/^makes a deferred advance$/, () => one('qsbr.defer')],
  [/^polls goal (\w+)$/, (world, goal = '') => one('qsbr.poll', { goal: world.goal(goal) })],
  [/^polls sequence (\d+)$/, (_, goal) => one('qsbr.poll', { goal })],
  [/^retires block (\w+)$/, (_, block) => one('block.retire', { block })],
  [/^processes the delayed frees$/, () => one('delayed.process')],
  [/^reads block (\w+)$/, (_, block) => one('block.read', { block })],
  [/^reads the list$/, () => one('list.read', { list: LIST })],
  [/^reads the old items$/, () => one('block.read', { block: FIRST_ITEMS })],
  [/^resizes the list$/, () => one('list.resize', { list: LIST })],
  [/^asks for mutex (\w+)$/, (_, mutex) => one('mutex.lock', { mutex })],
  [/^asks for mutex (\w+) without detaching$/, (_, mutex) => one('mutex.lock', { mutex, attached: true })],
  [/^tries mutex (\w+)$/, (_, mutex) => one('mutex.lock', { mutex, timeout: 0 })],
  [
    new RegExp(`^asks for mutex (\\w+) for at most ${DURATION}$`),
    (world, mutex, atMost = '') => one('mutex.lock', { mutex, timeout: milliseconds(world, atMost) }),
  ],
  [/^asks for mutex (\w+), listening for signals$/, (_, mutex) => one('mutex.lock', { mutex, signals: true })],
  [/^interrupts (\w+)$/, (_, thread) => one('thread.interrupt', { thread })],
  [/^gives mutex (\w+) back$/, (_, mutex) => one('mutex.unlock', { mutex })],
  [/^begins a section on mutex (\w+)$/, (_, mutex) => one('section.begin', { mutex })],
  [/^ends (?:his|her) section$/, () => one('section.end')],
  [/^changes the word to (\d+)$/, (_, value) => one('cell.store', { cell: WORD, value: Number(value) })],
  [/^parks on the word, expecting (\d+)$/, (_, expected) => one('cell.park', { cell: WORD, expected: Number(expected) })],
  [/^wakes one thread parked on the word$/, () => one('cell.unpark', { cell: WORD })],
  [/^asks for the shared lock for (reading|writing)$/, (_, mode) => one('rwlock.lock', { rwlock: SHARED_LOCK, mode: MODES[mode as Mode] })],
  [
    /^gives the shared lock back from (reading|writing)$/,
    (_, mode) => one('rwlock.unlock', { rwlock: SHARED_LOCK, mode: MODES[mode as Mode] }),
  ],
  [/^sets event "([\w ]+)"$/, (_, event) => one('event.set', { event })],
  [/^waits for event "([\w ]+)"$/, (_, event) => one('event.wait', { event })],
  [
    new RegExp(`^waits for event "([\\w ]+)" for at most ${DURATION}$`),
    (world, event, atMost = '') => one('event.wait', { event, timeout: milliseconds(world, atMost) }),
  ],
  [/^succeeds at the initialisation$/, () => one('once.run', { once: ONCE })],
  [/^fails at the initialisation$/, () => one('once.run', { once: ONCE, fails: true })],
  [new RegExp(`^calls (${CALL.source})$`), (_, call = '') => one('code.call', { module: PROGRAM, ...callOf(call) })],
  [new RegExp(`^calls (${CALL.source}) twice$`), (_, call = '') => one('code.call', { module: PROGRAM, ...callOf(call), times: 2 })],
  [
    /^makes a renamed copy of code ([\w.]+) and keeps it as (\w+)$/,
    (_, from, code) => one('code.make', { module: PROGRAM, code, from, how: 'replace' }),
  ],
  [/^frees the copies that nobody uses$/, () => one('code.free-unused-copies')],
  [/^lets tool (\d) watch (\w+) events$/, (_, tool, event) => one('tool.watch', { tool: Number(tool), events: [event] })],
  [/^lets tool (\d) watch nothing$/, (_, tool) => one('tool.watch', { tool: Number(tool), events: [] })],
  [
    /^lets tool (\d) watch (\w+) events of ([\w.]+)$/,
    (_, tool, event, path) => one('tool.watch', { tool: Number(tool), events: [event], module: PROGRAM, function: path }),
  ],
  [
    /^lets tool (\d) watch nothing of ([\w.]+)$/,
    (_, tool, path) => one('tool.watch', { tool: Number(tool), events: [], module: PROGRAM, function: path }),
  ],
  [new RegExp(`^lets ${DURATION} pass$`), (world, length = '') => one('time.pass', { milliseconds: milliseconds(world, length) })],
]

/** @throws Error with what can be said, if this cannot. */
export function deed(world: World, text: string): Program {
  for (const [pattern, operations] of DEEDS) {
    const found = pattern.exec(text)
    if (found) return operations(world, ...found.slice(1))
  }
  const known = DEEDS.map(([pattern]) => pattern.source.slice(1, -1)).join('; ')
  throw new Error(`nobody can do this in a race: "${text}". What can be done: ${known}`)
}

/** A column of the table of outcomes: what it asks for, and what the answer is in words. */
export interface Column {
  readonly queries: readonly Query[]
  readonly words: (outcome: RaceOutcome, states: readonly unknown[]) => string
}

/** What a column's heading asks for. @throws Error if there is nothing of that name. */
export function column(heading: string, racers: readonly string[]): Column {
  if (racers.includes(heading))
    return { queries: [], words: ({ answers }) => (answers[heading] ?? []).map(answered).filter(Boolean).join(', ') || 'done' }
  for (const [pattern, looks] of LOOKS) {
    const found = pattern.exec(heading)
    if (!found) continue
    const { queries, words } = looks(...found.slice(1))
    return { queries, words: (_, states) => words(...states) }
  }
  throw new Error(
    `nothing is known of "${heading}". What can be looked at: ${['an actor', ...LOOKS.map(([{ source }]) => source.slice(1, -1))].join('; ')}`,
  )
}

interface Look {
  readonly queries: readonly Query[]
  readonly words: (...states: readonly unknown[]) => string
}

function look<Q extends Query>(query: Q, words: (state: StateOf<Q['of']>) => string): Look {
  return { queries: [query], words: words as (state: unknown) => string }
}

/** Whether two values of the program are one. */
const sameness = (...values: string[]): Look => ({
  queries: values.map((value) => ({ of: 'value', module: PROGRAM, value })),
  words: (...states) => (new Set((states as StateOf<'value'>[]).map(({ value }) => value)).size === 1 ? 'one object' : 'two objects'),
})

const LOOKS: readonly (readonly [RegExp, (...words: string[]) => Look])[] = [
  [/^the object$/, () => look({ of: 'object', object: IT }, objectWords)],
  [/^object "(\w+)"$/, (object = '') => look({ of: 'object', object }, objectWords)],
  [/^finalizations$/, () => look({ of: 'object', object: IT }, ({ finalizations }) => String(finalizations))],
  [/^block (\w+)$/, (block = '') => look({ of: 'block', block }, ({ state }) => state)],
  [/^the old items$/, () => look({ of: 'block', block: FIRST_ITEMS }, ({ state }) => state)],
  [/^mutex (\w+)$/, (mutex = '') => look({ of: 'mutex', mutex }, ({ locked }) => (locked ? 'held' : 'free'))],
  [/^(\w+) is$/, (thread = '') => look({ of: 'thread', thread }, ({ state }) => state)],
  [/^requests of (\w+)$/, (thread = '') => look({ of: 'thread', thread }, ({ requests }) => requests.join(', ') || 'none')],
  [/^pending of (\w+)$/, (thread = '') => look({ of: 'thread', thread }, ({ pending }) => String(pending))],
  [/^left to the interpreter$/, () => look({ of: 'interpreter' }, ({ pending }) => String(pending))],
  [/^what is left is$/, () => look({ of: 'interpreter' }, ({ hasWork }) => (hasWork ? 'announced' : 'not announced'))],
  [/^index of (\w+)$/, (thread = '') => look({ of: 'thread', thread }, ({ index }) => String(index ?? 'none'))],
  [/^the table has$/, () => look({ of: 'interpreter' }, ({ slots, freeSlots }) => `${slots} slots, ${freeSlots} free`)],
  [/^the write sequence$/, () => look({ of: 'interpreter' }, ({ writeSequence }) => writeSequence)],
  [/^the read sequence$/, () => look({ of: 'interpreter' }, ({ readSequence }) => readSequence)],
  [/^copies of (\w+)$/, (code = '') => look({ of: 'copies', module: PROGRAM, code }, ({ entries }) => copiesWords(entries.length))],
  [
    new RegExp(`^the ${SITE.source} of (\\w+) for (\\w+)$`),
    (ordinal, noun = '', code = '', thread = '') =>
      look({ of: 'copy', module: PROGRAM, code, thread }, ({ instructions }) => {
        const found = at(instructions, siteOf(ordinal, noun))
        return found ? formWords(found.form) : 'no copy'
      }),
  ],
  [
    /^value (\w+)$/,
    (value = '') => look({ of: 'value', module: PROGRAM, value }, ({ text, immortal }) => `${text}, ${immortal ? 'immortal' : 'mortal'}`),
  ],
  [/^(\w+) and (\w+)$/, sameness],
  [/^the world$/, () => look({ of: 'interpreter' }, ({ stopped }) => (stopped ? 'stopped' : 'runs'))],
]

const copiesWords = (copies: number): string => `${copies} ${copies === 1 ? 'copy' : 'copies'}`

function objectWords({ alive, references, state, queuedFor, owner, immortal }: StateOf<'object'>): string {
  if (!alive) return 'freed'
  if (immortal) return 'immortal'
  const counted = `${references} ${references === '1' ? 'reference' : 'references'}`
  if (queuedFor !== null) return `${counted}, queued for ${queuedFor}`
  return `${counted}, ${state === 'merged' ? 'merged' : owner === null ? 'nobody’s' : `${owner}’s`}`
}

/** The answer to one operation; empty if it only says that it is done. */
function answered(answer: RaceAnswer): string {
  if ('refused' in answer) return answer.refused
  if (answer.facts.raised) return (answer.facts.raised as { type: string }).type
  const { granted, taken, reached, outcome, intact, set, ran, done, served, woken, block, result } = answer.facts
  if (granted !== undefined) return granted ? 'granted' : 'denied'
  if (taken !== undefined) return taken === null ? 'finds nothing' : taken === IT ? 'takes it' : `takes object "${taken}"`
  if (reached !== undefined) return reached ? 'reached' : 'not reached'
  if (outcome !== undefined) return String(outcome)
  if (intact !== undefined) return intact ? 'intact' : 'spoilt'
  if (set !== undefined) return set ? 'set' : 'not set'
  if (ran !== undefined) return ran ? (done ? 'runs it' : 'fails at it') : 'finds it done'
  if (woken !== undefined) return woken === null ? 'wakes nobody' : `wakes ${woken}`
  if (served !== undefined) return servedWords(served as string[])
  if (typeof result === 'string') return result === 'None' ? '' : result
  if (block !== undefined) return block === FIRST_ITEMS ? 'finds the old items' : 'finds the new items'
  return ''
}

function servedWords(served: readonly string[]): string {
  if (served.length === 0) return 'serves no request'
  return `serves the ${served.join(' and ')} ${served.length === 1 ? 'request' : 'requests'}`
}
