/**
 * The operations of a `Memory` as numbers, and what each of them is.
 */

/** Before the first operation of a body; after its last, when it returned; and when it threw. */
export const START = 1
export const END = 2
export const FAIL = 3

export const LOAD = 4
export const LOAD_ACQUIRE = 5
export const LOAD_RELAXED = 6
export const GET = 7
export const STORE = 8
export const STORE_RELEASE = 9
export const STORE_RELAXED = 10
export const SET = 11
export const ADD = 12
export const OR = 13
export const AND = 14
export const EXCHANGE = 15
export const COMPARE_EXCHANGE = 16
/** Of a range: its cell is the first, its first operand how many, its second the value or the access. */
export const FILL = 17
export const EXPECT = 18
export const WAIT = 19
export const NOTIFY = 20
export const PAUSE = 21
export const NOW = 22
/** Moves the clock. Not part of `Memory`: for bodies that play the clock. */
export const ELAPSE = 23

/** One more than the largest. */
export const OPERATIONS = 24

/** By number, as the interface calls them. */
export const NAMES = [
  '',
  'start',
  'end',
  'throw',
  'load',
  'loadAcquire',
  'loadRelaxed',
  'get',
  'store',
  'storeRelease',
  'storeRelaxed',
  'set',
  'add',
  'or',
  'and',
  'exchange',
  'compareExchange',
  'fill',
  'expect',
  'wait',
  'notify',
  'pause',
  'now',
  'elapse',
] as const

export type OperationName = Exclude<(typeof NAMES)[number], ''>

/** Looks at one cell. Its result is what the cell held before. */
export const READS = 1 << 0
/** May change one cell. */
export const WRITES = 1 << 1
/** Promises that no other thread touches the cell at that time. */
export const PLAIN = 1 << 2
/** Sees whatever happened before the release that it reads from. */
export const ACQUIRES = 1 << 3
/** Hands on whatever its thread has seen. */
export const RELEASES = 1 << 4

const EXCHANGES = READS | WRITES | ACQUIRES | RELEASES

/** What each operation does to its one cell; zero for those that have none. */
export const TRAITS = new Uint8Array(OPERATIONS)
TRAITS[LOAD] = READS | ACQUIRES
TRAITS[LOAD_ACQUIRE] = READS | ACQUIRES
TRAITS[LOAD_RELAXED] = READS
TRAITS[GET] = READS | PLAIN
TRAITS[STORE] = WRITES | RELEASES
TRAITS[STORE_RELEASE] = WRITES | RELEASES
TRAITS[STORE_RELAXED] = WRITES
TRAITS[SET] = WRITES | PLAIN
TRAITS[ADD] = EXCHANGES
TRAITS[OR] = EXCHANGES
TRAITS[AND] = EXCHANGES
TRAITS[EXCHANGE] = EXCHANGES
TRAITS[COMPARE_EXCHANGE] = EXCHANGES
TRAITS[WAIT] = READS | ACQUIRES

/** What a cell holds after an operation that found `before` in it. */
export function after(operation: number, before: number, first: number, second: number): number {
  switch (operation) {
    case STORE:
    case STORE_RELEASE:
    case STORE_RELAXED:
    case SET:
    case EXCHANGE:
      return first
    case ADD:
      return (before + first) | 0
    case OR:
      return before | first
    case AND:
      return before & first
    case COMPARE_EXCHANGE:
      return before === first ? second : before
    default:
      return before
  }
}

/** Results of `wait`. */
export const CHANGED = 0
export const WOKEN = 1
export const TIMED_OUT = 2
export const WAKES = ['changed', 'woken', 'timed out'] as const

/** What may be done with a cell. Nobody has said anything of cells that were never handed out. */
export const NEVER_HANDED_OUT = 0
export const LIVE = 1
export const DEAD = 2
export const FREED = 3
/** There is no such cell. */
export const OUTSIDE = 4
export const ACCESSES = { live: LIVE, dead: DEAD, freed: FREED } as const

/** The second operand of a `wait` without a timeout. */
export const FOR_EVER = -1
