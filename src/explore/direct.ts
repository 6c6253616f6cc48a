/**
 * Operations of the only one who runs: of the setup, before there are threads, and of observers
 * and invariants, between two steps. Nothing is recorded or checked.
 */
import type { Cells } from './cells.ts'
import type { Operator } from './explored-memory.ts'
import { CLOCK } from './layout.ts'
import { after, CHANGED, ELAPSE, EXPECT, FILL, NOTIFY, NOW, PAUSE, WAIT } from './operations.ts'
import type { Onlooker } from './watch.ts'
import type { Words } from './words.ts'

/** Who runs alone went to sleep. */
export class EndlessSleep extends Error {
  override readonly name = 'EndlessSleep'
  constructor(cell: number) {
    super(`nobody else runs who could end the sleep on the cell at ${4 * cell}`)
  }
}

export class Direct implements Operator {
  readonly #words: Words
  readonly #cells: Cells
  /** Who is told what is looked at. */
  onlooker: Onlooker | undefined

  constructor(words: Words, cells: Cells) {
    this.#words = words
    this.#cells = cells
  }

  operate(operation: number, cell: number, first: number, second: number): number {
    const cells = this.#cells
    const { onlooker } = this
    switch (operation) {
      case NOTIFY:
      case PAUSE:
        return 0
      case NOW:
        onlooker?.sawTheClock()
        return this.#words.values[CLOCK] as number
      case ELAPSE:
        onlooker?.sawTheClock()
        this.#words.write(CLOCK, ((this.#words.values[CLOCK] as number) + first) | 0)
        return 0
      case EXPECT:
        cells.allow(cell, first, second)
        return 0
      case FILL:
        for (let at = cell; at < cell + first; at++) {
          onlooker?.saw(at, cells.get(at))
          cells.set(at, second)
        }
        return 0
    }
    const before = cells.get(cell)
    onlooker?.saw(cell, before)
    if (operation === WAIT) {
      if (before === first) throw new EndlessSleep(cell)
      return CHANGED
    }
    const value = after(operation, before, first, second)
    if (value !== before) cells.set(cell, value)
    return before
  }
}
