/**
 * `ftspec trace`: whether requirements, scenarios, faults and pages belong together.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Chapter } from '../protocol/messages.ts'
import { type Feature, readFeatures } from '../requirements/features.ts'
import { INVENTORY } from '../requirements/inventory.ts'
import { extend, readLock, writeLock } from '../requirements/lock.ts'
import { liveIds, type Traced, traceProblems } from '../requirements/trace.ts'
import { count } from '../verdict/count.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, optionsOf } from './command.ts'
import { LOCK_FILE, ROOT } from './project.ts'

const OPTIONS = { 'add-ids': { type: 'boolean' } } as const

const HELP = `Usage: npx ftspec trace [--add-ids]

Checks both ways: every requirement of a built chapter has scenarios, a fault that breaks it and
a place in the book, and each of these names a requirement that exists. Ids are held against the
lock file, in which every id stands that was ever given, and every row of an outline.

  --add-ids            put new ids and rows into the lock file first; nothing is ever taken out
  --help               this text

Example: npx ftspec trace --add-ids
`

/** The command over these faults, and over the project in `root`. */
export function traceCommand(faults: Traced['faults'], root = ROOT, lockFile = LOCK_FILE): Command {
  return {
    help: HELP,
    async run(args, { out, err }) {
      const values = optionsOf(OPTIONS, args)
      const features = readFeatures(root)
      const lock = readLock(lockFile)
      const current = values['add-ids'] ? extend(lock, liveIds(INVENTORY, features)) : lock
      if (values['add-ids']) writeLock(lockFile, current)
      const problems = traceProblems({ inventory: INVENTORY, features, faults, pages: pagesIn(root), lock: current })
      for (const problem of problems) err.write(`${problem}\n`)
      out.write(problems.length === 0 ? summary(features, faults.length) : `${count(problems.length, 'problem')}\n`)
      return problems.length === 0 ? EXIT.well : EXIT.failed
    },
  }
}

function summary(features: readonly Feature[], faults: number): string {
  const { requirements, scenarios } = liveIds(INVENTORY, features)
  return `${count(requirements.length, 'requirement')}, ${count(scenarios.length, 'scenario')} and ${count(faults, 'fault')} belong together\n`
}

/** The text of each chapter's page that exists. */
function pagesIn(root: string): Partial<Record<Chapter, string>> {
  const found: Partial<Record<Chapter, string>> = {}
  for (const { id } of INVENTORY.filter(({ built }) => built)) {
    try {
      found[id] = readFileSync(join(root, 'docs', `${id}.md`), 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
  return found
}
