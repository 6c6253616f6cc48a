/**
 * What the runtime looks like: reads its records, from the host, and changes nothing.
 */
import type { Query, State, StateOf } from '../../protocol/states.ts'
import { InterpreterRecord, ThreadRecord } from '../../runtime/interpreter/records.ts'
import { Thread } from '../../runtime/interpreter/thread.ts'
import { type Address, NULL } from '../../runtime/memory/memory.ts'
import { chunksOf, items } from '../../runtime/reclaim/free-queue.ts'
import { QsbrSlot } from '../../runtime/reclaim/qsbr.ts'
import { countFree, numberOf } from '../../runtime/reclaim/qsbr-slots.ts'
import { queued } from '../../runtime/refcount/merge-queue.ts'
import { countOf, flagsOf, isImmortal, ObjectHeader, references } from '../../runtime/refcount/object-header.ts'
import { LOCKED, PARKED } from '../../runtime/sync/mutex.ts'
import { waiting } from '../../runtime/sync/parking-lot.ts'
import { each, OsThread, ThreadState } from '../../runtime/thread/thread-state.ts'
import { type Kind, UnknownName } from './actor.ts'
import type { NamedMemory } from './named-memory.ts'
import { observeCode } from './observe-code.ts'
import { digits } from './operations/sequences.ts'
import { namesIn } from './requests.ts'
import { SILENT } from './silent.ts'

/** What only the host knows of an actor. */
export interface Seen {
  readonly parked: StateOf<'thread'>['parked']
}

export function observe(named: NamedMemory, query: Query, seen: (actor: string) => Seen): State {
  switch (query.of) {
    case 'object':
      return objectState(named, query.object)
    case 'thread':
      return threadState(named, query.thread, seen(query.thread))
    case 'interpreter':
      return interpreterState(named, query.interpreter ?? 'main')
    case 'mutex':
      return mutexState(named, query.mutex)
    case 'block':
      return blockState(named, query.block)
    case 'allocators':
      return { of: 'allocators', ...named.runtime.inUse() }
    default:
      return observeCode(named, query, () => onlookerIn(named))
  }
}

function addressOf(named: NamedMemory, kind: Kind, name: string): Address {
  const address = named.address(kind, name)
  if (address === undefined) throw new UnknownName(`there is no ${kind} named "${name}"`)
  return address
}

function objectState(named: NamedMemory, name: string): StateOf<'object'> {
  const { memory } = named
  const address = addressOf(named, 'object', name)
  const shared = memory.get(address + ObjectHeader.offset.shared)
  // The memory of a freed object may be another's by now.
  if (!isLive(named, 'object', name)) {
    const gone = { owner: null, local: '0', shared: '0', references: '0', state: 'none', immortal: false, queuedFor: null } as const
    return { of: 'object', alive: false, ...gone, finalizations: named.finalizations.get(name) ?? 0 }
  }
  const immortal = isImmortal(memory, address)
  return {
    of: 'object',
    alive: true,
    owner: named.nameAt('actor', memory.get(address + ObjectHeader.offset.owner)),
    local: String(memory.get(address + ObjectHeader.offset.local) >>> 0),
    shared: String(countOf(shared)),
    references: String(references(memory, address)),
    state: (['none', 'maybe-weakref', 'queued', 'merged'] as const)[flagsOf(shared)] as StateOf<'object'>['state'],
    immortal,
    queuedFor: queueHolding(named, address),
    finalizations: named.finalizations.get(name) ?? 0,
  }
}

/** Whether the block that the name was given to is in use still, and by what was named. */
export function isLive(named: NamedMemory, kind: 'object' | 'block', name: string): boolean {
  return !named.freed.has(`${kind} ${name}`)
}

function queueHolding(named: NamedMemory, object: Address): string | null {
  for (const [name, address] of named.all('thread')) {
    if (address === NULL) continue
    for (const other of queued(named.memory, ThreadRecord.at(address).mergeQueue)) if (other === object) return name
  }
  return null
}

const PUBLIC = Object.keys(ThreadState.fields)
const PRIVATE = Object.keys(ThreadRecord.fields).filter((field) => field !== 'base')

