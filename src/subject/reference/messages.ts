/** What the host and its workers say to each other. Each message is followed by the turn. */
import type { ErrorCode } from '../../protocol/messages.ts'
import type { OperationName, Program } from '../../protocol/operations.ts'
import type { Address } from '../../runtime/memory/memory.ts'
import type { Names } from './actor.ts'
import type { PackedTrace } from './trace.ts'

/** What is left to do once the host has copied the memory. */
export type AfterFork = 'after fork in parent' | 'after fork in child'

/** What a worker is started with. */
export interface Seated {
  readonly board: SharedArrayBuffer
  readonly seat: number
}

export type ToWorker =
  | {
      readonly do: 'join'
      /** The actor to be, in this memory, on this operating-system thread. */
      readonly name: string
      readonly buffer: SharedArrayBuffer
      readonly states: SharedArrayBuffer
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

interface Told {
  readonly trace: PackedTrace
}

export type FromWorker =
  | ({ readonly did: 'end'; readonly facts: Record<string, unknown> } & Told)
  | ({ readonly did: 'refuse'; readonly code: ErrorCode; readonly message: string } & Told)
  | ({ readonly did: 'sleep' } & Told)
