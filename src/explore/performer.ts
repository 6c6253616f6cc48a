/**
 * Performs operations of threads on the state: what each does to cells, to what may be done with
 * them, and to the clocks. Sleeping and waking are the machine's.
 */
import type { Cells } from './cells.ts'
import type { Clocks } from './clocks.ts'
import type { Contention } from './contention.ts'
import { type Fault, FREED_TWICE, RACED, SOUND, STRAYED, USED_AFTER_FREE } from './faults.ts'
import { CODE, FIRST, type Histories, type Node, OPERATION, SECOND, WORD } from './histories.ts'
import { ACCESS, CLOCK, VALUE } from './layout.ts'
import {
  after,
  COMPARE_EXCHANGE,
  DEAD,
  ELAPSE,
  EXPECT,
  FILL,
  FREED,
  NOW,
  OPERATIONS,
  OUTSIDE,
  READS,
  SET,
  TRAITS,
  WRITES,
} from './operations.ts'
import type { Words } from './words.ts'

/** Sees every operation that is performed. For traces; there is none while exploring. */
export interface Witness {
  /** @param before what the cell held. */
  performed(thread: number, node: Node, before: number, result: number): void
}

const RANGES = new Uint8Array(OPERATIONS)
RANGES[FILL] = 1
RANGES[EXPECT] = 1

export class Performer {
  readonly #words: Words
  readonly #cells: Cells
  readonly #histories: Histories
  readonly #clocks: Clocks | undefined
  readonly #fault: Fault
  readonly #contention: Contention
  witness: Witness | undefined
  constructor(words: Words, cells: Cells, histories: Histories, fault: Fault, contention: Contention, clocks: Clocks | undefined) {
    this.#words = words
    this.#contention = contention
    this.#cells = cells
    this.#histories = histories
    this.#fault = fault
    this.#clocks = clocks
  }

  /** Performs the operation of a history. Notes a fault if it is one. @returns its result. */
  perform(thread: number, node: Node): number {
    const { nodes } = this.#histories
    const operation = (nodes[node + OPERATION] as number) & CODE
    const traits = TRAITS[operation] as number
    if (traits === 0) return this.#performOther(thread, node, operation)
    const words = this.#words
    const word = nodes[node + WORD] as number
    const first = nodes[node + FIRST] as number
    const { values } = words
    const before = values[word + VALUE] as number
    const value = after(operation, before, first, nodes[node + SECOND] as number)
    const writes = (traits & WRITES) !== 0 && (operation !== COMPARE_EXCHANGE || before === first)
    const access = values[word + ACCESS] as number
    if (access >= DEAD && (access !== DEAD || writes)) this.#refuse(thread, node, word)
    if (this.#clocks !== undefined) {
      const other = this.#clocks.access(thread, word, traits, writes)
      if (other >= 0) this.#fault.note(RACED, thread, node, this.#cells.cellAt(word), other)
    }
    if (writes && this.#contention.mayRide(operation, word)) this.#contention.written(word)
    words.write(word + VALUE, value)
    const result = (traits & READS) !== 0 ? before : 0
    if (this.witness !== undefined) this.witness.performed(thread, node, before, result)
    return result
  }

  #performOther(thread: number, node: Node, operation: number): number {
    const words = this.#words
    const clock = words.values[CLOCK] as number
    let result = 0
    if (operation === NOW) result = clock
    else if (operation === ELAPSE) words.write(CLOCK, (clock + (this.#histories.nodes[node + FIRST] as number)) | 0)
    else if (RANGES[operation] === 1) this.#performOnRange(thread, node, operation)
    this.witness?.performed(thread, node, clock, result)
    return result
  }

  #performOnRange(thread: number, node: Node, operation: number): void {
    const { nodes } = this.#histories
    const start = nodes[node + WORD] as number
    const end = start + (nodes[node + FIRST] as number)
    const operand = nodes[node + SECOND] as number
    for (let cell = start; cell < end && this.#fault.kind === SOUND; cell++) {
      if (operation === FILL) this.#set(thread, node, cell, operand)
      else this.#expect(thread, node, cell, operand)
    }
  }

  #set(thread: number, node: Node, cell: number, value: number): void {
    const words = this.#words
    const word = this.#cells.word(cell)
    if ((words.values[word + ACCESS] as number) >= DEAD) this.#refuse(thread, node, word)
    this.#order(thread, node, word, cell)
    words.write(word + VALUE, value)
  }

  #expect(thread: number, node: Node, cell: number, access: number): void {
    const word = this.#cells.word(cell)
    const before = this.#words.values[word + ACCESS] as number
    if (before === OUTSIDE) this.#refuse(thread, node, word)
    else if (access === FREED && before === FREED) this.#fault.note(FREED_TWICE, thread, node, cell)
    else {
      // Whoever frees memory takes it away from everybody: nobody may be using it at that time.
      if (access === FREED) this.#order(thread, node, word, cell)
      this.#words.write(word + ACCESS, access)
    }
  }

  /** A thread writes a cell plainly. */
  #order(thread: number, node: Node, word: number, cell: number): void {
    if (this.#clocks === undefined) return
    const other = this.#clocks.access(thread, word, TRAITS[SET] as number, true)
    if (other >= 0) this.#fault.note(RACED, thread, node, cell, other)
  }

  #refuse(thread: number, node: Node, word: number): void {
    const outside = this.#words.values[word + ACCESS] === OUTSIDE
    this.#fault.note(outside ? STRAYED : USED_AFTER_FREE, thread, node, this.#cells.cellAt(word))
  }
}
