/**
 * The trace of an actor: what it did to shared memory, in order.
 *
 * Most entries are writes, and there are many. As numbers in a row they cross from worker to host
 * in a fraction of the time that objects would take.
 */
import type { Access, Address } from '../../runtime/memory/memory.ts'

/** What happened to shared memory. */
export type Trace =
  | { readonly did: 'write'; readonly at: Address; readonly from: number; readonly to: number }
  | { readonly did: 'read'; readonly at: Address }
  | { readonly did: 'expect'; readonly at: Address; readonly access: Access }
  | { readonly did: 'sleep' }
  | { readonly did: 'wake'; readonly seat: number }
  | Note

/** What the memory alone does not tell. */
export type Note =
  | { readonly did: 'event'; readonly event: NotedEvent }
  | { readonly did: 'name'; readonly key: string; readonly at: Address }

/** An event that an operation knows better than the memory: see `actor.ts`. */
export interface NotedEvent {
  readonly event: 'finalized' | 'served' | 'retired'
  readonly address?: Address
  readonly request?: string
}

/** A trace as it crosses: four numbers an entry, and the notes that some of them point at. */
export interface PackedTrace {
  readonly numbers: number[]
  readonly notes: Note[]
}

const WRITE = 0
const READ = 1
const EXPECT = 2
const SLEEP = 3
const WAKE = 4
const NOTE = 5

const ACCESSES: readonly Access[] = ['live', 'dead', 'freed']

export class TraceWriter {
  #trace: PackedTrace = { numbers: [], notes: [] }

  wrote(at: Address, from: number, to: number): void {
    this.#trace.numbers.push(WRITE, at, from, to)
  }

  read(at: Address): void {
    this.#trace.numbers.push(READ, at, 0, 0)
  }

  expected(at: Address, access: Access): void {
    this.#trace.numbers.push(EXPECT, at, ACCESSES.indexOf(access), 0)
  }

  slept(): void {
    this.#trace.numbers.push(SLEEP, 0, 0, 0)
  }

  woke(seat: number): void {
    this.#trace.numbers.push(WAKE, seat, 0, 0)
  }

  note(note: Note): void {
    this.#trace.numbers.push(NOTE, this.#trace.notes.push(note) - 1, 0, 0)
  }

  /** What was written since the last time. */
  take(): PackedTrace {
    const trace = this.#trace
    this.#trace = { numbers: [], notes: [] }
    return trace
  }
}

export function unpack({ numbers, notes }: PackedTrace): Trace[] {
  const trace: Trace[] = []
  for (let index = 0; index < numbers.length; index += 4) {
    const [kind, one, two, three] = numbers.slice(index, index + 4) as [number, number, number, number]
    trace.push(entryOf(kind, one, two, three, notes))
  }
  return trace
}

function entryOf(kind: number, one: number, two: number, three: number, notes: readonly Note[]): Trace {
  switch (kind) {
    case WRITE:
      return { did: 'write', at: one, from: two, to: three }
    case READ:
      return { did: 'read', at: one }
    case EXPECT:
      return { did: 'expect', at: one, access: ACCESSES[two] as Access }
    case SLEEP:
      return { did: 'sleep' }
    case WAKE:
      return { did: 'wake', seat: one }
    default:
      return notes[one] as Note
  }
}
