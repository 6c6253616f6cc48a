/**
 * What the threads of one interpreter share for its tools.
 *
 * @see CPython Include/internal/pycore_interp.h, the monitoring fields
 */
import { array, cell, type Opened, record } from '../../memory/record.ts'
import { EVENTS, FIRST_OF_CALLS, TOOLS } from './events.ts'

export const Tools = record('tools', {
  /** Counts changes of what is asked for, in the bits above the low eight. Written in pauses only. */
  version: cell,
  /** Code of an older version is to forget which places tools have had enough of. Written in pauses only. */
  restart: cell,
  /** The tools that are in use, one bit each. */
  used: cell,
  /** By event: the tools that are told of it wherever it happens, one bit each. Written in pauses only. */
  everywhere: array(cell, FIRST_OF_CALLS),
  /** By tool: the version in which it was last given back. What it asked for of code before that is void. */
  cleared: array(cell, TOOLS),
  /** By tool and event: what is called, in the embedder's terms; zero for nothing. */
  callbacks: array(cell, TOOLS * EVENTS),
})
export type Tools = Opened<typeof Tools>
