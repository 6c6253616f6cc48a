/**
 * The trace of an actor: what it did to shared memory, in order.
 *
 * Most entries are writes, and there are many. As numbers in a row they cross from worker to host
 * in a fraction of the time that objects would take.
 */
import type { Event } from '../../protocol/messages.ts'
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
export interface NotedEvent
  extends Partial<Pick<Event, 'tool' | 'about' | 'function' | 'line' | 'offset' | 'value' | 'callable' | 'target'>> {
  readonly event: 'finalized' | 'served' | 'retired' | 'told'
  readonly address?: Address
  readonly request?: string
}

/** A trace as it crosses: four numbers an entry, and the notes that some of them point at. */
export interface PackedTrace {
  /** How many of the numbers lie where both sides see them. */
  readonly length: number
  /** The numbers for which there was no room there. */
  readonly rest: readonly number[]
  readonly notes: readonly Note[]
}

const WRITE = 0
const READ = 1
const EXPECT = 2
const SLEEP = 3
const WAKE = 4
const NOTE = 5

/** Numbers that an entry takes. */
const ENTRY = 4

const ACCESSES: readonly Access[] = ['live', 'dead', 'freed']

export class TraceWriter {
  readonly #numbers: Int32Array
  #length = 0
  #rest: number[] = []
  #notes: Note[] = []

  /** @param numbers where both sides see them. What is written there has to be read before the next is. */
  constructor(numbers: Int32Array) {
    this.#numbers = numbers
  }

  wrote(at: Address, from: number, to: number): void {
    this.#add(WRITE, at, from, to)
  }

  read(at: Address): void {
    this.#add(READ, at, 0, 0)
  }

  expected(at: Address, access: Access): void {
    this.#add(EXPECT, at, ACCESSES.indexOf(access), 0)
  }

  slept(): void {
    this.#add(SLEEP, 0, 0, 0)
  }

  woke(seat: number): void {
    this.#add(WAKE, seat, 0, 0)
  }

  note(note: Note): void {
    this.#add(NOTE, this.#notes.push(note) - 1, 0, 0)
  }

  /** What was written since the last time. */
  take(): PackedTrace {
    const trace = { length: this.#length, rest: this.#rest, notes: this.#notes }
    this.#length = 0
    this.#rest = []
    this.#notes = []
    return trace
  }

  #add(kind: number, one: number, two: number, three: number): void {
    const numbers = this.#numbers
    const at = this.#length
    if (at + ENTRY > numbers.length) {
      this.#rest.push(kind, one, two, three)
      return
    }
    numbers[at] = kind
    numbers[at + 1] = one
    numbers[at + 2] = two
    numbers[at + 3] = three
    this.#length = at + ENTRY
  }
}

/** @param shared what the writer was made with. */
export function unpack(shared: Int32Array, { length, rest, notes }: PackedTrace): Trace[] {
  const trace: Trace[] = []
  for (const [numbers, end] of [
    [shared, length],
    [rest, rest.length],
  ] as const) {
    for (let at = 0; at < end; at += ENTRY) {
      const [kind, one, two, three] = [numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]] as [number, number, number, number]
      trace.push(entryOf(kind, one, two, three, notes))
    }
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
