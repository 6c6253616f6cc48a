/**
 * Generators: functions that stop in the middle and can be taken up again.
 *
 * A generator's frame lies in the generator itself, so it outlives each run of it. Between two runs it
 * may be taken up by another thread.
 *
 *   CREATED ──► EXECUTING ──► SUSPENDED | SUSPENDED_IN_DELEGATE ──► EXECUTING …
 *      │            │
 *      ▼            ▼
 *   CLEARED      CLEARED        its frame holds nothing any more
 *
 * @see CPython Include/internal/pycore_genobject.h and Objects/genobject.c
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import { isCounted, objectOf } from '../objects/reference.ts'
import { eachReference, Frame, frameBytes } from './frame.ts'

export const Generator = record('generator', {
  base: ObjectHeader,
  /** See `GeneratorState`. */
  state: cell,
  /** Strings. */
  name: cell,
  qualifiedName: cell,
  /** The exception that it is handling, with a reference; NULL without one. See `handled.ts`. */
  handled: cell,
  /** While it runs: the generator that runs around it; NULL if none does. Borrowed. */
  outer: cell,
  frame: Frame,
})
export type Generator = Opened<typeof Generator>

export const GeneratorState = { CREATED: 0, SUSPENDED: 1, SUSPENDED_IN_DELEGATE: 2, EXECUTING: 3, CLEARED: 4 } as const
export type GeneratorState = (typeof GeneratorState)[keyof typeof GeneratorState]

export const {
  state: GENERATOR_STATE,
  name: GENERATOR_NAME,
  qualifiedName: GENERATOR_QUALIFIED_NAME,
  handled: GENERATOR_HANDLED,
  outer: GENERATOR_OUTER,
  frame: FRAME_IN_GENERATOR,
} = Generator.offset

/** Bytes of a generator whose frame has that many locals and room for that many values. */
export const generatorBytes = (locals: number, values: number): number => FRAME_IN_GENERATOR + frameBytes(locals, values)

/** Every counted reference that a generator at rest holds. One that runs is left alone: its stack is its thread's business. */
export function visitGenerator(memory: Memory, generator: Address, each: (child: Address) => void): void {
  each(memory.get(generator + GENERATOR_NAME))
  each(memory.get(generator + GENERATOR_QUALIFIED_NAME))
  const state = memory.get(generator + GENERATOR_STATE)
  if (state === GeneratorState.CLEARED || state === GeneratorState.EXECUTING) return
  const handled = memory.get(generator + GENERATOR_HANDLED)
  if (handled !== NULL) each(handled)
  eachReference(memory, generator + FRAME_IN_GENERATOR, (reference) => {
    if (isCounted(reference)) each(objectOf(reference))
  })
}

/** What references of a generator at rest lead to that are not counted: its collector follows them, too. */
export function uncountedInGenerator(memory: Memory, generator: Address, each: (child: Address) => void): void {
  const state = memory.get(generator + GENERATOR_STATE)
  if (state === GeneratorState.CLEARED || state === GeneratorState.EXECUTING) return
  eachReference(memory, generator + FRAME_IN_GENERATOR, (reference) => {
    if (!isCounted(reference)) each(objectOf(reference))
  })
}
