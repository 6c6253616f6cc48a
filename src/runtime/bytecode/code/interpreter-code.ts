/**
 * What the threads of one interpreter share for running code.
 */
import { cell, type Opened, record } from '../../memory/record.ts'

export const InterpreterCode = record('interpreter code', {
  /** Guards strings and constants while a code object is made. */
  mutex: cell,
})
export type InterpreterCode = Opened<typeof InterpreterCode>
