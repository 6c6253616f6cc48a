/**
 * Which operations touch what only an attached thread may touch, and which the runtime itself does not refuse to others:
 * a poll or a quiescent state of a detached thread it does.
 */
import type { OperationName } from '../../../protocol/operations.ts'

const NOUNS = ['object', 'slot', 'list', 'section', 'delayed', 'collector', 'process']
const OPERATIONS: ReadonlySet<string> = new Set<OperationName>([
  'qsbr.advance',
  'qsbr.defer',
  'block.read',
  'block.retire',
  'block.retire-many',
  'interpreter.finalize',
  'interpreter.end',
])

/** Whether the operation is refused to a thread that is detached. */
export const needsAttachment = (op: OperationName): boolean => OPERATIONS.has(op) || NOUNS.includes(op.slice(0, op.indexOf('.')))
