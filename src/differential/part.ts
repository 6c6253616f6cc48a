/** A function of a generated program, and what is done with it. */
import type { Call, Statement } from './case.ts'

export interface Part {
  readonly definitions: readonly Statement[]
  /** Paths of the functions that are looked at. */
  readonly functions: readonly string[]
  /** They stand in this order, with others between them. */
  readonly calls: readonly Call[]
}
