/**
 * What a value means in the field where it stands.
 */
import { type Address, NULL } from '../../runtime/memory/memory.ts'
import { countOf, flagsOf, IMMORTAL } from '../../runtime/refcount/object-header.ts'
import type { Kind } from './actor.ts'
import type { Location } from './locate.ts'
import type { NamedMemory } from './named-memory.ts'
import { namesIn } from './requests.ts'

type Reading = (cell: number, named: NamedMemory) => string

/** A value as people read it: a state by its name, an address by the name of what lies there. Else the number itself. */
export function valueText(named: NamedMemory, { field }: Location, cell: number): string {
  return READINGS[field]?.(cell, named) ?? String(cell)
}

const unsigned: Reading = (cell) => String(cell >>> 0)
const yesOrNo: Reading = (cell) => (cell === 0 ? 'no' : 'yes')
const oneOf =
  (...words: string[]): Reading =>
  (cell) =>
    words[cell] ?? String(cell)

/** @param nothing what NULL is called there. */
const nameOf =
  (nothing: string, ...kinds: Kind[]): Reading =>
  (cell: Address, named) =>
    cell === NULL ? nothing : (kinds.map((kind) => named.nameAt(kind, cell)).find((name) => name !== null) ?? `somebody at ${cell}`)

const MUTEX = oneOf('free', 'locked', 'free, somebody waits', 'locked, somebody waits')

const READINGS: Readonly<Record<string, Reading>> = {
  'object owner': nameOf('nobody', 'actor'),
  'object local': (cell) => (cell === IMMORTAL ? 'immortal' : String(cell >>> 0)),
  'object shared': (cell) => [countOf(cell), ['', 'maybe weakref', 'queued', 'merged'][flagsOf(cell)]].join(' ').trim(),
  'thread base.state': oneOf('detached', 'attached', 'suspended'),
  'thread base.requests': (cell) => namesIn(cell).join(', ') || 'none',
  'thread base.osThread': nameOf('nobody', 'actor'),
  'thread mergeQueue.identity': nameOf('nobody', 'actor'),
  'actor current': nameOf('none', 'thread'),
  'actor pause': yesOrNo,
  'sequence sequence': unsigned,
  'interpreter qsbr.writeSequence': unsigned,
  'interpreter qsbr.readSequence': unsigned,
  'interpreter qsbr.mutex': MUTEX,
  'interpreter abandonedFrees.mutex': MUTEX,
  'interpreter pause.mutex': MUTEX,
  'interpreter pause.requested': yesOrNo,
  'interpreter pause.stopped': yesOrNo,
  'interpreter pause.requester': nameOf('nobody', 'thread'),
  'runtime listLock': MUTEX,
  'runtime pauseOfAll.requested': yesOrNo,
  'runtime pauseOfAll.stopped': yesOrNo,
  mutex: MUTEX,
  'slot mutex': MUTEX,
  'slot value': nameOf('nothing', 'object', 'block'),
  event: oneOf('not set', 'set', 'awaited'),
}
