/**
 * Small programs drawn by lot: what the explorer is compared with plain enumeration on.
 */
import { CELL } from '../runtime/memory/memory.ts'
import type { ExploredMemory } from './explored-memory.ts'
import type { Program } from './program.ts'
import { Random } from './random.ts'

/** Cells of a program. */
export const CELLS = 3

export type Simple =
  | 'load'
  | 'loadAcquire'
  | 'loadRelaxed'
  | 'get'
  | 'store'
  | 'storeRelease'
  | 'storeRelaxed'
  | 'set'
  | 'add'
  | 'or'
  | 'and'
  | 'exchange'

/** What a thread does, one after the other. Each but `free` and `unless` adds what it gave to the thread's results. */
export type Statement =
  | { readonly do: Simple; readonly cell: number; readonly value: number }
  | { readonly do: 'compareExchange'; readonly cell: number; readonly expected: number; readonly value: number }
  | { readonly do: 'fill'; readonly cell: number; readonly cells: number; readonly value: number }
  /** Passes over the next statement if the last result is not this. */
  | { readonly do: 'unless'; readonly value: number }
  | { readonly do: 'wait'; readonly cell: number; readonly expected: number; readonly timeout?: number }
  | { readonly do: 'notify'; readonly cell: number; readonly count: number }
  /** Looks until the cell holds the value; at most so many pauses. */
  | { readonly do: 'spin'; readonly cell: number; readonly value: number; readonly pauses: number }
  | { readonly do: 'now' }
  /** Moves the clock. */
  | { readonly do: 'elapse'; readonly by: number }
  | { readonly do: 'free'; readonly cell: number }

export interface RandomProgram {
  readonly threads: readonly (readonly Statement[])[]
  /** Sleeps that may time out at any time. */
  readonly timeouts: number
}

/** Whether the clock moves while threads can run. */
export const movesClock = ({ threads }: RandomProgram): boolean => threads.flat().some((statement) => statement.do === 'elapse')

const ATOMIC: readonly Simple[] = [
  'load',
  'loadAcquire',
  'loadRelaxed',
  'store',
  'storeRelease',
  'storeRelaxed',
  'add',
  'or',
  'and',
  'exchange',
]

/** Kinds of statements. What a program draws from is a list in which the more likely ones stand more often. */
type Kind =
  | 'simple'
  | 'plain'
  | 'release'
  | 'exchange'
  | 'fill'
  | 'unless'
  | 'sleep'
  | 'doze'
  | 'notify'
  | 'spin'
  | 'look'
  | 'now'
  | 'elapse'
  | 'free'

const THEMES: readonly (readonly Kind[])[] = [
  // Of everything, with few plain accesses, so that not every program has a race.
  ['simple', 'simple', 'simple', 'simple', 'simple', 'exchange', 'exchange', 'unless', 'sleep', 'doze', 'notify', 'spin', 'look', 'now'],
  ['simple', 'simple', 'simple', 'plain', 'exchange', 'fill', 'unless', 'notify', 'look', 'free'],
  // Who waits for whom.
  ['sleep', 'sleep', 'sleep', 'notify', 'notify', 'notify', 'simple'],
  // Time.
  ['doze', 'doze', 'doze', 'sleep', 'notify', 'now', 'simple'],
  // Time that somebody lets pass.
  ['doze', 'doze', 'doze', 'elapse', 'elapse', 'notify', 'now', 'simple', 'look'],
  // What orders plain accesses.
  ['plain', 'release', 'release', 'unless', 'unless', 'notify', 'doze'],
]

/** The same seed, the same program. */
export function randomProgram(seed: number): RandomProgram {
  const random = new Random(seed)
  const kinds = THEMES[random.below(THEMES.length)] as readonly Kind[]
  const threads = 2 + random.below(2)
  const most = threads === 2 ? 5 : 3
  const cells = 1 + random.below(CELLS)
  const draw = () => statement(random, kinds[random.below(kinds.length)] as Kind, random.below(cells))
  return {
    threads: Array.from({ length: threads }, () => Array.from({ length: 1 + random.below(most) }, draw)),
    timeouts: random.below(4) === 0 ? 1 : 0,
  }
}

