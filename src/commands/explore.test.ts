import { expect, test } from 'vitest'
import type { RaceResult } from '../protocol/messages.ts'
import { EXIT } from '../verdict/gate.ts'
import { exploreCommand } from './explore.ts'
import type { RaceParameters, RaceRun } from './race-runs.ts'
import type { Terminal } from './terminal.ts'

const REPLY: RaceResult = { how: 'explored', complete: true, schedules: 14, states: 145, steps: 1680, outcomes: [] }
const ran = (id: string, reply: Partial<RaceResult> = {}, failure?: string): RaceRun => ({
  id,
  exchange: { method: 'race', request: { programs: {}, observe: [] }, reply: { ...REPLY, ...reply } },
  failure,
  duration: 100,
})

/** Runs the command; the races come to `runs`. */
async function explored(runs: readonly RaceRun[], ...args: string[]) {
  let out = ''
  const asked: { ids: string[]; parameters: RaceParameters }[] = []
  const write = (text: string) => {
    out += text
  }
  const terminal: Terminal = {
    out: { write },
    err: { write: () => expect.unreachable() },
    live: false,
    color: false,
    width: 100,
    folder: '/',
  }
  const command = exploreCommand(async (cases, parameters, onRun) => {
    asked.push({ ids: cases.map((one) => one.case.id), parameters })
    for (const run of runs) onRun(run)
  })
  const code = await command.run(args, terminal)
  return { code, lines: out.split('\n'), asked }
}

test('each race is told with how much it was, and all of them together', async () => {
  const { code, lines } = await explored([ran('BRC-09.13'), ran('BRC-09.14', { schedules: 1234 })])
  expect(code).toBe(EXIT.well)
  expect(lines).toEqual([
    'race               orders     states        steps       time   verdict',
    'BRC-09.13              14        145        1,680     100 ms  complete',
    'BRC-09.14           1,234        145        1,680     100 ms  complete',
    '',
    '2 races, 1,248 orders, 3,360 steps, 16,800 steps in a second',
    '',
  ])
})

test('what went wrong is told under its race', async () => {
  const { code, lines } = await explored([ran('BRC-09.13', { complete: false }, 'freed: that is forbidden\nstep actor')])
  expect(code).toBe(EXIT.failed)
  expect(lines.slice(1, 4)).toEqual([
    'BRC-09.13              14        145        1,680     100 ms      fail',
    '  freed: that is forbidden',
    '  step actor',
  ])
})

test('a scenario that does not come as far as its race has failed', async () => {
  const { code, lines } = await explored([{ ...ran('BRC-09.13', {}, 'no'), exchange: undefined }])
  expect(code).toBe(EXIT.failed)
  expect(lines[1]).toBe('BRC-09.13               0          0            0     100 ms      fail')
})

test('orders that were left out are neither well nor wrong', async () => {
  const { code, lines } = await explored([ran('BRC-09.13', { complete: false })], '--bound', '2', '--budget', '2m')
  expect(code).toBe(EXIT.incomplete)
  expect(lines[1]).toContain('partly')
})

test('the races of the requirements that were asked for are run, as far as was asked for', async () => {
  const { asked } = await explored([], '--requirement', 'qsbr-02', '--bound', '0', '--budget', '500ms')
  expect(asked).toEqual([{ ids: ['QSBR-02.7'], parameters: { bound: 0, budget: 500 } }])
  const [all] = (await explored([])).asked
  expect(all?.parameters).toEqual({})
  expect(all?.ids.length).toBeGreaterThan(20)
})
