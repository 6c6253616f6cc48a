/** What the host and its workers say to each other. Each message is followed by the turn. */
import type { ErrorCode } from '../../protocol/messages.ts'
import type { OperationName } from '../../protocol/operations.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import type { Address } from '../../runtime/memory/memory.ts'
import type { Names } from './actor.ts'
import type { PackedTrace, Trace } from './trace.ts'

/** What is left to do once the host has copied the memory. */
export type AfterFork = 'after fork in parent' | 'after fork in child'

/** What a worker is started with. */
export interface Seated {
  readonly board: SharedArrayBuffer
  readonly desk: SharedArrayBuffer
  readonly seat: number
}

export type ToWorker =
  | {
      readonly do: 'join'
      /** The actor to be, in the memory of this process, on this operating-system thread. */
      readonly name: string
      readonly process: number
      readonly os: Address
      /** The thread state that the actor goes on with: in the child of a fork. */
      readonly thread?: Address
      readonly names: Names
    }
  | {
      readonly do: 'perform'
      readonly op: OperationName | AfterFork
      readonly args: Record<string, unknown>
      /** Names given and finalizers written since the actor was told last. */
      readonly names: Names
      readonly programs: readonly Program[]
    }

/** What came of a message, with what the actor did to memory since it was asked last. */
type Said<Told> = (
  | { readonly did: 'end'; readonly facts: Record<string, unknown> }
  | { readonly did: 'refuse'; readonly code: ErrorCode; readonly message: string }
  | { readonly did: 'sleep' }
) & { readonly trace: Told }

export type FromWorker = Said<PackedTrace>
export type Answer = Said<readonly Trace[]>
