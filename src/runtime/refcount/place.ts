/**
 * A place in shared memory that holds an object and is read without a lock.
 *
 * A reader loads the object's address and then takes a reference; in between the object may have
 * been replaced, freed, and its memory used for another object. So after it has taken the
 * reference it looks whether the place still holds that address. Where the attempt is not allowed,
 * because nobody but the owner may decide, it takes the place's lock once, and allows it from then on.
 *
 * @see CPython Include/internal/pycore_object.h, _Py_XGetRef and _Py_TryXGetRef
 */
import { type Address, NULL } from '../memory/memory.ts'
import { cell, type Opened, record } from '../memory/record.ts'
import { lock, unlock } from '../sync/mutex.ts'
import type { Parker } from '../sync/parking-lot.ts'
import { type Counter, decref, increfAndAllow, tryIncref } from './biased.ts'
import { ownerOf } from './object-header.ts'

export const Place = record('place', {
  /** Guards changes. Readers do without. */
  mutex: cell,
  value: cell,
})
export type Place = Opened<typeof Place>

/** Puts an address into the place. @returns what was there; with it, the place's reference to it. */
export function put(parker: Parker, place: Place, value: Address): Address {
  const { memory, lot } = parker
  lock(parker, place.mutex)
  const before = memory.exchange(place.value, value)
  unlock(memory, lot, place.mutex)
  return before
}

/** Takes a reference to the object in the place. @returns the object, or NULL if the place is empty. */
export function take(counter: Counter, parker: Parker, place: Place): Address {
  const { memory } = counter
  for (;;) {
    const object = memory.load(place.value)
    if (object === NULL) return NULL
    if (!tryIncref(counter, object)) return takeLocked(counter, parker, place)
    // Who counts locally knows that it is the object it was: nobody else could have freed it. All others look again, as what they
    // took may have come to lie there after they had loaded the address; also if it is immortal, and nothing was counted.
    if (ownerOf(memory, object) === counter.identity) return object
    if (memory.load(place.value) === object) return object
    decref(counter, object)
  }
}

function takeLocked(counter: Counter, parker: Parker, place: Place): Address {
  const { memory, lot } = parker
  lock(parker, place.mutex)
  // Nobody replaces it meanwhile, so the place's own reference keeps it alive.
  const object = memory.load(place.value)
  if (object !== NULL) increfAndAllow(counter, object)
  unlock(memory, lot, place.mutex)
  return object
}
