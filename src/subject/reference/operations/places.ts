import { MEMORY } from '../../../runtime/heap/allocators.ts'
import { NULL } from '../../../runtime/memory/memory.ts'
import { OutOfMemory } from '../../../runtime/memory/out-of-memory.ts'
import { Place, put, take } from '../../../runtime/refcount/place.ts'
import type { Performs } from './operation.ts'

export const places: Performs<'slot'> = {
  'slot.create'(actor, { slot }) {
    const address = actor.runtime.allocate(MEMORY, Place.size, Place.name)
    if (address === NULL) throw new OutOfMemory(`no memory for the slot "${slot}"`)
    actor.give('slot', slot, address)
    return {}
  },

  'slot.publish'(actor, { slot, object, block }) {
    const value = object === undefined ? actor.address('block', block as string) : actor.address('object', object)
    const before = put(actor.parker, Place.at(actor.address('slot', slot)), value)
    return { replaced: actor.nameAt(['object', 'block'], before) }
  },

  'slot.clear'(actor, { slot }) {
    const before = put(actor.parker, Place.at(actor.address('slot', slot)), NULL)
    return { replaced: actor.nameAt(['object', 'block'], before) }
  },

  'slot.read'(actor, { slot }) {
    const found = actor.memory.loadAcquire(Place.at(actor.address('slot', slot)).value)
    return { found: actor.nameAt(['object', 'block'], found) }
  },

  'slot.take'(actor, { slot }) {
    const taken = take(actor.thread, actor.parker, Place.at(actor.address('slot', slot)))
    return { taken: actor.nameAt(['object'], taken) }
  },
}
