/**
 * A fault: a small mistake that somebody might make in the runtime, as data.
 *
 * The museum (`museum.ts`) keeps them so that the specification can be held against runtimes that
 * are known to be wrong. The runtime itself knows nothing of it: a fault is built into the text of
 * one of its files while that file is loaded (`load.ts`).
 */

export interface Fault {
  /** Kebab-case. */
  readonly id: string
  /** What was done, in a few words. */
  readonly title: string
  /** The requirement that it breaks. */
  readonly requirement: string
  /** The scenario of that requirement that shows it most plainly. */
  readonly shownBy: string
  /** The file that holds the mistake, relative to `src/runtime`. */
  readonly file: string
  /** What stands in the file, exactly once. */
  readonly text: string
  /** What stands there instead. */
  readonly replacement: string
  /** What goes wrong because of it. */
  readonly why: string
  /** The public report of the same mistake in CPython, if there was one: "gh-119999". */
  readonly report?: string
}

/** A fault cannot be built in as it is described, so whatever ran would not be faulty. */
export class FaultError extends Error {
  override readonly name = 'FaultError'
}

/**
 * The source text of the fault's file with the fault in it.
 *
 * @throws FaultError unless the text that is to be replaced stands there exactly once.
 */
export function withFault({ id, file, text, replacement }: Fault, source: string): string {
  const [before = '', ...after] = source.split(text)
  if (after.length !== 1) throw new FaultError(`fault ${id}: ${file} holds its text ${after.length} times, and has to hold it once`)
  return before + replacement + after[0]
}
