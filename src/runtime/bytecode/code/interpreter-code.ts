/**
 * What the threads of one interpreter share for running code.
 */
import { cell, type Opened, record } from '../../memory/record.ts'
import { IndexPool } from '../copies/index-pool.ts'
import { Classes } from '../objects/classes.ts'
import { Singletons } from '../objects/singletons.ts'
import { ObjectTable } from './object-table.ts'
import { Tools } from './tools.ts'

export const InterpreterCode = record('interpreter code', {
  /** Interned strings. */
  strings: ObjectTable,
  /** Of all equal constants, the one to be used. */
  constants: ObjectTable,
  /** Not zero in a build with threads that run at once. Never changes. */
  freeThreaded: cell,
  /** Not zero if every thread runs copies of its own. Never changes. */
  copying: cell,
  /** Which indices of copies are in use. */
  indices: IndexPool,
  tools: Tools,
  singletons: Singletons,
  /** Whether the classes have been made. */
  prepared: cell,
  classes: Classes,
  /** The dictionary of what is built in, with a reference; NULL before it is made. */
  builtins: cell,
  /** Whether it has been made. */
  builtinsMade: cell,
})
export type InterpreterCode = Opened<typeof InterpreterCode>
