/**
 * Interned strings: of all equal ones, the one to be used.
 *
 * Names are looked up again and again, and of two interned strings that are different objects it is known
 * that they are not equal. Where threads run without a global lock every interned string is immortal as well: all
 * of them use it, and counting it would make them contend.
 *
 * In the default build the strings that programs hold as constants are interned but mortal. The table does not count
 * them, so such a string ends with its last reference, and takes itself out. Until it has, another
 * thread may find it there, and can tell by trying to take a reference: that fails once the last one was dropped.
 *
 * @see CPython Objects/unicodeobject.c, intern_common
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { allowTryIncref, decref, incref, isUniquelyReferenced, tryIncref } from '../../refcount/biased.ts'
import { makeImmortal, makeMortal } from '../../refcount/immortal.ts'
import { isImmortal } from '../../refcount/object-header.ts'
import { add, disposeTable, find, locked, makeRoom, objectsIn, remove } from '../code/object-table.ts'
import type { Mutator } from '../objects/mutator.ts'
import { hashOfStr, INTERNED, newStr, sameText, textOf } from '../objects/str.ts'

/** What has been interned so far is immortal, or has to become it; or it may stay mortal. */
type Life = 'immortal' | 'mortal'

/** The interned string that is equal to one: that one itself, if none was interned before. Immortal. @throws OutOfMemory */
export function intern(m: Mutator, string: Address): Address {
  const interned = lookUp(m, string, 'immortal')
  // One that was interned as mortal has users who count it, so they must not be in the middle of that.
  if (!isImmortal(m.memory, interned)) m.whileStopped(() => makeImmortal(m.memory, interned))
  return interned
}

/** As `intern`, but a string that is interned now stays mortal. @returns a new reference. */
export function internMortal(m: Mutator, string: Address): Address {
  return lookUp(m, string, 'mortal')
}

/**
 * The interned string that is equal to one that a program holds but looks nothing up by: immortal only where threads run at once.
 * @returns a new reference. @throws OutOfMemory
 */
export function internHeld(m: Mutator, string: Address): Address {
  return m.memory.get(m.shared.freeThreaded) === 0 ? internMortal(m, string) : intern(m, string)
}

/** The interned string of a text. Immortal. @throws OutOfMemory */
export function internText(m: Mutator, text: string): Address {
  const string = newStr(m, text)
  try {
    return intern(m, string)
  } finally {
    decref(m, string)
  }
}

/** Takes a string that ends out of the table. */
export function forget(m: Mutator, string: Address): void {
  if (!isInTable(m.memory, string)) return
  const { strings } = m.shared
  locked(m, strings, () => remove(m.memory, strings, hashOfStr(m.memory, string), string))
}

/** Whether a string is the one to be used of all equal ones: it stands in the table, or is one that there is only once anyhow. */
export const isInterned = (memory: Memory, string: Address): boolean => isInTable(memory, string) || isImmortal(memory, string)

const isInTable = (memory: Memory, string: Address): boolean => memory.get(string + INTERNED) !== 0

/** Ends the table and all that is immortal in it. What is mortal lives on as long as it is referenced. Nobody else runs. */
export function endStrings(m: Mutator): void {
  const { memory } = m
  const strings = [...objectsIn(memory, m.shared.strings)]
  disposeTable(m, m.shared.strings)
  for (const string of strings) {
    memory.set(string + INTERNED, 0)
    if (!isImmortal(memory, string)) continue
    makeMortal(memory, string, 1)
    decref(m, string)
  }
}

function lookUp(m: Mutator, string: Address, life: Life): Address {
  const { memory } = m
  if (isInterned(memory, string)) {
    incref(m, string)
    return string
  }
  const { strings } = m.shared
  const hash = hashOfStr(memory, string)
  return locked(m, strings, () => {
    const found = find(memory, strings, hash, (other) => sameText(memory, other, string))
    if (found !== NULL) {
      if (tryIncref(m, found)) return found
      // It is ending, on another thread that waits to take it out.
      remove(memory, strings, hash, found)
    }
    return enter(m, string, hash, life)
  })
}

/** Makes a string, or a copy of it, the interned one. @returns a new reference. */
function enter(m: Mutator, string: Address, hash: number, life: Life): Address {
  const { memory } = m
  // What others may be counting cannot be changed; a copy is as good.
  makeRoom(m, m.shared.strings)
  const own = isUniquelyReferenced(m, string)
  const interned = own ? string : newStr(m, textOf(m.memory, string))
  add(memory, m.shared.strings, hash, interned)
  memory.set(interned + INTERNED, 1)
  if (life === 'immortal') makeImmortal(memory, interned)
  else {
    // Before anybody can find it.
    allowTryIncref(memory, interned)
    if (own) incref(m, interned)
  }
  return interned
}
