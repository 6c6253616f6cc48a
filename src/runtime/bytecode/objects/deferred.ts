/**
 * Deferred counting: of objects that every thread uses at once: functions, code, classes, and what is built in.
 *
 * References to them in frames are not counted, so their count may come to zero while they are in use. To keep
 * that from meaning anything the shared count starts far above zero. Counting alone therefore never ends such an
 * object: the collector does, which looks at all frames first.
 *
 * @see CPython Objects/object.c, PyUnstable_Object_EnableDeferredRefcount
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { mergeCounts } from '../../refcount/biased.ts'
import { countOf, ONE, SHARED } from '../../refcount/object-header.ts'
import type { Mutator } from './mutator.ts'

/** What the shared count of a deferred object starts from. More than there are ever references; less than the count can hold. */
export const DEFERRED = 1 << 26

/**
 * Defers the counting of an object that the collector tracks and nobody else sees yet. Only where threads run at
 * once: the default build counts everything.
 */
export function deferCounting(m: Mutator, object: Address): void {
  if (m.memory.get(m.shared.freeThreaded) !== 0) m.memory.add(object + SHARED, DEFERRED * ONE)
}

/**
 * Whether an object's counting is deferred. May be asked of an object that is dying, since it reads nothing but the shared
 * count: what is counted there of others is far from it in either direction.
 */
export const isDeferred = (memory: Memory, object: Address): boolean => countOf(memory.loadRelaxed(object + SHARED)) > DEFERRED / 2

/**
 * Ends the deferral: from now on the object lives by its count, which is merged. For an object that nobody else can
 * come across.
 * @param extra references that are added.
 */
export function countAgain(memory: Memory, object: Address, extra: number): void {
  mergeCounts(memory, object, isDeferred(memory, object) ? extra - DEFERRED : extra)
}
