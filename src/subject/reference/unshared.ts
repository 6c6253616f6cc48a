import { EndlessSleep } from '../../explore/direct.ts'
import { type Address, CELL, type Wake } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'

/** Shared memory while nobody else uses it yet. @throws EndlessSleep from `wait`: nobody would ever end that. */
export class Unshared extends SharedMemory {
  override wait(at: Address, expected: number): Wake {
    if (this.load(at) === expected) throw new EndlessSleep(at / CELL)
    return 'changed'
  }
}
