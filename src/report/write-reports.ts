/**
 * All reports of a run, made from its log alone.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from '../folder.ts'
import { pageOf } from './html/page.ts'
import { junitOf } from './junit.ts'
import { readLog } from './log-reader.ts'
import { type Results, resultsOf } from './results.ts'

/** The names of the files. */
export const PAGE = 'index.html'
export const JUNIT = 'junit.xml'

export interface Reports {
  /** What the log says, for a table on the terminal. */
  readonly results: Results
  /** Files. */
  readonly page: string
  readonly junit: string
}

/**
 * Writes `index.html` and `junit.xml` into `directory`, in place of what was there.
 *
 * @throws UnreadableLog if the log's header cannot be read.
 */
export function writeReports(logFile: string, directory: string): Reports {
  const results = resultsOf(readLog(logFile))
  const page = join(directory, PAGE)
  const junit = join(directory, JUNIT)
  makeFolder(directory)
  writeFileSync(page, pageOf(results))
  writeFileSync(junit, junitOf(results))
  return { results, page, junit }
}
