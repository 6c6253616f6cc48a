/**
 * The lock file of ids: every id that was ever given, so that none can vanish, and none can come
 * back with another meaning.
 *
 * An id that gets another name leaves an alias, one that is given up a tombstone with the reason
 * and the version. Neither is ever deleted.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { extendRows, type RecordedRows, rowProblems } from './rows.ts'

const Ids = z.array(z.string())

export const Lock = z.strictObject({
  requirements: Ids,
  scenarios: Ids,
  /** The rows of each outline; see `rows.ts`. */
  rows: z.record(z.string(), Ids),
  /** From an id that is no longer used to the one that took its place. */
  aliases: z.record(z.string(), z.string()),
  /** From an id that was given up to the reason. */
  tombstones: z.record(z.string(), z.string().min(1)),
})
export type Lock = z.infer<typeof Lock>

/** The ids that are in use. */
export interface Live {
  readonly requirements: readonly string[]
  readonly scenarios: readonly string[]
  /** The rows of each scenario; none for one that is no outline. */
  readonly rows: RecordedRows
}

/** @throws if the file cannot be read or is not a lock file. */
export function readLock(file: string | URL): Lock {
  return Lock.parse(JSON.parse(readFileSync(file, 'utf8')))
}

export function writeLock(file: string | URL, lock: Lock): void {
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
}

/** The id that is used now for one that a user knows: itself, unless there is an alias. */
export function currentId(lock: Lock, id: string): string {
  return lock.aliases[id] ?? id
}

/** The lock with the ids and the rows that are new, in order. Nothing is ever taken out. */
export function extend(lock: Lock, live: Live): Lock {
  return {
    ...lock,
    requirements: union(lock.requirements, live.requirements),
    scenarios: union(lock.scenarios, live.scenarios),
    rows: sorted(extendRows(lock.rows, live.rows)),
  }
}

/** What is wrong with the ids in use, as sentences. */
export function lockProblems(lock: Lock, live: Live): string[] {
  const known = new Set([...lock.requirements, ...lock.scenarios])
  const used = new Set([...live.requirements, ...live.scenarios])
  const retired = [...Object.keys(lock.aliases), ...Object.keys(lock.tombstones)]
  return [
    ...[...used].filter((id) => !known.has(id)).map((id) => `${id} is new: \`npx ftspec trace --add-ids\` puts it into the lock file`),
    ...[...known]
      .filter((id) => !used.has(id) && !retired.includes(id))
      .map((id) => `${id} has vanished: an id that is no longer used leaves an alias or a tombstone in the lock file`),
    ...retired.filter((id) => used.has(id)).map((id) => `${id} was given up and is in use again: an id never gets a second meaning`),
    ...retired.filter((id) => !known.has(id)).map((id) => `${id} has an alias or a tombstone and was never an id`),
    ...Object.entries(lock.aliases)
      .filter(([, to]) => !used.has(to))
      .map(([from, to]) => `${from} is an alias of ${to}, which is not in use`),
    ...rowProblems(lock.rows, live.rows),
  ]
}

const { compare } = new Intl.Collator('en', { numeric: true })

const sorted = (rows: RecordedRows): Lock['rows'] =>
  Object.fromEntries(
    Object.entries(rows)
      .sort(([one], [other]) => compare(one, other))
      .map(([id, texts]) => [id, [...texts]]),
  )

const union = (some: readonly string[], more: readonly string[]): string[] => [...new Set([...some, ...more])].sort(compare)
