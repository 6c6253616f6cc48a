/**
 * The list of known failures that a run is held against.
 */
import { readFileSync } from 'node:fs'
import { type KnownFailure, parseKnownFailures } from '../verdict/known-failures.ts'
import { proposal } from './near.ts'
import { UsageError } from './usage-error.ts'

/**
 * What a list says, by scenario.
 *
 * @param ids of all scenarios that there are.
 * @throws UsageError if it cannot be read, or names a scenario that there is not.
 */
export function readKnownFailures(file: string, ids: readonly string[]): ReadonlyMap<string, KnownFailure> {
  const entries = parsed(file)
  const existing = new Set(ids)
  for (const { id, line } of entries.values()) {
    if (!existing.has(id)) throw new UsageError(`${file}, line ${line}: there is no scenario ${id}${proposal(id, ids)}`)
  }
  return entries
}

function parsed(file: string): ReturnType<typeof parseKnownFailures> {
  try {
    return parseKnownFailures(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`the known failures cannot be read from ${file}: ${(error as Error).message}`)
  }
}
