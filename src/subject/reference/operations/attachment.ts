/** Which operations touch what only an attached thread may touch. */
import type { OperationName } from '../../../protocol/operations.ts'

const NOUNS = ['object', 'slot', 'list', 'section', 'qsbr', 'delayed', 'collector', 'process']
const OPERATIONS: ReadonlySet<string> = new Set<OperationName>([
  'block.read',
  'block.retire',
  'block.retire-many',
  'interpreter.finalize',
  'interpreter.end',
])

/** Whether the operation is refused to a thread that is detached. */
export const needsAttachment = (op: OperationName): boolean => OPERATIONS.has(op) || NOUNS.includes(op.slice(0, op.indexOf('.')))
