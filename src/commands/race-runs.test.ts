import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import type { Progress } from '../explore/explore.ts'
import { parseFeature } from '../requirements/features.ts'
import { EXPLORING } from '../subject/reference/race.ts'
import { EXIT } from '../verdict/gate.ts'
import { ROOT } from './project.ts'
import { raceCases, whileWatched } from './race-runs.ts'

/** Programs start, under measurement: none of this is a gate, only a net. */
const LONG = 60_000

test('races are the scenarios whose actors race, with their rows', () => {
  const feature = parseFeature(
    `Feature: F
  @BRC-09
  Rule: R
    @BRC-09.1
    Example: No race
      When it happens
    @BRC-09.2
    Scenario Outline: <one>
      When these race:
        | <one> | detaches |
      Examples:
        | one |
        | Ada |
        | Ben |
`,
    'features/brc/f.feature',
  )
  expect(raceCases([feature]).map(({ case: { id }, file }) => [id, file])).toEqual([
    ['BRC-09.2#1', 'features/brc/f.feature'],
    ['BRC-09.2#2', 'features/brc/f.feature'],
  ])
})

test('whoever watches is told how far a race has come, and nothing once they are over', async () => {
  const told: Progress[] = []
  const come = { schedules: 1, states: 2, steps: 3, depth: 4 }
  await whileWatched({ progress: (progress) => told.push(progress) }, async () => EXPLORING.publish(come))
  expect(told).toEqual([come])
  const broken = whileWatched({ progress: (progress) => told.push(progress) }, () => Promise.reject(new Error('no')))
  await expect(broken).rejects.toThrow('no')
  expect(EXPLORING.hasSubscribers).toBe(false)
  await whileWatched({}, async () => expect(EXPLORING.hasSubscribers).toBe(false))
})

// The test runner keeps the steps it has loaded to itself, so a process can run scenarios only once. These are other processes.
describe('as a program', () => {
  const ftspec = async (...words: string[]) => {
    const child = spawn(process.execPath, [join(ROOT, 'src', 'main.ts'), ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    const code = new Promise((resolve) => child.on('close', resolve))
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { code: await code, out, err }
  }

  test('each race is told with what came of it, one line after the other', { timeout: LONG }, async () => {
    const { code, out, err } = await ftspec('explore', '--requirement', 'QSBR-02')
    expect({ code, err }).toEqual({ code: EXIT.well, err: '' })
    expect(out).toMatch(/^QSBR-02\.7 +\d+ +\d+ +\d+ +\d+ ms +[\d,]+ {2}complete$/m)
    const races = out.match(/^QSBR-02\.\d+ /gm)?.length
    expect(races).toBeGreaterThan(1)
    expect(out).toContain(`\nComplete: every order of all ${races} was tried.\n`)
    expect(out).not.toContain('\u001B')
  })

  test('what is drawn by lot is never complete', { timeout: LONG }, async () => {
    const { code, out } = await ftspec('explore', '--requirement', 'QSBR-02', '--sample', 'pct', '--schedules', '20', '--seed', '7')
    expect(code).toBe(EXIT.incomplete)
    expect(out).toMatch(/^QSBR-02\.7 +20 +- /m)
    const races = out.match(/^QSBR-02\.\d+ +20 +- /gm)?.length
    expect(out).toContain(`\nNot complete: every order of 0 of ${races} was tried; ${races} sampled, by priorities of depth 3, seed 7.\n`)
  })

  test('a race that cannot be run is told with the reason', { timeout: LONG }, async () => {
    const { code, err } = await ftspec('replay', 'THREAD-05.14:x1s9.nonsense')
    expect(code).toBe(EXIT.usage)
    expect(err).toContain('this cannot be replayed: the replay token is damaged')
  })
})
