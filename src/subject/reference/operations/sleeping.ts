import { MEMORY } from '../../../runtime/heap/allocators.ts'
import { sleeper } from '../../../runtime/interpreter/thread.ts'
import { type Address, CELL, NULL } from '../../../runtime/memory/memory.ts'
import { OutOfMemory } from '../../../runtime/memory/out-of-memory.ts'
import { collide, park, unpark, unparkAll } from '../../../runtime/sync/parking-lot.ts'
import type { Actor, Kind } from '../actor.ts'
import type { Performs } from './operation.ts'

export const sleeping: Performs<'cell' | 'time' | 'memory'> = {
  'cell.create'(actor, { cell, value, beside }) {
    makeCell(actor, 'cell', cell, value, beside)
    return {}
  },

  'cell.store'(actor, { cell, value }) {
    actor.memory.store(actor.address('cell', cell), value)
    return {}
  },

  'cell.park'(actor, { cell, expected, timeout }) {
    const outcome = park(actor.parker, actor.address('cell', cell), expected, microseconds(timeout))
    // Nobody hands anything over here.
    return { outcome: outcome === 'handed off' ? 'woken' : outcome }
  },

  'cell.unpark'(actor, { cell }) {
    let more = false
    const { lot } = sleeper(actor.runtime, actor.os)
    const woken = unpark(actor.memory, lot, actor.address('cell', cell), (_, others) => {
      more = others
    })
    return { woken: woken ? actor.nameAt(['actor'], woken.address) : null, more }
  },

  'cell.unpark-all'(actor, { cell }) {
    const { lot } = sleeper(actor.runtime, actor.os)
    return { woken: unparkAll(actor.memory, lot, actor.address('cell', cell)) }
  },

  'time.pass'(actor, { milliseconds }) {
    actor.elapse(microseconds(milliseconds))
    return {}
  },

  'memory.limit'(actor, { allocations }) {
    actor.runtime.arena.limit(allocations)
    return {}
  },
}

export function microseconds(milliseconds: number): number
export function microseconds(milliseconds: number | undefined): number | undefined
export function microseconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : Math.round(milliseconds * 1000)
}

/** Cells of a block in which one is looked for that shares a bucket with another. */
const CANDIDATES = 512

/** Makes a word of shared memory and names it. @param beside another of its kind whose parking bucket it is to share. */
export function makeCell(actor: Actor, kind: Kind, name: string, value: number, beside?: string): void {
  const block = actor.runtime.allocate(MEMORY, beside === undefined ? CELL : CANDIDATES * CELL, kind)
  if (block === NULL) throw new OutOfMemory(`no memory for the ${kind} "${name}"`)
  const at = beside === undefined ? block : neighbour(block, actor.address(kind, beside))
  actor.memory.store(at, value)
  actor.give(kind, name, at)
}

/** A cell of the block that falls into the same bucket as the other: any 257 cells in a row hold one. */
function neighbour(block: Address, other: Address): Address {
  let at = block
  while (!collide(at, other)) at += CELL
  return at
}
