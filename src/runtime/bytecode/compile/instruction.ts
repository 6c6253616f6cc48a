/**
 * The instructions of one code object in the order in which they are generated.
 *
 * @see CPython Include/internal/pycore_instruction_sequence.h
 */

/** What has no line: instructions that the compiler adds on its own. */
export const NO_LINE = -1

/** A place that instructions jump to. */
export interface Label {
  /** The index of the instruction behind it. */
  at: number
}

/** An instruction as it is generated. */
export interface Instruction {
  readonly opcode: number
  readonly argument: number
  readonly line: number
  /** Where it jumps, or where the handler is that it sets up. */
  readonly target: Label | null
}
