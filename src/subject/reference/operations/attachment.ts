/**
 * Which operations are refused to a detached thread before they are begun: those that its contract gives to attached threads,
 * but for those that the runtime refuses by itself.
 */
import { contractOf } from '../../../protocol/contracts.ts'
import type { OperationName } from '../../../protocol/operations.ts'
import { OPERATIONS } from './index.ts'

/** A thread state that is attached, cleared or left, and a report or a poll, are looked at by the runtime. */
const LOOKED_AT_BY_THE_RUNTIME = /^(thread\..+|qsbr\.(poll|quiescent|begin-at))$/

/** Found once: an actor asks before each operation. */
export const FOR_ATTACHED: ReadonlySet<OperationName> = new Set(
  (Object.keys(OPERATIONS) as OperationName[]).filter((op) => contractOf(op).by === 'attached' && !LOOKED_AT_BY_THE_RUNTIME.test(op)),
)
