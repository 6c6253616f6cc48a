/**
 * Names for addresses: which field of whose record lies there.
 */
import { InterpreterRecord, RuntimeRecord, ThreadRecord } from '../../runtime/interpreter/records.ts'
import { type Address, CACHE_LINE, NULL } from '../../runtime/memory/memory.ts'
import type { Field } from '../../runtime/memory/record.ts'
import { QsbrSlot } from '../../runtime/reclaim/qsbr.ts'
import { ObjectHeader } from '../../runtime/refcount/object-header.ts'
import { Place } from '../../runtime/refcount/place.ts'
import { OsThread } from '../../runtime/thread/thread-state.ts'
import type { Kind } from './actor.ts'
import type { Stretch } from './located.ts'
import { CELL_KINDS, type NamedMemory } from './named-memory.ts'

/** A field: of what, named how, and its path in the record, as in "base.state". */
export interface Location {
  readonly of: Kind | 'runtime' | 'sequence'
  /** Null for what the scenario gave no name. */
  readonly name: string | null
  readonly path: string
  /** Of what and the path, as in "thread base.state". */
  readonly field: string
  /** Address of the record. */
  readonly record: Address
}

const RECORDS: readonly (readonly [Kind, Layout])[] = [
  ['thread', ThreadRecord],
  ['interpreter', InterpreterRecord],
  ['actor', OsThread],
  ['slot', Place],
]

interface Layout extends Field<unknown> {
  readonly fields: Readonly<Record<string, Field<unknown>>>
  readonly offset: Readonly<Record<string, number>>
}

/** @returns undefined for an address that no name leads to. */
export function locate(named: NamedMemory, at: Address): Location | undefined {
  return named.located.at(
    at,
    () => search(named, at),
    () => stretches(named),
  )
}

/** All that `search` could find. */
function* stretches(named: NamedMemory): Generator<Stretch> {
  const { runtime } = named
  yield [runtime.record.address, RuntimeRecord.size]
  for (const at of named.addresses) yield [at, ObjectHeader.size]
  for (const [of, layout] of RECORDS) for (const [, record] of named.all(of)) yield [record, layout.size]
  for (const [from, end] of slots(named)) yield [from, end - from]
}

function search(named: NamedMemory, at: Address): Location | undefined {
  const found = find(named, at)
  return found && { ...found, field: `${found.of} ${found.path}`.trim() }
}

type Found = Omit<Location, 'field'>

function find(named: NamedMemory, at: Address): Found | undefined {
  return (
    locateObject(named, at) ?? locateCell(named, at) ?? locateRecord(named, at) ?? locateSequence(named, at) ?? locateRuntime(named, at)
  )
}

function locateObject(named: NamedMemory, at: Address): Found | undefined {
  // Blocks begin on cache lines, and a header is shorter than one.
  const record = at - (at % CACHE_LINE)
  if (at - record >= ObjectHeader.size) return undefined
  const name = named.nameAt('object', record)
  return name === null ? undefined : { of: 'object', name, path: pathAt(ObjectHeader, at - record), record }
}

function locateCell(named: NamedMemory, at: Address): Found | undefined {
  const found = named.namedAt(at)
  return found && CELL_KINDS.has(found.kind) ? { of: found.kind, name: found.name, path: '', record: at } : undefined
}

function locateRecord(named: NamedMemory, at: Address): Found | undefined {
  for (const [of, layout] of RECORDS) {
    for (const [name, record] of named.all(of)) {
      if (record !== NULL && at >= record && at < record + layout.size) return { of, name, path: pathAt(layout, at - record), record }
    }
  }
  return undefined
}

function locateSequence(named: NamedMemory, at: Address): Found | undefined {
  if (!inSlots(named, at)) return undefined
  const record = at - (at % QsbrSlot.size)
  const holder = named.memory.get(record + QsbrSlot.offset.holder)
  const owner = holder === NULL ? null : named.nameAt('thread', holder - ThreadRecord.offset.slot)
  return { of: 'sequence', name: owner, path: pathAt(QsbrSlot, at - record), record }
}

/** Whether a thread's sequence lies there. */
export const isSequence = (named: NamedMemory, at: Address): boolean =>
  at % QsbrSlot.size === QsbrSlot.offset.sequence && inSlots(named, at)

function inSlots(named: NamedMemory, at: Address): boolean {
  for (const [from, end] of slots(named)) if (at >= from && at < end) return true
  return false
}

/** Where the interpreters' tables of sequences lie. */
function* slots({ memory, runtime }: NamedMemory): Generator<readonly [from: Address, end: Address]> {
  for (const { qsbr } of runtime.interpreters()) {
    const from = memory.get(qsbr.slots)
    yield [from, from + memory.get(qsbr.size) * QsbrSlot.size]
  }
}

function locateRuntime(named: NamedMemory, at: Address): Found | undefined {
  const record = named.runtime.record.address
  if (at < record || at >= record + RuntimeRecord.size) return undefined
  return { of: 'runtime', name: null, path: pathAt(RuntimeRecord, at - record), record }
}

/** Paths by offset, found out once for each layout. */
const paths = new Map<Layout, Map<number, string>>()

function pathAt(layout: Layout, offset: number): string {
  const known = paths.get(layout) ?? new Map<number, string>()
  paths.set(layout, known)
  const path = known.get(offset) ?? findPath(layout, offset)
  known.set(offset, path)
  return path
}

function findPath(layout: Layout, offset: number): string {
  const [name, field] = Object.entries(layout.fields).findLast(([field]) => (layout.offset[field] as number) <= offset) as [
    string,
    Field<unknown>,
  ]
  const rest = offset - (layout.offset[name] as number)
  return isLayout(field) ? `${name}.${findPath(field, rest)}` : name
}

const isLayout = (field: Field<unknown>): field is Layout => 'fields' in field
