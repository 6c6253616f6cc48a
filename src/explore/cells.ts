/**
 * Memory as it is explored: an image, made once by the setup, and words for the cells that bodies
 * touch.
 *
 * A runtime's memory may be large while an interleaving touches a hundred cells of it. So a cell
 * gets words of its own only when a body first touches it; until then it is what the setup left,
 * on every path. Words are never taken back, so a cell is at the same place on all paths.
 */
import { ACCESS, HEAD, STRIDE, VALUE } from './layout.ts'
import { OUTSIDE } from './operations.ts'
import type { Words } from './words.ts'

export class Cells {
  readonly #words: Words
  readonly #image: Int32Array
  /** What may be done with each cell of the image. */
  readonly #access: Uint8Array
  /** By cell: its first word; zero for none. */
  readonly #wordOf: Int32Array
  /** The same for cells that do not exist: an access to one is a fault like any other. */
  readonly #outside = new Map<number, number>()
  /** The cells that have words, in the order in which they got them. */
  readonly #cellOf: number[] = []
  #end = HEAD
  #sealed = false

  /** @param bytes of the memory. */
  constructor(words: Words, bytes: number) {
    this.#words = words
    const count = bytes >> 2
    this.#image = new Int32Array(count)
    this.#access = new Uint8Array(count)
    this.#wordOf = new Int32Array(count)
  }

  /** Ends the setup: from now on cells change in words, which can be undone. */
  seal(): void {
    this.#sealed = true
  }

  /** The first word of a cell. Gives it one if it has none. */
  word(cell: number): number {
    return this.#wordOf[cell] || this.#outside.get(cell) || this.#give(cell)
  }

  /** The cell that a word given by `word` belongs to. */
  cellAt(word: number): number {
    return this.#cellOf[(word - HEAD) / STRIDE] as number
  }

  get(cell: number): number {
    const word = this.#wordOf[cell]
    return (word ? this.#words.values[word + VALUE] : this.#image[cell]) ?? 0
  }

  set(cell: number, value: number): void {
    if (this.#sealed) this.#words.write(this.word(cell) + VALUE, value)
    else this.#image[cell] = value
  }

  /** Says what may be done with a range of cells. */
  allow(cell: number, count: number, access: number): void {
    if (!this.#sealed) this.#access.fill(access, cell, cell + count)
    else for (let index = 0; index < count; index++) this.#words.write(this.word(cell + index) + ACCESS, access)
  }

  #give(cell: number): number {
    const word = this.#end
    this.#end += STRIDE
    this.#words.reserve(this.#end)
    this.#words.initialise(word + VALUE, this.#image[cell] ?? 0)
    this.#words.initialise(word + ACCESS, this.#access[cell] ?? OUTSIDE)
    if (cell in this.#wordOf) this.#wordOf[cell] = word
    else this.#outside.set(cell, word)
    this.#cellOf.push(cell)
    return word
  }
}
