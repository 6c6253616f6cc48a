/**
 * Making what is kept of a code object that tools watch.
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { MONITORING, unitCountOf } from '../code/code-object.ts'
import { genericAt, instructionsOf, Monitoring, monitoringBytes, Place, Reported } from '../code/monitoring.ts'
import { OP } from '../compile/opcodes.ts'
import type { Mutator } from '../objects/mutator.ts'
import { instrumentedOf } from './forms.ts'
import { beginningsOf } from './lines.ts'

/** They are not reported as instructions: RESUME must stay in sight, and END_FOR is passed over. */
const UNREPORTED: ReadonlySet<number> = new Set([OP.RESUME, OP.END_FOR])

/**
 * The monitoring data of a code object, made if there is none. The caller holds its lock, or is in a pause.
 * @throws OutOfMemory
 */
export function monitoringOf(m: Mutator, code: Address): Monitoring {
  const { memory } = m
  if (memory.get(code + MONITORING) === NULL) {
    const address = m.allocate(monitoringBytes(unitCountOf(memory, code)), Monitoring.name)
    if (address === NULL) throw new OutOfMemory('no memory for what tools ask for of code')
    describe(memory, code, address)
    memory.set(code + MONITORING, address)
  }
  return Monitoring.at(memory.get(code + MONITORING))
}

function describe(memory: Memory, code: Address, monitoring: Address): void {
  const first = firstReported(memory, code)
  const beginnings = beginningsOf(memory, code, first)
  for (const offset of instructionsOf(memory, code)) {
    const place = monitoring + Monitoring.offset.places + offset * Place.size
    const generic = genericAt(memory, code, offset)
    memory.set(place + Place.offset.generic, generic)
    if (offset < first) continue
    memory.set(
      place + Place.offset.kinds,
      (instrumentedOf(generic) === undefined ? 0 : Reported.EVENT) |
        (beginnings.has(offset) ? Reported.LINE : 0) |
        (UNREPORTED.has(generic) ? 0 : Reported.INSTRUCTION),
    )
  }
}

/** Nothing is reported before the first RESUME: the code may not be up to date yet. */
function firstReported(memory: Memory, code: Address): number {
  for (const offset of instructionsOf(memory, code)) if (genericAt(memory, code, offset) === OP.RESUME) return offset
  return unitCountOf(memory, code)
}