function statement(random: Random, kind: Kind, cell: number): Statement {
  const value = random.below(3)
  const expected = random.below(2)
  const oneOf = (all: readonly Simple[]): Statement => ({ do: all[random.below(all.length)] as Simple, cell, value })
  switch (kind) {
    case 'simple':
      return oneOf(ATOMIC)
    case 'plain':
      return oneOf(['get', 'set'])
    case 'release':
      return oneOf(['loadAcquire', 'loadRelaxed', 'storeRelease', 'storeRelaxed'])
    case 'exchange':
      return { do: 'compareExchange', cell, expected, value }
    case 'fill':
      return { do: 'fill', cell: 0, cells: 1 + cell, value }
    case 'unless':
      return { do: 'unless', value }
    case 'sleep':
      return { do: 'wait', cell, expected: 0 }
    case 'doze':
      return { do: 'wait', cell, expected: 0, timeout: random.below(4) }
    case 'notify':
      return { do: 'notify', cell, count: 1 + expected }
    case 'spin':
      return { do: 'spin', cell, value: 1, pauses: Infinity }
    case 'look':
      return { do: 'spin', cell, value, pauses: random.below(4) }
    case 'now':
      return { do: 'now' }
    case 'elapse':
      return { do: 'elapse', by: 1 + value }
    default:
      return { do: 'free', cell }
  }
}

const FIRST_CELL = 16
export const addressOf = (cell: number): number => FIRST_CELL * CELL + cell * CELL
/** The cell that a failure is about, as the explorer writes it. */
export const aboutOf = (cell: number): string => String(FIRST_CELL + cell)

/** The program as the explorer takes it. Its outcome: what the cells hold, and every thread's results. */
export function explorable({ threads }: RandomProgram): Program<void> {
  return {
    bytes: (FIRST_CELL + CELLS) * CELL,
    setup: () => {},
    bodies: threads.map((statements) => (memory: ExploredMemory) => run(memory, statements)),
    observe: (memory, results) => JSON.stringify([Array.from({ length: CELLS }, (_, cell) => memory.load(addressOf(cell))), ...results]),
  }
}

function run(memory: ExploredMemory, statements: readonly Statement[]): unknown[] {
  const results: unknown[] = []
  for (let at = 0; at < statements.length; at++) {
    const statement = statements[at] as Statement
    if (statement.do === 'unless') {
      if (results.at(-1) !== statement.value) at += 1
    } else if (statement.do === 'free') memory.expect(addressOf(statement.cell), CELL, 'freed')
    else results.push(perform(memory, statement))
  }
  return results
}

function perform(memory: ExploredMemory, statement: Exclude<Statement, { do: 'unless' | 'free' }>): unknown {
  switch (statement.do) {
    case 'now':
      return memory.now()
    case 'elapse':
      memory.elapse(statement.by)
      return null
    case 'compareExchange':
      return memory.compareExchange(addressOf(statement.cell), statement.expected, statement.value)
    case 'fill':
      memory.fill(addressOf(statement.cell), statement.cells * CELL, statement.value)
      return null
    case 'wait':
      return memory.wait(addressOf(statement.cell), statement.expected, statement.timeout)
    case 'notify':
      memory.notify(addressOf(statement.cell), statement.count)
      return null
    case 'spin':
      for (let pauses = 0; ; pauses++) {
        if (memory.load(addressOf(statement.cell)) === statement.value) return true
        if (pauses === statement.pauses) return false
        memory.pause()
      }
    default:
      return memory[statement.do](addressOf(statement.cell), statement.value) ?? null
  }
}
