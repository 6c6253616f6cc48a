/** What a queue that grows by chunks needs of an allocator. */
import type { Address } from './memory.ts'

export interface Chunks {
  /** @returns zeroed memory, or NULL if there is none. @param name what the memory is to hold, for messages. */
  allocate(bytes: number, name: string): Address
  free(address: Address): void
}
