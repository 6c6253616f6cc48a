/**
 * Writes an event log so that a run that dies loses nothing that it had found out.
 */
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from '../folder.ts'
import { Footer, type Greeting, Header, LogRecord, type Requirement, type ScenarioEnd, type ScenarioStart, type Step } from './log.ts'
import { LogContents } from './log-contents.ts'

export class LogWriter {
  readonly #path: string
  readonly #file: number
  readonly #contents: LogContents

  /** Begins a log in `file`, in place of one that is there, and creates the folders on the way. */
  constructor(file: string, header: Header) {
    const checked = Header.parse(header)
    makeFolder(dirname(file))
    this.#path = file
    this.#file = openSync(file, 'w')
    this.#contents = new LogContents(checked)
    this.#write(checked)
  }

  /**
   * Appends one record. It has left this process when this returns.
   *
   * @throws ZodError if the record is not one that a reader would take.
   * @throws Error if it may not come here: a scenario that was not planned, a step of one that is not under way.
   */
  append(record: Greeting | Requirement | ScenarioStart | Step | ScenarioEnd): void {
    const checked = LogRecord.parse(record)
    const problem = this.#contents.take(checked)
    if (problem !== undefined) throw new Error(problem)
    this.#write(checked)
  }

  /** Appends the footer and closes the log. `duration` of the whole run is in milliseconds. Answers the footer. */
  finish(ended: Date, duration: number): Footer {
    const footer = Footer.parse({ record: 'footer', complete: true, ...this.#contents.counts, ended: ended.toISOString(), duration })
    this.#write(footer)
    closeSync(this.#file)
    return footer
  }

  /** Closes the log and removes it: there was nothing to tell. */
  discard(): void {
    closeSync(this.#file)
    rmSync(this.#path)
  }

  #write(record: LogRecord): void {
    writeFileSync(this.#file, `${JSON.stringify(record)}\n`)
  }
}
