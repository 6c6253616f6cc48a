/**
 * Where the suite's own files are, whatever folder the user is in.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds features, steps and docs. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The lock file of ids. */
export const LOCK_FILE = fileURLToPath(new URL('../requirements/ids.json', import.meta.url))

/** The version of the suite. */
export function suiteVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
}
