import { expect, test } from 'vitest'
import type { Fault } from '../faults/fault.ts'
import type { Way } from '../faults/run.ts'
import { EXIT } from '../verdict/gate.ts'
import { faultsCommand } from './faults.ts'
import { UsageError } from './usage-error.ts'

const fault = (id: string, requirement: string, more: Partial<Fault> = {}): Fault => ({
  id,
  requirement,
  shownBy: `${requirement}.1`,
  title: 'A slip',
  file: 'refcount/biased.ts',
  text: 'a',
  replacement: 'b',
  why: 'Nobody asks the owner to merge.',
  ...more,
})
const MUSEUM = [
  fault('counts-twice', 'BRC-01', { report: 'gh-1' }),
  fault('forgets-queue', 'BRC-03'),
  fault('goes-negative', 'BRC-03', { shownBy: 'BRC-04.12' }),
]

/**
 * Runs the command; `failed` says of which requirements scenarios fail with which fault, of its own alone if nothing is
 * said. Where it is caught, that is in this way.
 */
async function called(words: readonly string[], failed: Record<string, string[]> = {}, told = 3, way: Way = 'step by step') {
  let out = ''
  const ran: string[] = []
  const asked: unknown[] = []
  const command = faultsCommand(MUSEUM, async (faults, onResult, options) => {
    asked.push(options)
    for (const one of faults.slice(0, told)) {
      ran.push(one.id)
      const ids = failed[one.id] ?? [one.requirement]
      const [id] = ids
      const noticed = id === undefined ? undefined : { scenario: `${id}.1`, requirement: id, verdict: 'fail' as const, reason: 'no' }
      const caught = ids.includes(one.requirement)
      onResult({ fault: one, caught, way: caught ? way : undefined, noticed, failed: ids })
    }
  })
  const output = { write: (text: string) => (out += text) }
  const code = await command.run(words, { out: output, err: output, live: false, color: false, width: 24, folder: '/' })
  return { code, out, ran, asked }
}

test('all is well if every fault is caught by the requirement that it breaks', async () => {
  const { code, out, asked } = await called([])
  expect(code).toBe(EXIT.well)
  expect(out).toContain('BRC-01  counts-twice: caught step by step by BRC-01.1\n')
  expect(out).toContain('3 of 3 faults are caught by the requirement that they break: 3 step by step, 0 in a race\n')
  expect(asked).toEqual([{ everywhere: false }])
})

test('a fault that takes a race is told as one', async () => {
  const { code, out } = await called([], { 'goes-negative': [] }, 3, 'in a race')
  expect(code).toBe(EXIT.failed)
  expect(out).toContain('BRC-01  counts-twice: caught in a race by BRC-01.1\n')
  expect(out).toContain('2 of 3 faults are caught by the requirement that they break: 0 step by step, 2 in a race\n')
})

test('a fault that its requirement does not notice is not caught, whoever else notices', async () => {
  const { code, out } = await called([], { 'counts-twice': [], 'forgets-queue': ['BRC-09'] })
  expect(code).toBe(EXIT.failed)
  expect(out).toContain('BRC-01  counts-twice: NOT CAUGHT\n')
  expect(out).toContain('BRC-03  forgets-queue: NOT CAUGHT (BRC-09.1: fail), noticed by BRC-09 too\n')
  expect(out).toContain('1 of 3 faults')
})

test('asked everywhere, one of the faults of a requirement is noticed by nobody else', async () => {
  const both = ['BRC-03', 'BRC-01']
  const { code, asked } = await called(['--everywhere'], { 'forgets-queue': both })
  expect({ code, asked }).toEqual({ code: EXIT.well, asked: [{ everywhere: true }] })
  const blurred = await called(['--everywhere'], { 'forgets-queue': both, 'goes-negative': both })
  expect(blurred.code).toBe(EXIT.failed)
  expect(blurred.out).toContain('BRC-03  forgets-queue: caught step by step by BRC-03.1, noticed by BRC-01 too\n')
  expect(blurred.out).toContain('BRC-03 has no fault that its own scenarios alone notice\n')
})

test('one fault alone says nothing about the others of its requirement', async () => {
  const words = ['--everywhere', '--fault', 'forgets-queue']
  expect((await called(words, { 'forgets-queue': ['BRC-03', 'BRC-01'] })).code).toBe(EXIT.well)
})

test('a fault of which nothing was told is not caught', async () => {
  expect((await called([], {}, 2)).code).toBe(EXIT.failed)
})

test('faults are chosen by their own name or by the requirement that they break', async () => {
  expect((await called(['--requirement', 'BRC-03'])).ran).toEqual(['forgets-queue', 'goes-negative'])
  expect((await called(['--fault', 'counts-twice,goes-negative'])).ran).toEqual(['counts-twice', 'goes-negative'])
})

test('the list says what the faults are, where they were reported and how they show, and runs none', async () => {
  const { code, out, ran } = await called(['--list', '--fault', 'counts-twice,goes-negative'])
  expect({ code, ran }).toEqual({ code: EXIT.well, ran: [] })
  expect(out).toBe(
    'BRC-01  counts-twice: A slip (gh-1), shown step by step by BRC-01.1\n    Nobody asks the\n    owner to merge.\n' +
      'BRC-03  goes-negative: A slip, shown in the race BRC-04.12\n    Nobody asks the\n    owner to merge.\n',
  )
})

test.for([
  [['--fault', 'count-twice'], 'there is no fault count-twice: did you mean counts-twice?'],
  [['--requirement', 'BRC-02'], 'no fault breaks BRC-02: did you mean BRC-01 or BRC-03?'],
] as const)('%s is refused', async ([words, message]) => {
  await expect(called(words)).rejects.toThrow(UsageError)
  await expect(called(words)).rejects.toThrow(message)
})
