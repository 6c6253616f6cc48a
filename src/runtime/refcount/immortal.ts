/**
 * Immortal objects, and setting counts outright.
 *
 * An immortal object is shared by everybody for ever, so counting it would only make threads
 * contend. Its local count is all ones; every operation looks for that first and does nothing.
 *
 * @see CPython Objects/object.c, _Py_SetImmortal and Py_SET_REFCNT
 */
import type { Address, Memory } from '../memory/memory.ts'
import type { Counter } from './biased.ts'
import {
  flagsOf,
  IMMORTAL,
  isImmortal,
  LOCAL,
  LOCAL_LIMIT,
  MARKS,
  MERGED,
  ONE,
  OWNER,
  SHARED,
  sharedWord,
  TRACKED,
  UNOWNED,
} from './object-header.ts'

/** Makes an object immortal: it has no owner, and the collector no longer looks at it. */
export function makeImmortal(memory: Memory, object: Address): void {
  // First of all: an object without an owner that is not immortal yet would look as if it were being merged.
  memory.storeRelaxed(object + LOCAL, IMMORTAL)
  memory.storeRelaxed(object + OWNER, UNOWNED)
  memory.storeRelaxed(object + SHARED, 0)
  memory.storeRelaxed(object + MARKS, memory.loadRelaxed(object + MARKS) & ~TRACKED)
}

/** Makes an immortal object mortal, merged, with that many references. At the end of a runtime, when nobody else looks. */
export function makeMortal(memory: Memory, object: Address, references: number): void {
  memory.storeRelaxed(object + OWNER, UNOWNED)
  memory.storeRelaxed(object + LOCAL, 0)
  memory.storeRelaxed(object + SHARED, sharedWord(references, MERGED))
}

/**
 * Sets how many references there are. The caller has the object to itself. More than the local
 * count can hold, or less than none, means immortal. The owner stays owner, another thread's
 * setting it merges the object; an immortal object stays as it is.
 */
export function setCount({ memory, identity }: Counter, object: Address, references: bigint): void {
  if (isImmortal(memory, object)) return
  if (memory.loadRelaxed(object + OWNER) !== identity) {
    makeMortal(memory, object, Number(references))
  } else if (references < 0n || references > BigInt(LOCAL_LIMIT)) {
    makeImmortal(memory, object)
  } else {
    memory.storeRelaxed(object + LOCAL, Number(references))
    memory.storeRelaxed(object + SHARED, flagsOf(memory.loadRelaxed(object + SHARED)))
  }
}

/** Takes several references at once. More than the local count can hold makes the object immortal. */
export function addReferences({ memory, identity }: Counter, object: Address, references: bigint): void {
  const local = memory.loadRelaxed(object + LOCAL)
  if (local === IMMORTAL) return
  if (memory.loadRelaxed(object + OWNER) !== identity) {
    memory.add(object + SHARED, Number(references) * ONE)
    return
  }
  const sum = BigInt(local >>> 0) + references
  if (sum > BigInt(LOCAL_LIMIT)) makeImmortal(memory, object)
  else memory.storeRelaxed(object + LOCAL, Number(sum))
}
