import type { Domain } from '../../../protocol/vocabulary.ts'
import { type Domain as Allocator, MEMORY, OBJECTS } from '../../../runtime/heap/allocators.ts'
import { type Address, CELL, NULL } from '../../../runtime/memory/memory.ts'
import { OutOfMemory } from '../../../runtime/memory/out-of-memory.ts'
import { freeDelayed, processDelayed } from '../../../runtime/reclaim/delayed-free.ts'
import { items } from '../../../runtime/reclaim/free-queue.ts'
import { read, resize, SharedList } from '../../../runtime/reclaim/shared-list.ts'
import type { Actor } from '../actor.ts'
import { numbered } from './objects.ts'
import type { Performs } from './operation.ts'

/** Cells of a block. */
const CELLS = 8

export const blocks: Performs<'block' | 'delayed' | 'list'> = {
  'block.allocate'(actor, { block, domain }) {
    allocate(actor, block, domain)
    return {}
  },

  'block.read'(actor, { block }) {
    // Past the checks: whether the memory is still what the reader believes is the question here.
    const address = actor.address('block', block)
    return {
      intact: Array.from({ length: CELLS }, (_, index) => actor.unchecked.get(address + index * CELL)).every(
        (cell) => cell === contentOf(block),
      ),
    }
  },

  'block.free'(actor, { block }) {
    const address = actor.address('block', block)
    actor.runtime.free(domainOf(actor, address), address)
    return {}
  },

  'block.retire'(actor, { block }) {
    retire(actor, actor.address('block', block))
    return {}
  },

  'block.retire-many'(actor, { prefix, count, domain }) {
    for (const name of numbered(prefix, count)) retire(actor, allocate(actor, name, domain))
    return {}
  },

  'delayed.process'(actor) {
    processDelayed(actor.thread)
    return {}
  },

  'list.create'(actor, { list: name }) {
    const list = SharedList.at(actor.runtime.allocate(MEMORY, SharedList.size, SharedList.name))
    if (list.address === NULL) throw new OutOfMemory(`no memory for the list "${name}"`)
    actor.memory.set(list.owner, actor.thread.identity)
    actor.memory.set(list.items, allocate(actor, `${name}-1`, 'memory'))
    actor.give('list', name, list.address)
    return {}
  },

  'list.read'(actor, { list }) {
    const items = read(actor.thread, SharedList.at(actor.address('list', list)))
    // Who resizes it in a race alone knows what its items are called from then on.
    return { block: actor.nameAt(['block'], items) ?? `${list}-later` }
  },

  'list.resize'(actor, { list: name }) {
    const list = SharedList.at(actor.address('list', name))
    const number = Number(blockAt(actor, actor.memory.get(list.items)).slice(name.length + 1)) + 1
    const block = `${name}-${number}`
    const before = [...items(actor.memory, actor.thread.queue)].length
    const old = resize(actor.thread, list, allocate(actor, block, 'memory'))
    if ([...items(actor.memory, actor.thread.queue)].length > before) actor.note({ event: 'retired', address: old })
    return { old: blockAt(actor, old), block }
  },

  'list.dispose'(actor, { list: name }) {
    const list = SharedList.at(actor.address('list', name))
    actor.runtime.free(MEMORY, actor.memory.get(list.items))
    actor.runtime.free(MEMORY, list.address)
    return {}
  },
}

const allocatorOf = (domain: Domain): Allocator => (domain === 'objects' ? OBJECTS : MEMORY)

const domainOf = (actor: Actor, address: Address): Allocator => actor.runtime.arena.block(address).tag as Allocator

const blockAt = (actor: Actor, address: Address): string => actor.nameAt(['block'], address) as string

function allocate(actor: Actor, name: string, domain: Domain): Address {
  const address = actor.runtime.allocate(allocatorOf(domain), CELLS * CELL, 'block')
  if (address === NULL) throw new OutOfMemory(`no memory for the block "${name}"`)
  actor.memory.fill(address, CELLS * CELL, contentOf(name))
  actor.give('block', name, address)
  return address
}

function retire(actor: Actor, address: Address): void {
  const goal = freeDelayed(actor.thread, domainOf(actor, address), address)
  if (goal !== undefined) actor.note({ event: 'retired', address })
}

/** What a block is filled with: its own name's hash, so that no other block looks like it. */
const contentOf = (name: string): number => [...name].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0, 7)
