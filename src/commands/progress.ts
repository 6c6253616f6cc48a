/**
 * How far a run has come: one line that is written over while a person watches, otherwise one
 * plain line for each chapter.
 */
import { count } from '../verdict/count.ts'
import { isFailure, VERDICTS, type Verdict } from '../verdict/verdict.ts'
import type { Terminal } from './terminal.ts'

/** Goes to the beginning of the line and clears it. */
const AGAIN = '\r\u001B[2K'

export class Progress {
  readonly #terminal: Terminal
  readonly #total: number
  readonly #verdicts: Verdict[] = []
  #chapter: { id: string; verdicts: Verdict[] } | undefined

  /** @param total how many scenarios are going to be run. */
  constructor(terminal: Terminal, total: number) {
    this.#terminal = terminal
    this.#total = total
  }

  /** A scenario begins. */
  begin(chapter: string, id: string): void {
    if (this.#chapter?.id !== chapter) {
      this.#endChapter()
      this.#chapter = { id: chapter, verdicts: [] }
    }
    if (!this.#terminal.live) return
    const failures = this.#verdicts.filter(isFailure).length
    const text = `${this.#verdicts.length} of ${count(this.#total, 'scenario')}${failures > 0 ? `, ${failures} failed` : ''}, now ${id}`
    this.#terminal.out.write(AGAIN + text.slice(0, this.#terminal.width - 1))
  }

  /** The scenario that began last has come to an end. */
  end(verdict: Verdict): void {
    this.#verdicts.push(verdict)
    this.#chapter?.verdicts.push(verdict)
  }

  /** The run is over, or broke off. */
  finish(): void {
    this.#endChapter()
    this.#chapter = undefined
    if (this.#terminal.live) this.#terminal.out.write(AGAIN)
  }

  #endChapter(): void {
    if (this.#terminal.live || !this.#chapter) return
    const { id, verdicts } = this.#chapter
    const counts = VERDICTS.map((verdict) => ({ verdict, count: verdicts.filter((one) => one === verdict).length }))
    const text = counts.filter(({ count }) => count > 0).map(({ verdict, count }) => `${count} ${verdict}`)
    this.#terminal.out.write(`${id}: ${text.join(', ') || 'broke off'}\n`)
  }
}
