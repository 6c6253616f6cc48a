/**
 * Pseudo-random numbers: the same seed, the same numbers, everywhere.
 *
 * @see G. Marsaglia, "Xorshift RNGs" (2003)
 */
import { mix } from './words.ts'

export class Random {
  #state: number

  constructor(seed: number) {
    // Zero would stay zero.
    this.#state = mix(seed | 0) || 1
  }

  /** A whole number from zero, less than `bound`. */
  below(bound: number): number {
    let state = this.#state
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    this.#state = state
    return Math.floor(((mix(state) >>> 0) / 0x1_0000_0000) * bound)
  }

  /** One of the bits of a set, as its number. The set is not empty. */
  bit(set: number): number {
    let left = set
    for (let skip = this.below(bitCount(set)); skip > 0; skip--) left &= left - 1
    return 31 - Math.clz32(left & -left)
  }
}

function bitCount(set: number): number {
  let count = 0
  for (let left = set; left !== 0; left &= left - 1) count += 1
  return count
}
