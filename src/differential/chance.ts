import { Random } from '../explore/random.ts'

/** What is drawn by chance: the same seed, the same draws. */
export class Chance {
  readonly #random: Random

  constructor(seed: number) {
    this.#random = new Random(seed)
  }

  /** A whole number from zero, less than `bound`. */
  below(bound: number): number {
    return this.#random.below(bound)
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)] as T
  }

  /** Whether something happens that does so once in so many times. */
  once(inSoMany: number): boolean {
    return this.below(inSoMany) === 0
  }
}
