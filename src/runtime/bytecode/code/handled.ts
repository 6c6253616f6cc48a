/**
 * The exception being handled: what `raise` without an argument raises again, and what a new
 * exception names as its context.
 *
 * Every generator keeps its own, so that what it handles is not what its caller handles, and stays
 * when it yields. While a generator handles none, that of whoever runs it counts.
 *
 * @see CPython Include/cpython/pystate.h, _PyErr_StackItem
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { GENERATOR_HANDLED, GENERATOR_OUTER } from './generator.ts'
import type { ThreadCode } from './thread-code.ts'

/** The cell for what runs now. */
export function handledCell(memory: Memory, own: ThreadCode): Address {
  const generator = memory.get(own.generator)
  return generator === NULL ? own.handled : generator + GENERATOR_HANDLED
}

/** The exception being handled, borrowed; NULL if there is none. */
export function handledException({ memory, own }: { readonly memory: Memory; readonly own: ThreadCode }): Address {
  for (let at = memory.get(own.generator); at !== NULL; at = memory.get(at + GENERATOR_OUTER)) {
    const handled = memory.get(at + GENERATOR_HANDLED)
    if (handled !== NULL) return handled
  }
  return memory.get(own.handled)
}
