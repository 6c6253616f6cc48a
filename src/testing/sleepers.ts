/** Threads for tests of locks: a parking lot, waiters and cells in a memory of their own. */
import { type Address, CACHE_LINE, CELL } from '../runtime/memory/memory.ts'
import { alone, array, cell, record } from '../runtime/memory/record.ts'
import { BUCKETS, collide, type Parker, ParkingLot, Waiter } from '../runtime/sync/parking-lot.ts'

const THREADS = 3

const Layout = record('layout', {
  lot: ParkingLot,
  gate: alone(cell),
  waiters: array(alone(Waiter), THREADS),
  /** What threads wait for. */
  target: alone(cell),
  counters: array(alone(cell), THREADS),
  /** Further cells, among them one for every bucket. Last: a test that needs more takes more memory. */
  cells: alone(array(cell, 2 * BUCKETS)),
})
/** Nothing lies at address zero. */
const sleepers = Layout.at(CACHE_LINE)
export const SLEEPERS_BYTES = CACHE_LINE + Layout.size

export const { lot: LOT, gate: GATE, target: TARGET, counters: COUNTERS, cells: CELLS } = sleepers

export const waiterOf = (thread: number): Waiter => Waiter.at(sleepers.waiters + thread * CACHE_LINE)

/** How a thread sleeps: the first, second or third. */
export const parkerOf = (memory: Parker['memory'], thread: number): Parker => ({ memory, lot: LOT, waiter: waiterOf(thread) })

/** Cells that share the target's bucket, and one that does not. */
export const [NEIGHBOUR, STRANGER] = [find(true), find(false)] as const

function find(sharing: boolean): Address {
  let at = sleepers.cells
  while (collide(at, TARGET) !== sharing) at += CELL
  return at
}

/** The bucket's lock: whoever parks, unparks or gives up comes past it. */
export const LOCK_OF_BUCKET: Address = LOT.buckets + (TARGET % BUCKETS) * (ParkingLot.size / BUCKETS)
