/**
 * How far exploring has come, while a person watches: one line that is written over.
 */
import type { Progress } from '../explore/explore.ts'
import { count } from '../verdict/count.ts'
import type { Terminal } from './terminal.ts'

/** Goes to the beginning of the line and clears it. */
const AGAIN = '\r\u001B[2K'

/** Milliseconds between two lines: more would only take time. */
const OFTEN = 100

export class RaceProgress {
  readonly #terminal: Terminal
  readonly #total: number
  readonly #now: () => number
  #begun = 0
  #id = ''
  #since = 0
  #told = 0

  /**
   * @param total how many races there are.
   * @param now a clock in milliseconds.
   */
  constructor(terminal: Terminal, total: number, now: () => number = () => performance.now()) {
    this.#terminal = terminal
    this.#total = total
    this.#now = now
  }

  /** A race begins. */
  begin(id: string): void {
    this.#begun += 1
    this.#id = id
    this.#since = this.#now()
    this.#told = this.#since
    this.#write(id)
  }

  /** It has come so far. */
  tell({ schedules, states, steps, depth }: Progress): void {
    const now = this.#now()
    if (now - this.#told < OFTEN) return
    this.#told = now
    const speed = Math.round((steps / (now - this.#since)) * 1000)
    const counts = [count(schedules, 'order'), states > 0 && count(states, 'state'), count(steps, 'step'), `${number(speed)} steps/s`]
    this.#write([this.#id, ...counts, depth > 0 && `depth ${number(depth)}`].filter(Boolean).join(', '))
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#terminal.live) this.#terminal.out.write(AGAIN)
  }

  #write(text: string): void {
    if (!this.#terminal.live) return
    this.#terminal.out.write(AGAIN + `${this.#begun} of ${this.#total}: ${text}`.slice(0, this.#terminal.width - 1))
  }
}

const number = (value: number): string => value.toLocaleString('en')
