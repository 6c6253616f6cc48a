import { expect, test } from 'vitest'
import type { RaceResult } from '../protocol/messages.ts'
import { EXIT } from '../verdict/gate.ts'
import { exploreCommand } from './explore.ts'
import type { RaceParameters, RaceRun, RaceWatcher } from './race-runs.ts'
import type { Terminal } from './terminal.ts'

const REPLY: RaceResult = { how: 'explored', complete: true, schedules: 14, states: 145, steps: 1680, outcomes: [] }
const ran = (id: string, reply: Partial<RaceResult> = {}, failure?: string, bound?: number): RaceRun => ({
  id,
  exchange: {
    method: 'race',
    request: { programs: {}, observe: [], ...(bound !== undefined && { bound }) },
    reply: { ...REPLY, ...reply },
    duration: 100,
  },
  failure,
  duration: 170,
})

/** Runs the command; the races come to `runs`. */
async function explored(runs: readonly RaceRun[], args: readonly string[] = [], live = false) {
  let out = ''
  const asked: { ids: string[]; parameters: RaceParameters; watcher: RaceWatcher }[] = []
  const write = (text: string) => {
    out += text
  }
  const terminal: Terminal = { out: { write }, err: { write: () => expect.unreachable() }, live, color: live, width: 100, folder: '/' }
  const command = exploreCommand(async (cases, parameters, watcher) => {
    asked.push({ ids: cases.map((one) => one.case.id), parameters, watcher })
    for (const run of runs) {
      watcher.begin?.(run.id)
      watcher.progress?.({ schedules: 1, states: 2, steps: 3, depth: 4 })
      watcher.end(run)
    }
  })
  const code = await command.run(args, terminal)
  return { code, out, lines: out.split('\n'), asked }
}

const HEAD = 'race               orders     states        steps       time    steps/s   verdict'

test('each race is told with how much it was and how fast it went, and all of them together', async () => {
  const { code, lines } = await explored([ran('BRC-09.13'), ran('BRC-09.14', { schedules: 1234 })])
  expect(code).toBe(EXIT.well)
  expect(lines).toEqual([
    HEAD,
    'BRC-09.13              14        145        1,680     100 ms     16,800  complete',
    'BRC-09.14           1,234        145        1,680     100 ms     16,800  complete',
    '',
    '2 races, 1,248 orders, 3,360 steps, 16,800 steps in a second',
    'Complete: every order of all 2 was tried.',
    '',
  ])
})

test('what went wrong is told under its race', async () => {
  const { code, lines } = await explored([ran('BRC-09.13', { complete: false }, 'freed: that is forbidden\nstep actor')])
  expect(code).toBe(EXIT.failed)
  expect(lines.slice(1, 4)).toEqual([
    'BRC-09.13              14        145        1,680     100 ms     16,800      fail',
    '  freed: that is forbidden',
    '  step actor',
  ])
  expect(lines).toContain('Not complete: every order of 0 of 1 was tried; 1 failed.')
})

test('a scenario that does not come as far as its race has failed', async () => {
  const { code, lines } = await explored([{ ...ran('BRC-09.13', {}, 'no'), exchange: undefined, duration: 0 }])
  expect(code).toBe(EXIT.failed)
  expect(lines[1]).toBe('BRC-09.13               0          -            0       0 ms          0      fail')
})

test('orders that were left out are neither well nor wrong, and what left them out is told', async () => {
  const partly = (id: string, limitedBy?: RaceResult['limitedBy']) =>
    ran(id, { complete: false, ...(limitedBy && { limitedBy }) }, undefined, 2)
  const runs = [ran('A-1.1'), partly('A-1.2', 'bound'), partly('A-1.3', 'budget'), partly('A-1.4', 'size'), partly('A-1.5')]
  const { code, lines } = await explored(runs, ['--bound', '2', '--budget', '2m'])
  expect(code).toBe(EXIT.incomplete)
  expect(lines.slice(1, 6).map((line) => line.slice(72).trim())).toEqual(['complete', 'bound 2', 'budget', 'too large', 'partly'])
  expect(lines).toContain(
    'Not complete: every order of 1 of 5 was tried; 1 within bound 2 only, 1 until the budget was spent, 1 too large, 1 in part.',
  )
})

