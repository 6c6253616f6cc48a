import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../testing/seeded.ts'
import { type Trace, TraceWriter, unpack } from './trace.ts'

const at = fc.nat({ max: 2 ** 20 }).map((cell) => cell * 4)
const entry: fc.Arbitrary<Trace> = fc.oneof(
  fc.record({ did: fc.constant('write' as const), at, from: fc.integer(), to: fc.integer() }),
  fc.record({ did: fc.constant('read' as const), at }),
  fc.record({ did: fc.constant('expect' as const), at, access: fc.constantFrom('live' as const, 'dead' as const, 'freed' as const) }),
  fc.constant({ did: 'sleep' as const }),
  fc.record({ did: fc.constant('wake' as const), seat: fc.nat(255) }),
  fc.record({ did: fc.constant('name' as const), key: fc.string(), at }),
  fc.record({ did: fc.constant('event' as const), event: fc.constant({ event: 'served' as const, request: 'merge' }) }),
)

function write(writer: TraceWriter, entry: Trace): void {
  if (entry.did === 'write') writer.wrote(entry.at, entry.from, entry.to)
  else if (entry.did === 'read') writer.read(entry.at)
  else if (entry.did === 'expect') writer.expected(entry.at, entry.access)
  else if (entry.did === 'sleep') writer.slept()
  else if (entry.did === 'wake') writer.woke(entry.seat)
  else writer.note(entry)
}

test('a trace comes out of its packed form as it went in, whatever room there is for it', () => {
  fc.assert(
    fc.property(fc.array(entry), fc.nat(40), (trace, room) => {
      const shared = new Int32Array(room)
      const writer = new TraceWriter(shared)
      for (const entry of trace) write(writer, entry)
      expect(unpack(shared, structuredClone(writer.take()))).toEqual(trace)
    }),
    SEEDED,
  )
})

test('what was taken is not told again', () => {
  const shared = new Int32Array(4)
  const writer = new TraceWriter(shared)
  writer.slept()
  expect(unpack(shared, writer.take())).toEqual([{ did: 'sleep' }])
  writer.read(4)
  expect(unpack(shared, writer.take())).toEqual([{ did: 'read', at: 4 }])
  expect(unpack(shared, writer.take())).toEqual([])
})
