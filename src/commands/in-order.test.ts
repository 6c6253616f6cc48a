import type { Envelope } from '@cucumber/messages'
import { expect, test } from 'vitest'
import { InOrder } from './in-order.ts'

const NOW = { seconds: 0, nanos: 0 }

const planned = (id: string): Envelope => ({ testCase: { id, pickleId: id, testSteps: [] } })
const begun = (id: string): Envelope => ({ testCaseStarted: { id: `run of ${id}`, testCaseId: id, attempt: 0, timestamp: NOW } })
const said = (id: string, body: string): Envelope => ({
  attachment: { body, contentEncoding: 'IDENTITY' as never, mediaType: 'text/plain', testCaseStartedId: `run of ${id}` },
})
const ended = (id: string): Envelope => ({
  testCaseFinished: { testCaseStartedId: `run of ${id}`, timestamp: NOW, willBeRetried: false },
})

/** What somebody hears who listens to these messages in order. */
function heard(envelopes: readonly Envelope[]): Envelope[] {
  const told: Envelope[] = []
  const inOrder = new InOrder((envelope) => told.push(envelope))
  for (const envelope of envelopes) inOrder.take(envelope)
  return told
}

const PLAN = ['a', 'b', 'c'].map(planned)

test('of scenarios one after the other everything is told at once', () => {
  const all = [...PLAN, begun('a'), said('a', '1'), ended('a'), begun('b'), ended('b')]
  expect(heard(all)).toEqual(all)
})

test('of scenarios side by side the first may speak, and what others say is told when it has ended', () => {
  const first = [...PLAN, begun('b'), begun('a'), said('b', '1'), said('a', '1'), said('b', '2'), ended('b'), begun('c')]
  expect(heard(first)).toEqual([...PLAN, begun('a'), said('a', '1')])
  const rest = [ended('a'), said('c', '1'), ended('c')]
  expect(heard([...first, ...rest])).toEqual([
    ...PLAN,
    ...[begun('a'), said('a', '1'), ended('a')],
    ...[begun('b'), said('b', '1'), said('b', '2'), ended('b')],
    ...[begun('c'), said('c', '1'), ended('c')],
  ])
})

test('what belongs to no scenario is told at once', () => {
  const runEnds: Envelope = { testRunFinished: { success: true, timestamp: NOW } }
  expect(heard([...PLAN, begun('b'), runEnds])).toEqual([...PLAN, runEnds])
})
