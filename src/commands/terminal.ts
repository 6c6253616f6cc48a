/**
 * Where a command writes, and what it may assume about the other end.
 */
import { resolve } from 'node:path'

interface Output {
  write(text: string): unknown
  readonly isTTY?: boolean
  readonly columns?: number
}

export interface Terminal {
  /** What the command was called for. */
  readonly out: Output
  /** Errors and remarks. */
  readonly err: Output
  /** Whether a person watches, so that a line may be written over. */
  readonly live: boolean
  /** Whether colours are welcome. */
  readonly color: boolean
  /** How many characters fit into a line. */
  readonly width: number
  /** The user's own folder, which relative paths start from. */
  readonly folder: string
}

/** How wide a line is if nobody says. */
const WIDTH = 120

/** @param env `NO_COLOR`, if it is not empty, forbids colours; nobody gets them who cannot show them. */
export function terminalOf(out: Output, err: Output, env: { NO_COLOR?: string; TERM?: string }, folder: string): Terminal {
  const live = out.isTTY === true && env.TERM !== 'dumb'
  return { out, err, live, color: live && !env.NO_COLOR, width: out.columns || WIDTH, folder: resolve(folder) }
}

/** Takes it that whoever reads the output stops before its end, as `head` does: what was asked for is done all the same. */
export function tolerate(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
}
