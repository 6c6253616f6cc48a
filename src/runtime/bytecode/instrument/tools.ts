/**
 * Tools: who watches programs run, what they ask for, and what is called then.
 *
 * What is asked for changes in a pause of the interpreter, so that no thread runs code which reports
 * one half of the old and one of the new. Changing a callback needs no pause.
 *
 * @see CPython Python/instrumentation.c, the functions of sys.monitoring
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { EVENTS, Event, FIRST_OF_CALLS, LOCAL_EVENTS } from '../code/events.ts'
import type { Tools } from '../code/tools.ts'
import type { Mutator } from '../objects/mutator.ts'
import { update, updateRunning } from './instrument.ts'
import { STEP, setVersion, versionAfter } from './versions.ts'

/** Tools from here on are not for everybody: what profiles and what traces. */
const FIRST_RESERVED = 6

const OF_CALLS = (1 << Event.C_RETURN) | (1 << Event.C_RAISE)
/** Who is told how calls end is told of both ends, and of the calls. */
const CALLS = OF_CALLS | (1 << Event.CALL)

/** The caller asks for what tools cannot do. */
export class ToolMisuse extends Error {
  override readonly name = 'ToolMisuse'
}

/** A set of events, one bit each. */
export const eventSet = (events: Iterable<Event>): number => [...events].reduce((set: number, event) => set | (1 << event), 0)

/** Takes a tool into use. @throws ToolMisuse */
export function useTool({ memory, shared }: Mutator, tool: number): void {
  mustExist(tool)
  if ((memory.or(shared.tools.used, 1 << tool) & (1 << tool)) !== 0) throw new ToolMisuse(`tool ${tool} is already in use`)
}

/**
 * Ends everything that a tool asked for, and gives it back.
 * @throws ToolMisuse
 * @throws OutOfVersions and OutOfMemory
 */
export function freeTool(m: Mutator, tool: number): void {
  clearTool(m, tool)
  m.memory.and(m.shared.tools.used, ~(1 << tool))
}

/** Ends everything that a tool asked for, everywhere and in single code objects, and forgets its callbacks. @throws as `freeTool` */
export function clearTool(m: Mutator, tool: number): void {
  const { memory, shared } = m
  const { tools } = shared
  mustExist(tool)
  if (!isUsed(m, tool)) return
  m.whileStopped(() => {
    const version = versionAfter(memory, tools, 1)
    for (let event = 0; event < EVENTS; event++) memory.store(callbackAt(tools, tool, event), 0)
    ask(memory, tools.everywhere, FIRST_OF_CALLS, tool, 0)
    // What it asked for of single code objects is void from this version on.
    memory.set(tools.cleared + tool * CELL, version)
    setVersion(m, version)
    updateRunning(m)
  })
}

/**
 * Says what is called when a tool is told of an event.
 * @param callback in the embedder's terms; zero for nothing.
 * @returns what was called before.
 * @throws ToolMisuse
 */
export function registerCallback({ memory, shared }: Mutator, tool: number, event: Event, callback: number): number {
  mustExist(tool)
  return memory.exchange(callbackAt(shared.tools, tool, event), callback)
}

/**
 * Says which events a tool is told of wherever they happen.
 * @param events see `eventSet`. Those of what is not Python code come with calls, and only with them.
 * @throws as `freeTool`
 */
export function setEvents(m: Mutator, tool: number, events: number): void {
  const { memory, shared } = m
  const { tools } = shared
  const asked = withCalls(events)
  mustBeUsed(m, tool)
  m.whileStopped(() => {
    if (askedBy(memory, tools.everywhere, tool) === asked) return
    const version = versionAfter(memory, tools, 1)
    ask(memory, tools.everywhere, FIRST_OF_CALLS, tool, asked)
    setVersion(m, version)
    updateRunning(m)
  })
}

/**
 * Says which local events a tool is told of in one code object, besides those that it is told of everywhere.
 * Other code is none the wiser, so the version stays.
 * @throws as `freeTool`
 */
export function setLocalEvents(m: Mutator, code: Address, tool: number, events: number): void {
  const { memory } = m
  const asked = withCalls(events)
  if (asked >= 1 << LOCAL_EVENTS) throw new ToolMisuse(`invalid local event set 0x${events.toString(16)}`)
  mustBeUsed(m, tool)
  m.whileStopped(() => update(m, code, ({ here }) => ask(memory, here, LOCAL_EVENTS, tool, asked)))
}

/**
 * Tells all tools again of what they have had enough of somewhere.
 * @throws OutOfVersions and OutOfMemory
 */
export function restart(m: Mutator): void {
  const { memory, shared } = m
  const { tools } = shared
  m.whileStopped(() => {
    // Two versions: the first is younger than all code, and older than code is once it has been brought up to date.
    const version = versionAfter(memory, tools, 2)
    memory.set(tools.restart, version - STEP)
    setVersion(m, version)
    updateRunning(m)
  })
}

/** Where the callback of a tool for an event stands. */
export const callbackAt = (tools: Tools, tool: number, event: number): Address => tools.callbacks + (tool * EVENTS + event) * CELL

function ask(memory: Memory, table: Address, events: number, tool: number, asked: number): void {
  for (let event = 0; event < events; event++) {
    const tools = memory.get(table + event * CELL) & ~(1 << tool)
    memory.set(table + event * CELL, (asked & (1 << event)) === 0 ? tools : tools | (1 << tool))
  }
}

function askedBy(memory: Memory, table: Address, tool: number): number {
  let asked = 0
  for (let event = 0; event < FIRST_OF_CALLS; event++) if ((memory.get(table + event * CELL) & (1 << tool)) !== 0) asked |= 1 << event
  return asked
}

/** The events that are asked for by themselves, of a set that may hold those that come with calls. */
function withCalls(events: number): number {
  if ((events & OF_CALLS) !== 0 && (events & CALLS) !== CALLS) throw new ToolMisuse('cannot set C_RETURN or C_RAISE events independently')
  return events & ~OF_CALLS
}

function mustExist(tool: number): void {
  if (tool < 0 || tool >= FIRST_RESERVED) throw new ToolMisuse(`invalid tool ${tool} (must be between 0 and 5)`)
}

function mustBeUsed(m: Mutator, tool: number): void {
  mustExist(tool)
  if (!isUsed(m, tool)) throw new ToolMisuse(`tool ${tool} is not in use`)
}

const isUsed = ({ memory, shared }: Mutator, tool: number): boolean => (memory.load(shared.tools.used) & (1 << tool)) !== 0
