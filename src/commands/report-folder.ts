/**
 * The folder that a run writes its report into.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../folder.ts'
import { JUNIT, PAGE, type Reports, writeReports } from '../report/write-reports.ts'
import { UsageError } from './usage-error.ts'

const LOG = 'events.ndjson'

/** The event log of the run whose report lies in a folder. */
export const logIn = (folder: string): string => join(folder, LOG)

/**
 * Makes a folder ready for the report of a run: it is there, it can be written, and nothing of an earlier run is left in it.
 *
 * @throws UsageError if that is not so.
 */
export function prepareFolder(folder: string): void {
  try {
    makeFolder(folder)
    writeFileSync(logIn(folder), '')
    for (const file of [LOG, PAGE, JUNIT]) rmSync(join(folder, file), { force: true })
  } catch (error) {
    throw new UsageError(`--report: no report can be written into ${folder}: ${(error as Error).message}`)
  }
}

/** Writes what the log in a folder says so far; nothing if the run has not begun one. */
export function reportSoFar(folder: string): Reports | undefined {
  return existsSync(logIn(folder)) ? writeReports(logIn(folder), folder) : undefined
}
