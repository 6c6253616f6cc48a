/**
 * What a trace means: events in the words of the protocol, and named changes for the drawings.
 *
 * The runtime says nothing about what it does. Everything here is read off what it did to shared
 * memory.
 */
import type { Change, Event } from '../../protocol/messages.ts'
import type { Request } from '../../protocol/operations.ts'
import { REFUSALS } from '../../runtime/memory/arena.ts'
import { type Address, NULL } from '../../runtime/memory/memory.ts'
import { countOf, flagsOf, IMMORTAL, MERGED, QUEUED } from '../../runtime/refcount/object-header.ts'
import { MERGE } from '../../runtime/thread/requests.ts'
import { SUSPENDED } from '../../runtime/thread/thread-state.ts'
import { isSequence, type Location, locate } from './locate.ts'
import type { Process } from './process.ts'
import { namesIn } from './requests.ts'
import type { NotedEvent, Trace } from './trace.ts'

/** Who did it, where, and who sits where. */
export interface Circumstances {
  readonly actor: string
  readonly process: Process
  actorAt(seat: number): string
}

/** @param changes where the changes go, if anybody wants them. */
export function interpret(trace: readonly Trace[], circumstances: Circumstances, changes?: Change[]): Event[] {
  const events: Event[] = []
  const namings = trace.some(({ did }) => did === 'name')
  for (const [index, entry] of trace.entries()) {
    if (entry.did === 'name') circumstances.process.give(entry.key, entry.at)
    // Memory belongs to its new name from the moment it is handed out, and no earlier: it may be used again.
    if (namings && entry.did === 'expect' && entry.access === 'live') giveEarly(trace, index, entry.at, circumstances.process)
    const event = eventOf(entry, circumstances, changes)
    // One scan reads many slots, and is one event.
    if (event && !(event.event === 'scanned' && events.at(-1)?.event === 'scanned')) events.push(event)
  }
  return events
}

function giveEarly(trace: readonly Trace[], index: number, at: Address, process: Process): void {
  for (let next = index; next < trace.length; next++) {
    const later = trace[next] as Trace
    if (later.did === 'expect' && later.at === at && later.access !== 'live') return
    if (later.did !== 'name' || later.at !== at) continue
    process.give(later.key, at)
    return
  }
}

function eventOf(entry: Trace, circumstances: Circumstances, changes: Change[] | undefined): Event | undefined {
  const { actor, process } = circumstances
  switch (entry.did) {
    case 'write': {
      if (entry.at === REFUSALS) return { actor, event: 'refused' }
      const location = locate(process, entry.at)
      if (!location || entry.from === entry.to) return undefined
      const shown = changes && SHOWN[location.field]
      if (shown) {
        const at = [location.name, shown.label].filter(Boolean).join(' ')
        changes.push({ actor, at, from: shown.value(entry.from, process), to: shown.value(entry.to, process) })
      }
      return written(location, entry.from, entry.to, circumstances)
    }
    case 'read':
      return isSequence(process, entry.at) ? { actor, event: 'scanned' } : undefined
    case 'expect':
      return expected(entry, circumstances)
    case 'sleep':
      return { actor, event: 'parked' }
    case 'wake':
      return { actor, event: 'woken', thread: circumstances.actorAt(entry.seat) }
    case 'event':
      return noted(entry.event, circumstances)
    case 'name':
      return undefined
  }
}

function written({ field, name, record }: Location, from: number, to: number, { actor, process }: Circumstances): Event | undefined {
  const thread = name ?? undefined
  switch (field) {
    case 'object shared':
      return flagged(name as string, from, to, actor, process.nameAt('actor', process.memory.get(record)))
    case 'object local':
      return to === IMMORTAL ? { actor, event: 'immortalized', object: name as string } : undefined
    case 'thread base.state':
      return to === SUSPENDED ? { actor, event: 'suspended', ...optional({ thread }) } : undefined
    case 'thread base.requests':
      return (from & MERGE) !== 0 && (to & MERGE) === 0 ? { actor, event: 'drained', ...optional({ thread }) } : undefined
    case 'thread mergeQueue.identity':
      return { actor, event: to === NULL ? 'unregistered' : 'registered', ...optional({ thread }) }
    case 'interpreter qsbr.writeSequence':
      return { actor, event: 'advanced' }
    case 'interpreter qsbr.slots':
      process.located.clear()
      return from !== NULL && to !== NULL ? { actor, event: 'grown' } : undefined
    case 'interpreter abandonedFrees.queue.tail':
      return to !== NULL ? { actor, event: 'abandoned' } : undefined
    case 'interpreter pause.requested':
      return to !== 0 ? { actor, event: 'stopping', scope: 'interpreter' } : undefined
    case 'interpreter pause.stopped':
      return { actor, event: to === 0 ? 'started' : 'stopped', scope: 'interpreter' }
    case 'runtime pauseOfAll.requested':
      return to !== 0 ? { actor, event: 'stopping', scope: 'all' } : undefined
    case 'runtime pauseOfAll.stopped':
      return { actor, event: to === 0 ? 'started' : 'stopped', scope: 'all' }
    case 'actor waiter.handedOff':
      return to !== 0 ? { actor, event: 'handed-off', ...optional({ thread }) } : undefined
    default:
      return undefined
  }
}