test('a bound that left nothing out is told too', async () => {
  const { code, lines } = await explored([ran('A-1.1')], ['--bound', '9'])
  expect(code).toBe(EXIT.well)
  expect(lines).toContain('Complete: every order of it was tried, bound 9 left nothing out.')
})

test('a bound that the scenario declares is told, is well, and is never called every order', async () => {
  const within = (id: string, bound: number) => ran(id, { complete: false, limitedBy: 'bound' }, undefined, bound)
  const runs = [within('A-1.1', 2), ran('A-1.2'), within('A-1.3', 1), within('A-1.4', 2)]
  const { code, lines } = await explored(runs)
  expect(code).toBe(EXIT.well)
  expect(lines.slice(1, 5).map((line) => line.slice(72).trim())).toEqual(['bound 2', 'complete', 'bound 1', 'bound 2'])
  expect(lines).toContain('Every order of 1 of 4 was tried; 1 within the declared bound 1, 2 within the declared bound 2.')
  const spent = await explored([within('A-1.1', 2), ran('A-1.2', { complete: false, limitedBy: 'budget' }, undefined, 2)])
  expect(spent.code).toBe(EXIT.incomplete)
  expect(spent.lines).toContain(
    'Not complete: every order of 0 of 2 was tried; 1 within the declared bound 2, 1 until the budget was spent.',
  )
})

test('orders that are drawn by lot are never complete', async () => {
  const runs = [ran('A-1.1', { how: 'sampled', complete: false })]
  const pct = await explored(runs, ['--sample', 'pct', '--schedules', '500', '--seed', '7'])
  expect(pct.code).toBe(EXIT.incomplete)
  expect(pct.lines[1]).toMatch(/ sampled$/)
  expect(pct.lines).toContain('Not complete: every order of 0 of 1 was tried; 1 sampled, by priorities of depth 3, seed 7.')
  expect(pct.asked[0]?.parameters).toEqual({ sample: { by: 'pct', depth: 3 }, repeat: 500, seed: '7' })
  const random = await explored(runs, ['--sample', 'random', '--budget', '1s'])
  expect(random.lines).toContain('Not complete: every order of 0 of 1 was tried; 1 sampled, any step equally likely, seed 1.')
  expect(random.asked[0]?.parameters).toEqual({ sample: { by: 'random' }, repeat: 10_000, seed: '1', budget: 1000 })
  expect((await explored(runs, ['--sample', 'pct:12'])).asked[0]?.parameters.sample).toEqual({ by: 'pct', depth: 12 })
})

test('the races of the requirements that were asked for are run, as far as was asked for', async () => {
  const { asked } = await explored([], ['--requirement', 'qsbr-02', '--bound', '0', '--budget', '500ms'])
  expect(asked).toMatchObject([{ ids: expect.arrayContaining(['QSBR-02.7']), parameters: { bound: 0, budget: 500 } }])
  const [all] = (await explored([])).asked
  expect(all?.parameters).toEqual({})
  expect(all?.ids.length).toBeGreaterThan(20)
})

test('a person sees how far it has come, and nobody is told who does not', async () => {
  const live = await explored([ran('BRC-09.13')], [], true)
  expect(live.out.slice(HEAD.length + 1).replaceAll('\r\u001B[2K', 'again')).toMatch(/^again1 of \d+: BRC-09\.13againBRC-09\.13 /)
  const piped = await explored([ran('BRC-09.13')])
  expect(piped.asked[0]?.watcher.progress).toBeUndefined()
  expect(piped.out).not.toContain('\u001B')
})