function threadState(named: NamedMemory, name: string, { parked }: Seen): StateOf<'thread'> {
  const { memory } = named
  addressOf(named, 'actor', name)
  const address = named.address('thread', name) ?? NULL
  const fields = { publicFields: PUBLIC, privateFields: PRIVATE, parked }
  if (address === NULL) {
    const none = {
      index: null,
      suppressed: 0,
      requests: [],
      queued: 0,
      registered: false,
      sequence: '0',
      slot: null,
      deferrals: 0,
      pending: 0,
      chunks: 0,
    }
    return { of: 'thread', state: 'absent', bound: false, interpreter: null, ...none, ...fields }
  }
  const record = ThreadRecord.at(address)
  const interpreter = InterpreterRecord.at(memory.get(record.base.interpreter))
  const slot = memory.get(record.slot)
  return {
    of: 'thread',
    state: (['detached', 'attached', 'suspended'] as const)[memory.get(record.base.state)] as 'detached' | 'attached' | 'suspended',
    bound: memory.get(record.base.osThread) !== NULL,
    interpreter: named.nameAt('interpreter', interpreter.address),
    requests: namesIn(memory.get(record.base.requests)),
    queued: [...queued(memory, record.mergeQueue)].length,
    registered: memory.get(record.mergeQueue.identity) !== NULL,
    sequence: slot === NULL ? '0' : digits(memory.get(slot + QsbrSlot.offset.sequence)),
    slot: slot === NULL ? null : numberOf(memory, interpreter.qsbr, slot),
    deferrals: slot === NULL ? 0 : memory.get(slot + QsbrSlot.offset.deferrals),
    pending: [...items(memory, record.freeQueue)].length,
    chunks: [...chunksOf(memory, record.freeQueue)].length,
    index: memory.get(interpreter.code.freeThreaded) === 0 ? null : memory.get(record.code.index),
    suppressed: memory.get(record.code.suppressed),
    ...fields,
  }
}

function interpreterState(named: NamedMemory, name: string): StateOf<'interpreter'> {
  const { memory } = named
  const address = addressOf(named, 'interpreter', name)
  const { threads, qsbr, abandonedFrees, finalizing, pause } = InterpreterRecord.at(address)
  return {
    of: 'interpreter',
    threads: [...each(memory, threads)].map((thread) => named.nameAt('thread', thread.address) ?? 'somebody'),
    writeSequence: digits(memory.get(qsbr.writeSequence)),
    readSequence: digits(memory.get(qsbr.readSequence)),
    slots: memory.get(qsbr.size),
    freeSlots: countFree(memory, qsbr),
    pending: [...items(memory, abandonedFrees.queue)].length,
    chunks: [...chunksOf(memory, abandonedFrees.queue)].length,
    hasWork: memory.get(abandonedFrees.hasWork) !== 0,
    finalizing: memory.get(finalizing) !== 0,
    stopped: memory.get(pause.stopped) !== 0,
    countdown: memory.get(pause.countdown),
    requester: named.nameAt('thread', memory.get(pause.requester)),
  }
}

function mutexState(named: NamedMemory, name: string): StateOf<'mutex'> {
  const { memory, runtime } = named
  const address = addressOf(named, 'mutex', name)
  const word = memory.get(address)
  return {
    of: 'mutex',
    locked: (word & LOCKED) !== 0,
    parked: (word & PARKED) !== 0,
    waiting: [...waiting(memory, runtime.record.parkingLot, address)].map((waiter) => named.nameAt('actor', waiter) ?? 'somebody'),
  }
}

function blockState(named: NamedMemory, name: string): StateOf<'block'> {
  const address = addressOf(named, 'block', name)
  const retired = [...retirements(named)].find((item) => item.address === address)
  const domain = named.domains.get(name) ?? 'memory'
  if (!isLive(named, 'block', name)) return { of: 'block', state: 'freed', domain, goal: null }
  return { of: 'block', state: retired ? 'retired' : 'allocated', domain, goal: retired ? digits(retired.goal) : null }
}

/** Any of the interpreter's threads, for whose eyes values are written as text. */
function onlookerIn(named: NamedMemory): Thread {
  const { runtime, memory } = named
  for (const [, address] of named.all('thread')) {
    if (address === NULL) continue
    const record = ThreadRecord.at(address)
    return new Thread(runtime, OsThread.at(memory.get(record.base.osThread)), record, SILENT)
  }
  throw new UnknownName('nobody is there for whom values could be written as text')
}

/** Everything that waits for a goal, in any queue. */
function* retirements({ memory, runtime }: NamedMemory) {
  for (const interpreter of runtime.interpreters()) {
    yield* items(memory, interpreter.abandonedFrees.queue)
    for (const thread of each(memory, interpreter.threads)) yield* items(memory, ThreadRecord.at(thread.address).freeQueue)
  }
}
