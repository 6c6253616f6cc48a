/**
 * What the invariants looked at when they held.
 *
 * An invariant depends on nothing but the cells that it reads and on what it asks about the threads' next operations.
 * So where all of that is as it was once when the invariants held, however the machine came there, they hold again and
 * need not be asked. Most steps change nothing that an invariant is about, and most of what they change was so before.
 *
 * What was seen is kept as a tree. What the invariants look at first is always the same, and what they look at next
 * depends only on what they saw. So a path from the root is what they look at in turn, with what they saw; where they
 * have seen different things in the same place the path divides; and at its end they held.
 */
import { type Address, CELL } from '../runtime/memory/memory.ts'
import type { Machine } from './machine.ts'
import type { NextOperation } from './program.ts'

/** Cells that were looked at; the machine tells it of each. */
export interface Onlooker {
  /** @param value that the cell holds, before anything is written there. */
  saw(cell: number, value: number): void
  /** The clock was looked at or moved. */
  sawTheClock(): void
}

/** A piece of a path without a division. */
interface Stretch {
  /** What is looked at, in turn. */
  looks: readonly Look[]
  /** What was seen there. */
  values: readonly number[]
  /** What is looked at then, where different things were seen; undefined at the end of a path. */
  divides: Look | undefined
  /** How it goes on, by what is seen there. */
  ways: Map<number, Stretch>
}

/** A cell, shifted by one, with a bit that says whether it is read or asked who is about to do something there. */
type Look = number
const READ = 0
const ASKED = 1
const look = (cell: number, how: number): Look => (cell << 1) | how

/** Nobody is about to do anything there. */
const NOBODY = 0

/** Looks remembered at most, over all paths; then nothing is added. */
const MOST_LOOKS = 1 << 21

export class Watch implements Onlooker {
  readonly #machine: Machine
  readonly #nextOf: (thread: number) => NextOperation | undefined
  /** By look: the turn in which it was last taken. */
  readonly #taken: Uint32Array
  /** Counts the times that the invariants were asked. */
  #turn = 0
  #looks: Look[] = []
  #values: number[] = []
  /** Whether the invariants depend on something else this time. */
  #elsewhere = false
  #root: Stretch | undefined
  #room = MOST_LOOKS
  /** What threads are about to do, in the order of the threads, without those that have ended. */
  readonly #doing: NextOperation[] = []
  /** Numbers for what threads may be about to do on one cell. */
  readonly #numbers = new Map<string, number>()

  /**
   * @param bytes of the memory.
   * @param nextOf a thread; undefined once it has ended.
   */
  constructor(machine: Machine, bytes: number, nextOf: (thread: number) => NextOperation | undefined) {
    this.#machine = machine
    this.#nextOf = nextOf
    this.#taken = new Uint32Array(2 * (bytes / CELL))
  }

  /** Whether everything is as it was at some time when the invariants held. */
  holds(): boolean {
    this.#note()
    let stretch = this.#root
    while (stretch !== undefined) {
      const { looks, values, divides, ways } = stretch
      for (let index = 0; index < looks.length; index++) if (this.#see(looks[index] as Look) !== values[index]) return false
      if (divides === undefined) return true
      stretch = ways.get(this.#see(divides))
    }
    return false
  }

  /** The invariants are asked. */
  begin(): void {
    this.#turn += 1
    this.#looks = []
    this.#values = []
    this.#elsewhere = false
  }

  /** They have answered that all hold. */
  held(): void {
    if (this.#elsewhere || this.#looks.length > this.#room) return
    this.#room -= this.#looks.length
    if (this.#root === undefined) this.#root = this.#rest(0)
    else this.#add(this.#root)
  }

  /** What threads are about to do on a cell, in the order of the threads. */
  next(address: Address): NextOperation[] {
    this.#take(look(address / CELL, ASKED), this.#asked(address))
    return this.#doing.filter((next) => next.address === address)
  }

  saw(cell: number, value: number): void {
    this.#take(look(cell, READ), value)
  }

  sawTheClock(): void {
    this.#elsewhere = true
  }

  #take(taken: Look, value: number): void {
    if (this.#taken[taken] === this.#turn) return
    this.#taken[taken] = this.#turn
    // If anybody writes there, that is a step, so that the invariants are asked before and after it.
    const { cells, contention } = this.#machine
    contention.watched(cells.word(taken >> 1))
    this.#looks.push(taken)
    this.#values.push(value)
  }

  #see(taken: Look): number {
    return (taken & ASKED) === 0 ? this.#machine.cells.get(taken >> 1) : this.#asked((taken >> 1) * CELL)
  }

  /** Notes what each thread is about to do. */
  #note(): void {
    this.#doing.length = 0
    for (let thread = 0; thread < this.#machine.threads; thread++) {
      const next = this.#nextOf(thread)
      if (next !== undefined) this.#doing.push(next)
    }
  }

  /** What threads are about to do on a cell, as a number. */
  #asked(address: Address): number {
    let doing = ''
    for (const next of this.#doing) {
      if (next.address === address) doing += `${next.actor} ${next.operation} ${next.asleep} ${next.leaves};`
    }
    if (doing === '') return NOBODY
    let number = this.#numbers.get(doing)
    if (number === undefined) {
      number = this.#numbers.size + 1
      this.#numbers.set(doing, number)
    }
    return number
  }

  /** Adds what was seen this time to the tree. It was not there before. */
  #add(root: Stretch): void {
    let stretch = root
    for (let at = 0; ; at++) {
      for (let index = 0; index < stretch.looks.length; index++, at++) {
        if (stretch.values[index] === this.#values[at]) continue
        divide(stretch, index)
        break
      }
      const seen = this.#values[at] as number
      const way = stretch.ways.get(seen)
      if (way === undefined) {
        stretch.ways.set(seen, this.#rest(at + 1))
        return
      }
      stretch = way
    }
  }

  /** What was seen this time from there on, up to the end. */
  #rest(from: number): Stretch {
    return { looks: this.#looks.slice(from), values: this.#values.slice(from), divides: undefined, ways: new Map() }
  }
}

/** Lets a stretch divide at one of its looks. */
function divide(stretch: Stretch, at: number): void {
  const { looks, values, divides, ways } = stretch
  const rest = { looks: looks.slice(at + 1), values: values.slice(at + 1), divides, ways }
  stretch.ways = new Map([[values[at] as number, rest]])
  stretch.divides = looks[at]
  stretch.looks = looks.slice(0, at)
  stretch.values = values.slice(0, at)
}
