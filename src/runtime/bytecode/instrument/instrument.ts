/**
 * Bringing a code object up to date with what tools ask for.
 *
 * Most code is not running when a tool asks for something, so it is not touched then. It is brought up
 * to date by the first thread that begins to run it, at RESUME. Others that come at the same
 * time wait for the lock of the code object, and find that nothing is left to do. What is running
 * is brought up to date at once, in a pause, because no RESUME may come for a long time.
 *
 * @see CPython Python/instrumentation.c, force_instrument_lock_held
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { MONITORING, mainCopy, VERSION } from '../code/code-object.ts'
import { Event, LOCAL_EVENTS, TOOLS } from '../code/events.ts'
import { framesFrom } from '../code/frame.ts'
import { withCodeLocked } from '../code/lock.ts'
import { genericAt, instructionsOf, type Monitoring, Place, placeOf, Reported } from '../code/monitoring.ts'
import { codeOf } from '../code/places.ts'
import { argumentOf } from '../compile/opcodes.ts'
import type { Mutator } from '../objects/mutator.ts'
import { eventOf } from './forms.ts'
import { monitoringOf } from './monitoring.ts'
import { KINDS, setTools, toolsAt } from './place.ts'
import { isUpToDate, isYounger, versionOf } from './versions.ts'

const ALL_TOOLS = 2 ** TOOLS - 1

/** By local event: tools, one bit each. */
type ByEvent = readonly number[]
const byEvent = (tools: (event: number) => number): ByEvent => Array.from({ length: LOCAL_EVENTS }, (_, event) => tools(event))

/**
 * Brings code up to date, for a thread that begins to run it and is in no callback: what callbacks run is not reported.
 * @returns whether it had to be: the instruction that asks must be fetched again.
 * @throws OutOfMemory
 */
export function bringUpToDate(m: Mutator, code: Address): boolean {
  if (m.memory.get(m.own.callbacks) !== 0 || isUpToDate(m, code)) return false
  withCodeLocked(m, code, () => updateIfOutdated(m, code))
  return true
}

/** Brings up to date whatever any thread runs, in a pause of the caller's. @throws OutOfMemory */
export function updateRunning(m: Mutator): void {
  const { memory } = m
  for (const { own } of m.threads()) {
    for (const frame of framesFrom(memory, memory.get(own.frame))) updateIfOutdated(m, codeOf(memory, frame))
  }
}

/**
 * Makes a code object's copies what tools ask for now. The caller holds its lock, or is in a pause.
 * @param ask changes what is asked for here, if that is why it is updated.
 * @throws OutOfMemory
 */
export function update(m: Mutator, code: Address, ask?: (monitoring: Monitoring) => void): void {
  const { memory } = m
  const { everywhere } = m.shared.tools
  const asked = byEvent((event) => memory.get(everywhere + event * CELL))
  // Where nobody ever asked for anything nothing is kept.
  if (ask || memory.get(code + MONITORING) !== NULL || asked.some((tools) => tools !== 0)) updateMonitored(m, code, asked, ask)
  // Release: whoever finds the code up to date sees everything that was done to make it so.
  memory.storeRelease(code + VERSION, versionOf(m))
}

function updateIfOutdated(m: Mutator, code: Address): void {
  if (!isUpToDate(m, code)) update(m, code)
}

function updateMonitored(m: Mutator, code: Address, everywhere: ByEvent, ask?: (monitoring: Monitoring) => void): void {
  const { memory } = m
  const monitoring = monitoringOf(m, code)
  const cleared = forgetCleared(m, monitoring)
  ask?.(monitoring)
  const active = byEvent((event) => memory.get(monitoring.active + event * CELL))
  const wanted = byEvent((event) => (everywhere[event] as number) | memory.get(monitoring.here + event * CELL))
  // What a tool has had enough of is remembered at the places, so these tools begin again everywhere.
  const again = isRestarted(m, code) ? ALL_TOOLS : cleared
  const kept = byEvent((event) => (active[event] as number) & (wanted[event] as number) & ~again)
  const unchanged = kept.every((tools, event) => tools === active[event] && tools === wanted[event])
  if (unchanged) return
  const ended = byEvent((event) => (active[event] as number) & ~(kept[event] as number))
  const begun = byEvent((event) => (wanted[event] as number) & ~(kept[event] as number))
  for (const offset of instructionsOf(memory, code)) changeTools(memory, code, offset, ended, begun)
  for (let event = 0; event < LOCAL_EVENTS; event++) memory.set(monitoring.active + event * CELL, wanted[event] as number)
}

function isRestarted({ memory, shared }: Mutator, code: Address): boolean {
  return isYounger(memory.get(shared.tools.restart), memory.get(code + VERSION))
}

function changeTools(memory: Memory, code: Address, offset: number, ended: ByEvent, begun: ByEvent): void {
  const place = placeOf(memory, code, offset)
  const kinds = memory.get(place + Place.offset.kinds)
  for (const kind of KINDS) {
    if ((kinds & kind) === 0) continue
    const event = reportedAt(memory, code, offset, kind)
    setTools(memory, code, offset, kind, toolsAt(memory, place, kind) & ~(ended[event] as number))
    setTools(memory, code, offset, kind, toolsAt(memory, place, kind) | (begun[event] as number))
  }
}

function reportedAt(memory: Memory, code: Address, offset: number, kind: Reported): Event {
  if (kind === Reported.LINE) return Event.LINE
  if (kind === Reported.INSTRUCTION) return Event.INSTRUCTION
  const argument = argumentOf(memory.loadRelaxed(mainCopy(code) + offset * CELL))
  return eventOf(genericAt(memory, code, offset), argument) as Event
}

/** Forgets what tools asked for of this code before they were given back. @returns these tools, one bit each. */
function forgetCleared({ memory, shared }: Mutator, monitoring: Monitoring): number {
  let forgotten = 0
  for (let tool = 0; tool < TOOLS; tool++) {
    const cleared = memory.get(shared.tools.cleared + tool * CELL)
    if (memory.get(monitoring.cleared + tool * CELL) === cleared) continue
    memory.set(monitoring.cleared + tool * CELL, cleared)
    forgotten |= 1 << tool
  }
  for (let event = 0; event < LOCAL_EVENTS; event++) {
    const here = monitoring.here + event * CELL
    memory.set(here, memory.get(here) & ~forgotten)
  }
  return forgotten
}