function flagged(object: string, from: number, to: number, actor: string, owner: string | null): Event | undefined {
  if (flagsOf(from) === flagsOf(to)) return undefined
  if (flagsOf(to) === QUEUED) return { actor, event: 'queued', object, ...optional({ thread: owner ?? undefined }) }
  if (flagsOf(to) === MERGED) return { actor, event: 'merged', object }
  return undefined
}

function expected({ at, access }: Extract<Trace, { did: 'expect' }>, { actor, process }: Circumstances): Event | undefined {
  if (access === 'live') return process.runtime.arena.nameAt(at) === 'chunk' ? { actor, event: 'chunk-opened' } : undefined
  const object = process.nameAt('object', at)
  const block = process.nameAt('block', at)
  if (object !== null && !process.freed.has(`object ${object}`)) {
    process.freed.add(`object ${object}`)
    return { actor, event: 'freed', object }
  }
  if (block !== null && !process.freed.has(`block ${block}`)) {
    process.freed.add(`block ${block}`)
    return { actor, event: 'freed', block }
  }
  return process.runtime.arena.nameAt(at) === 'chunk' ? { actor, event: 'chunk-freed' } : undefined
}

function noted({ event, address, request }: NotedEvent, { actor, process }: Circumstances): Event {
  const object = event === 'finalized' ? (process.nameAt('object', address as Address) ?? undefined) : undefined
  if (object !== undefined) process.finalizations.set(object, (process.finalizations.get(object) ?? 0) + 1)
  const block = event === 'retired' ? (process.nameAt('block', address as Address) ?? undefined) : undefined
  return { actor, event, ...optional({ object, block, request: request as Request | undefined }) }
}

const optional = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that the drawings show, and how a value reads. */
const SHOWN: Readonly<Record<string, { label: string; value(cell: number, process: Process): string }>> = {
  'object owner': { label: 'owner', value: (cell, process) => (cell === NULL ? 'nobody' : (process.nameAt('actor', cell) ?? 'somebody')) },
  'object local': { label: 'local', value: (cell) => (cell === IMMORTAL ? 'immortal' : String(cell >>> 0)) },
  'object shared': {
    label: 'shared',
    value: (cell) => [countOf(cell), ['', 'maybe weakref', 'queued', 'merged'][flagsOf(cell)]].join(' ').trim(),
  },
  'thread base.state': { label: 'state', value: (cell) => ['detached', 'attached', 'suspended'][cell] as string },
  'thread base.requests': { label: 'requests', value: (cell) => namesIn(cell).join(', ') || 'none' },
  'sequence sequence': { label: 'sequence', value: unsigned },
  'interpreter qsbr.writeSequence': { label: 'write sequence', value: unsigned },
  'interpreter qsbr.readSequence': { label: 'read sequence', value: unsigned },
  'interpreter pause.countdown': { label: 'still missing', value: String },
  'interpreter pause.stopped': { label: 'stopped', value: (cell) => (cell === 0 ? 'no' : 'yes') },
  'runtime pauseOfAll.countdown': { label: 'all: still missing', value: String },
  'runtime pauseOfAll.stopped': { label: 'all: stopped', value: (cell) => (cell === 0 ? 'no' : 'yes') },
  mutex: { label: '', value: (cell) => ['free', 'locked', 'free, somebody waits', 'locked, somebody waits'][cell] as string },
  event: { label: '', value: (cell) => ['not set', 'set', 'awaited'][cell] as string },
  cell: { label: '', value: String },
  'slot value': { label: 'holds', value: (cell, process) => process.nameAt('object', cell) ?? process.nameAt('block', cell) ?? 'nothing' },
}

function unsigned(cell: number): string {
  return String(cell >>> 0)
}
