/**
 * The two allocators: one for raw memory, one for objects.
 *
 * They differ in what a freed block still shows. Nobody may look at freed raw memory. A thread
 * that reads without a lock may still look at the header of a freed object, finds that it is dead,
 * and lets go; so the header stays as the object left it until the memory is used again.
 *
 * @see CPython Objects/obmalloc.c, the domains PYMEM_DOMAIN_MEM and PYMEM_DOMAIN_OBJ
 */
import type { BlockArena } from '../memory/arena.ts'
import type { Address, Memory } from '../memory/memory.ts'
import { alone, cell, type Opened, record } from '../memory/record.ts'

export const MEMORY = 1
export const OBJECTS = 2
/** Which allocator a block comes from and goes back to. */
export type Domain = typeof MEMORY | typeof OBJECTS

/** Blocks in use, by domain. Written under the arena's lock, read without. Alone, since every thread writes them. */
export const Allocators = record('allocators', { memory: alone(cell), objects: alone(cell) })
export type Allocators = Opened<typeof Allocators>

/** Bytes at the start of an object that late readers may look at after its death: owner and both counts. */
export const DEAD_HEADER = 12

/** @returns zeroed memory, or NULL if there is none. */
export function allocate(arena: BlockArena, counts: Allocators, domain: Domain, bytes: number, name: string): Address {
  return arena.allocate(bytes, name, domain, keptOf(domain), countOf(counts, domain))
}

/** @throws BlockMisuse if the block is not in use, or the other allocator's. */
export function free(arena: BlockArena, counts: Allocators, domain: Domain, address: Address): void {
  arena.free(address, domain, keptOf(domain), countOf(counts, domain))
}

/** Gives a chain of objects' blocks that were set aside back to the arena: until now they counted as in use. */
export function putBack(arena: BlockArena, counts: Allocators, first: Address): void {
  arena.putBack(first, counts.objects)
}

/** How many blocks of a domain are in use, those included that caches of dead objects keep. Others may be at work, so it may be old. */
export const inUse = (memory: Memory, counts: Allocators, domain: Domain): number => memory.loadRelaxed(countOf(counts, domain))

const keptOf = (domain: Domain): number => (domain === OBJECTS ? DEAD_HEADER : 0)

const countOf = (counts: Allocators, domain: Domain): Address => (domain === OBJECTS ? counts.objects : counts.memory)
