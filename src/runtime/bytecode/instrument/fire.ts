/**
 * Reporting events: what instrumented instructions do before what stands under them.
 *
 * Every tool that asked for an event is told of it, the one with the highest number first. Its
 * answer may be that it has had enough of the event from this place. Then the instruction is changed back in all
 * copies, at once and without a pause, under the lock of the code: whichever thread said so, nobody
 * reports it any more until tools are restarted.
 *
 * What a callback runs reports nothing, so that no tool watches itself.
 *
 * @see CPython Python/instrumentation.c, call_instrumentation_vector and the functions around it
 */
import { type Address, CELL } from '../../memory/memory.ts'
import { copyAt } from '../code/copy-array.ts'
import { Event, FIRST_OF_CALLS, LOCAL_EVENTS } from '../code/events.ts'
import { INDEX } from '../code/frame.ts'
import { withCodeLocked } from '../code/lock.ts'
import { genericAt, placeOf, Reported } from '../code/monitoring.ts'
import { codeOf, lineOf } from '../code/places.ts'
import { OP } from '../compile/opcodes.ts'
import { raise } from '../objects/raise.ts'
import { pause } from '../specialize/counter.ts'
import { hasCounter } from './forms.ts'
import { setTools, toolsAt, underneath } from './place.ts'
import { callbackAt } from './tools.ts'
import type { Details, Watched } from './watched.ts'

/** Where something happens. */
interface Site {
  readonly code: Address
  /** In units from the beginning of any copy. */
  readonly offset: number
  /** The instruction, in the copy that the frame runs. */
  readonly at: Address
}

const NAMES = new Map<number, string>([
  [Event.RAISE, 'RAISE'],
  [Event.HANDLED, 'EXCEPTION_HANDLED'],
  [Event.UNWIND, 'PY_UNWIND'],
  [Event.THROW, 'PY_THROW'],
  [Event.RERAISE, 'RERAISE'],
  [Event.C_RETURN, 'C_RETURN'],
  [Event.C_RAISE, 'C_RAISE'],
])

const NOTHING: Details = {}

/** Whether any tool asks for an event of exceptions. */
export const isAsked = ({ memory, shared }: Watched, event: Event): boolean => memory.get(shared.tools.everywhere + event * CELL) !== 0

/**
 * Reports an event, unless the thread is in a callback.
 *
 * Of exceptions it may be called always. All other events are reported from the instructions that are there for them.
 * @param at the instruction that it is about, in the copy that the frame runs.
 * @throws what callbacks raise, and ValueError if one has had enough of what cannot be given up at one place
 */
export function fire(m: Watched, frame: Address, event: Event, at: Address, details: Details = NOTHING): void {
  if (isInCallback(m)) return
  if (isGlobal(event) && !isAsked(m, event)) return
  const site = siteOf(m, frame, at)
  report(m, site, event, toolsFor(m, site, event), details)
}

/**
 * Reports a line, if it is another than that of the instruction before.
 * @param at the instruction, in the copy that the frame runs.
 * @param previous what the frame executed before.
 * @returns the opcode to go on with; its counter cannot fire now.
 * @throws what callbacks raise
 */
export function fireLine(m: Watched, frame: Address, at: Address, previous: Address): number {
  const { memory } = m
  const site = siteOf(m, frame, at)
  const place = reportingPlace(m, site)
  if (!isInCallback(m) && isReached(m, site, siteOf(m, frame, previous).offset)) {
    report(m, site, Event.LINE, toolsAt(memory, place, Reported.LINE), NOTHING)
  }
  return goOn(m, site, place, Reported.LINE)
}

/** Reports an instruction. Parameter and result are as for `fireLine`. */
export function fireInstruction(m: Watched, frame: Address, at: Address): number {
  const { memory } = m
  const site = siteOf(m, frame, at)
  const place = reportingPlace(m, site)
  if (!isInCallback(m)) report(m, site, Event.INSTRUCTION, toolsAt(memory, place, Reported.INSTRUCTION), NOTHING)
  return goOn(m, site, place, Reported.INSTRUCTION)
}

const isInCallback = ({ memory, own }: Watched): boolean => memory.get(own.callbacks) !== 0

const isGlobal = (event: Event): boolean => event >= LOCAL_EVENTS && event < FIRST_OF_CALLS

function siteOf({ memory }: Watched, frame: Address, at: Address): Site {
  const code = codeOf(memory, frame)
  return { code, offset: (at - copyAt(memory, code, memory.get(frame + INDEX))) / CELL, at }
}

/** What is kept of an instruction that reports. */
function reportingPlace({ memory }: Watched, { code, offset, at }: Site): Address {
  // Acquire, of the instruction: what is kept was written before it was put there. The frame may have begun when none was, as in a callback.
  memory.loadAcquire(at)
  return placeOf(memory, code, offset)
}

function toolsFor(m: Watched, site: Site, event: Event): number {
  const { memory, shared } = m
  if (isGlobal(event)) return memory.get(shared.tools.everywhere + event * CELL)
  // How a call ends is told to whom the call was told to.
  return toolsAt(memory, reportingPlace(m, site), Reported.EVENT)
}

/** The beginning of a function reaches its line, also if the instruction before, which began it, belongs to the same. */
function isReached({ memory }: Watched, { code, offset }: Site, previous: number): boolean {
  return lineOf(memory, code, offset) !== lineOf(memory, code, previous) || genericAt(memory, code, previous) === OP.RESUME
}

function goOn({ memory }: Watched, site: Site, place: Address, kind: typeof Reported.LINE | typeof Reported.INSTRUCTION): number {
  // Were the instruction specialized now, that would be written over what reports.
  if (hasCounter(genericAt(memory, site.code, site.offset))) pause(memory, site.at)
  return underneath(memory, place, kind)
}

function report(m: Watched, site: Site, event: Event, tools: number, details: Details): void {
  for (let left = tools; left !== 0; ) {
    const tool = 31 - Math.clz32(left)
    left &= ~(1 << tool)
    if (tell(m, site, event, tool, details)) giveUp(m, site, event, tool)
  }
}

function tell(m: Watched, { code, offset }: Site, event: Event, tool: number, details: Details): boolean {
  const { memory, shared, own } = m
  // A tool that is being given back has no callback any more.
  const callback = memory.load(callbackAt(shared.tools, tool, event))
  if (callback === 0) return false
  memory.set(own.callbacks, 1)
  try {
    return m.tell(callback, { ...details, tool, event, code, offset, line: lineOf(memory, code, offset) })
  } finally {
    memory.set(own.callbacks, 0)
  }
}

function giveUp(m: Watched, { code, offset }: Site, event: Event, tool: number): void {
  const { memory, shared } = m
  if (event >= LOCAL_EVENTS) {
    // Else the callback would be called, and refuse, for ever.
    memory.store(callbackAt(shared.tools, tool, event), 0)
    raise(m, 'ValueError', `Cannot disable ${NAMES.get(event)} events. Callback removed.`)
  }
  const kind = event === Event.LINE ? Reported.LINE : event === Event.INSTRUCTION ? Reported.INSTRUCTION : Reported.EVENT
  withCodeLocked(m, code, () => {
    setTools(memory, code, offset, kind, toolsAt(memory, placeOf(memory, code, offset), kind) & ~(1 << tool))
  })
}
