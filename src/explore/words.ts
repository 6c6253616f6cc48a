/**
 * The state of an exploration: one array of 32-bit words, with a log for undoing and a fingerprint.
 *
 * Everything that a step may change is a word here: cells of memory, where each thread stands,
 * clocks. So a snapshot is a mark in the undo log, going back costs as much as was changed since,
 * and nothing is ever copied.
 *
 * The fingerprint is kept up to date word by word: it is the sum, in three lanes of 32 bits, of
 * `mix(word ^ key)`, with a random key per word and lane (Zobrist's idea). Two different states
 * get the same 96 bits with a probability of about 2^-96; `docs/exploring.md` says what that means.
 *
 * @see A. Zobrist, "A New Hashing Method with Application for Game Playing" (1970)
 */

const FIRST_CAPACITY = 1 << 9
/** Keys per word. */
const LANES = 3
/** What a mark is in the undo log: an entry per lane, under an index that no word has. */
const MARK = 6
const NO_WORD = -1

export class Words {
  /** The words. Replaced when it grows: do not keep it across `reserve`. */
  values = new Int32Array(FIRST_CAPACITY)
  /** The fingerprint of all words ever passed to `write`. */
  one = 0
  two = 0
  three = 0
  #keys = new Int32Array(LANES * FIRST_CAPACITY)
  #undo = new Int32Array(FIRST_CAPACITY)
  #top = 0
  #seed: number
  #keyed = 0

  /** @param seed of the keys. Another one gives independent fingerprints. */
  constructor(seed: number) {
    this.#seed = seed | 0
    this.#makeKeys()
  }

  /** Makes room for so many words. New ones hold zero. */
  reserve(count: number): void {
    if (count <= this.values.length) return
    const values = new Int32Array(Math.max(count, 2 * this.values.length))
    values.set(this.values)
    this.values = values
    this.#makeKeys()
  }

  /** Sets a word that tells states apart. */
  write(index: number, value: number): void {
    const old = this.values[index] as number
    if (old === value) return
    this.#remember(index, old)
    this.values[index] = value
    const keys = this.#keys
    const at = LANES * index
    const first = keys[at] as number
    const second = keys[at + 1] as number
    const third = keys[at + 2] as number
    this.one = (this.one + mix(value ^ first) - mix(old ^ first)) | 0
    this.two = (this.two + mix(value ^ second) - mix(old ^ second)) | 0
    this.three = (this.three + mix(value ^ third) - mix(old ^ third)) | 0
  }

  /** Sets a word that follows from the others, so that it need not tell states apart. */
  note(index: number, value: number): void {
    const old = this.values[index] as number
    if (old === value) return
    this.#remember(index, old)
    this.values[index] = value
  }

  /** Sets a word for good: what it holds before anything else was written. */
  initialise(index: number, value: number): void {
    this.values[index] = value
  }

  /** Where to go back to. Any number of times, until it is dropped, or something before it is gone back to. */
  mark(): number {
    this.#remember(NO_WORD, this.one)
    this.#remember(NO_WORD, this.two)
    this.#remember(NO_WORD, this.three)
    return this.#top
  }

  /** Makes everything what it was at the mark. Later marks are forgotten. */
  rewind(mark: number): void {
    const undo = this.#undo
    const { values } = this
    let top = this.#top
    while (top > mark) {
      top -= 2
      const index = undo[top] as number
      if (index !== NO_WORD) values[index] = undo[top + 1] as number
    }
    this.#top = mark
    this.one = undo[mark - 5] as number
    this.two = undo[mark - 3] as number
    this.three = undo[mark - 1] as number
  }

  /** Rewinds to the mark and forgets it too. */
  drop(mark: number): void {
    this.rewind(mark)
    this.#top = mark - MARK
  }

  #remember(index: number, old: number): void {
    const top = this.#top
    if (top === this.#undo.length) {
      const undo = new Int32Array(2 * top)
      undo.set(this.#undo)
      this.#undo = undo
    }
    this.#undo[top] = index
    this.#undo[top + 1] = old
    this.#top = top + 2
  }

  #makeKeys(): void {
    const keys = new Int32Array(LANES * this.values.length)
    keys.set(this.#keys)
    for (let index = this.#keyed; index < keys.length; index++) {
      // Weyl's sequence, mixed: 2^32 different keys before one comes back.
      this.#seed = (this.#seed + 0x9e3779b9) | 0
      keys[index] = mix(mix(this.#seed) ^ 0x5bd1e995)
    }
    this.#keyed = keys.length
    this.#keys = keys
  }
}

/** Spreads every bit of a word over all of them; different words stay different. The finalizer of MurmurHash3. */
export function mix(word: number): number {
  let mixed = word
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
