/**
 * What a trace means: events in the words of the protocol, and named changes for the drawings.
 *
 * The runtime says nothing about what it does. Everything here is read off what it did to shared
 * memory.
 */
import type { Change, Event } from '../../protocol/messages.ts'
import type { Request } from '../../protocol/vocabulary.ts'
import { arrayBytes, COPY, CopyArray, FIRST_SIZE } from '../../runtime/bytecode/code/copy-array.ts'
import { REFUSALS } from '../../runtime/memory/arena.ts'
import { type Address, NULL } from '../../runtime/memory/memory.ts'
import { FREE_CHUNK } from '../../runtime/reclaim/free-queue.ts'
import { flagsOf, IMMORTAL, MERGED, QUEUED } from '../../runtime/refcount/object-header.ts'
import { MERGE } from '../../runtime/thread/requests.ts'
import { SUSPENDED } from '../../runtime/thread/thread-state.ts'
import { isSequence, type Location, locate } from './locate.ts'
import type { Process } from './process.ts'

import type { NotedEvent, Trace } from './trace.ts'
import { valueText } from './values.ts'

/** Who did it, where, and who sits where. */
export interface Circumstances {
  readonly actor: string
  readonly process: Process
  actorAt(seat: number): string
}

/** @param changes where the changes go, if anybody wants them. */
export function interpret(trace: readonly Trace[], circumstances: Circumstances, changes?: Change[]): Event[] {
  const events: Event[] = []
  const names = namesWhenHandedOut(trace)
  for (const [index, entry] of trace.entries()) {
    if (entry.did === 'name') circumstances.process.give(entry.key, entry.at)
    // Memory belongs to its new name from the moment it is handed out, and no earlier: it may be used again.
    const name = names.get(index)
    if (name) circumstances.process.give(name.key, name.at)
    const event = eventOf(entry, circumstances, changes)
    // One scan reads many slots, and is one event.
    if (event && !(event.event === 'scanned' && events.at(-1)?.event === 'scanned')) events.push(event)
  }
  return events
}

/** The names of memory that is handed out in this trace and named only later, by the index of its handing out. */
function namesWhenHandedOut(trace: readonly Trace[]): ReadonlyMap<number, Naming> {
  const found = new Map<number, Naming>()
  const ahead = new Map<Address, Naming>()
  for (let index = trace.length - 1; index >= 0; index--) {
    const entry = trace[index] as Trace
    if (entry.did === 'name') ahead.set(entry.at, entry)
    if (entry.did !== 'expect') continue
    const name = ahead.get(entry.at)
    if (entry.access !== 'live') ahead.delete(entry.at)
    else if (name) found.set(index, name)
  }
  return found
}

type Naming = Extract<Trace, { did: 'name' }>

function eventOf(entry: Trace, circumstances: Circumstances, changes: Change[] | undefined): Event | undefined {
  const { actor, process } = circumstances
  switch (entry.did) {
    case 'write': {
      if (entry.at === REFUSALS) return { actor, event: 'refused' }
      const location = locate(process, entry.at)
      if (!location || entry.from === entry.to) return undefined
      const label = changes && LABELS[location.field]
      if (label !== undefined) {
        const at = [location.name, label].filter(Boolean).join(' ')
        const [from, to] = [valueText(process, location, entry.from), valueText(process, location, entry.to)]
        changes?.push({ actor, at, from, to })
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
  if (access === 'live') {
    process.renew(at)
    return handedOut(process, at, actor)
  }
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
  return process.runtime.arena.nameAt(at) === FREE_CHUNK ? { actor, event: 'chunk-freed' } : undefined
}

/** What it means that memory was handed out. */
function handedOut({ runtime: { arena } }: Process, at: Address, actor: string): Event | undefined {
  switch (arena.nameAt(at)) {
    case FREE_CHUNK:
      return { actor, event: 'chunk-opened' }
    case COPY:
      return { actor, event: 'copied' }
    case CopyArray.name:
      // Every code object begins with an array of the first size.
      return arena.sizeAt(at) >= arrayBytes(2 * FIRST_SIZE) ? { actor, event: 'copies-grown' } : undefined
    default:
      return undefined
  }
}

function noted({ event, address, request, ...told }: NotedEvent, { actor, process }: Circumstances): Event {
  const object = event === 'finalized' ? (process.nameAt('object', address as Address) ?? undefined) : undefined
  if (object !== undefined) process.finalizations.set(object, (process.finalizations.get(object) ?? 0) + 1)
  const block = event === 'retired' ? (process.nameAt('block', address as Address) ?? undefined) : undefined
  return { actor, event, ...optional({ object, block, request: request as Request | undefined, ...told }) }
}

const optional = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: Exclude<T[K], undefined> }

/** What the fields are called that the drawings show. */
const LABELS: Readonly<Record<string, string>> = {
  'object owner': 'owner',
  'object local': 'local',
  'object shared': 'shared',
  'thread base.state': 'state',
  'thread base.requests': 'requests',
  'sequence sequence': 'sequence',
  'interpreter qsbr.writeSequence': 'write sequence',
  'interpreter qsbr.readSequence': 'read sequence',
  'interpreter pause.countdown': 'still missing',
  'interpreter pause.stopped': 'stopped',
  'runtime pauseOfAll.countdown': 'all: still missing',
  'runtime pauseOfAll.stopped': 'all: stopped',
  mutex: '',
  event: '',
  cell: '',
  'slot value': 'holds',
}
