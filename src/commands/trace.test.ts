import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { INVENTORY } from '../requirements/inventory.ts'
import { readLock, writeLock } from '../requirements/lock.ts'
import { notBuilt } from '../requirements/requirement.ts'
import { EXIT } from '../verdict/gate.ts'
import { traceCommand } from './trace.ts'

const BUILT = INVENTORY.filter(({ built }) => built)
const NEEDED = BUILT.flatMap((chapter) => chapter.requirements.filter((one) => notBuilt(chapter, one) === undefined).map(({ id }) => id))
const FAULTS = NEEDED.map((requirement) => ({ id: `breaks-${requirement}`, requirement }))

let root: string
let lockFile: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ftspec-trace-'))
  lockFile = join(root, 'ids.json')
  writeLock(lockFile, { requirements: [], scenarios: [], rows: {}, aliases: {}, tombstones: {} })
  mkdirSync(join(root, 'docs'))
  for (const { id, requirements } of BUILT) {
    mkdirSync(join(root, 'features', id), { recursive: true })
    writeFileSync(join(root, 'docs', `${id}.md`), requirements.map((one) => one.id).join(' '))
    const rules = requirements.map((one) => `  @${one.id}\n  Rule: R\n    @${one.id}.1\n    Example: E\n      When x\n`)
    writeFileSync(join(root, 'features', id, 'all.feature'), `Feature: F\n${rules.join('')}`)
  }
})
afterEach(() => rmSync(root, { recursive: true }))

async function called(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: '', err: '' }
  const output = (name: 'out' | 'err') => ({ write: (text: string) => (told[name] += text) })
  const terminal = { out: output('out'), err: output('err'), live: false, color: false, width: 80, folder: '/' }
  return { code: await traceCommand(FAULTS, root, lockFile).run(words, terminal), ...told }
}

test('new ids are a problem until they are added to the lock file', async () => {
  const before = await called()
  expect(before.code).toBe(EXIT.failed)
  expect(before.err).toContain('BRC-01 is new')
  expect(before.out).toMatch(/^\d+ problems\n$/)
  const after = await called('--add-ids')
  expect(after).toMatchObject({ code: EXIT.well, err: '' })
  expect(after.out).toBe(`102 requirements, ${NEEDED.length + 1} scenarios and ${NEEDED.length} faults belong together\n`)
  expect(readLock(lockFile).requirements).toHaveLength(102)
  expect((await called()).code).toBe(EXIT.well)
})

test('a page that is missing is a problem', async () => {
  await called('--add-ids')
  rmSync(join(root, 'docs', 'brc.md'))
  expect(await called()).toEqual({ code: EXIT.failed, out: '1 problem\n', err: 'chapter brc has no page docs/brc.md\n' })
})

test('a page that cannot be read is a mistake, not a missing page', async () => {
  rmSync(join(root, 'docs', 'brc.md'))
  mkdirSync(join(root, 'docs', 'brc.md'))
  await expect(called()).rejects.toThrow('EISDIR')
})
