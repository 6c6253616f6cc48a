/**
 * What the threads of one interpreter share for running code.
 */
import { cell, type Opened, record } from '../../memory/record.ts'
import { IndexPool } from '../copies/index-pool.ts'
import { Singletons } from '../objects/singletons.ts'
import { Tools } from './tools.ts'

export const InterpreterCode = record('interpreter code', {
  /** Guards strings and constants while a code object is made. */
  mutex: cell,
  /** Not zero in a build with threads that run at once. Never changes. */
  freeThreaded: cell,
  /** Not zero if every thread runs copies of its own. Never changes. */
  copying: cell,
  /** Which indices of copies are in use. */
  indices: IndexPool,
  tools: Tools,
  singletons: Singletons,
})
export type InterpreterCode = Opened<typeof InterpreterCode>
