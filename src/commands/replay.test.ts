import { expect, test } from 'vitest'
import type { RaceResult } from '../protocol/messages.ts'
import { EXIT } from '../verdict/gate.ts'
import type { RaceRun } from './race-runs.ts'
import { replayCommand } from './replay.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

const ORDER = [{ step: 1, actor: 'Ada', operation: 'load', at: 'it owner', read: '5760', guilty: false }]

/** Replays a token; the race comes to this. */
async function replayed(reply: Partial<RaceResult> | undefined, token = 'QSBR-02.7:x1s2.ab.1234') {
  let out = ''
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
  const whole: RaceResult = { how: 'explored', complete: false, schedules: 1, outcomes: [], ...reply }
  const exchange = reply && { method: 'race' as const, request: { programs: {}, observe: [] }, reply: whole }
  const run: RaceRun = { id: 'QSBR-02.7', exchange, failure: reply ? undefined : 'the token is damaged', duration: 1 }
  const asked: unknown[] = []
  const command = replayCommand(async (cases, parameters, { end }) => {
    asked.push(
      cases.map((one) => one.case.id),
      parameters,
    )
    end(run)
  })
  return { code: await command.run([token], terminal), out, asked }
}

test('the order is shown as a table, and how it ended', async () => {
  const { code, out, asked } = await replayed({ order: ORDER })
  expect(code).toBe(EXIT.well)
  expect(out).toBe(
    'step  actor  operation  where     read  wrote\n1     Ada    load       it owner  5760\n\nEvery actor came to its end.\n',
  )
  expect(asked).toEqual([['QSBR-02.7'], { order: 'x1s2.ab.1234' }])
})

test('an order in which something goes wrong says what', async () => {
  const { code, out } = await replayed({ failure: { kind: 'deadlock', message: 'nobody can go on' } })
  expect(code).toBe(EXIT.failed)
  expect(out).toBe('\nnobody can go on\n')
})

test('what cannot be replayed is wrong usage, with the reason', async () => {
  await expect(replayed(undefined)).rejects.toThrow(new UsageError('this cannot be replayed: the token is damaged'))
  await expect(replayed({}, 'QSBR-02.7')).rejects.toThrow(UsageError)
  await expect(replayed({}, 'QSBR-02.1:x1')).rejects.toThrow('there is no race QSBR-02.1')
})
