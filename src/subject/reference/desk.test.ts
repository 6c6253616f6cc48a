import { MessageChannel } from 'node:worker_threads'
import { afterAll, expect, test } from 'vitest'
import { DESK_BYTES, Desk } from './desk.ts'

const { port1, port2 } = new MessageChannel()
afterAll(() => port1.close())

/** Both sides of a desk. */
function sides() {
  const buffer = new SharedArrayBuffer(DESK_BYTES)
  return { host: new Desk<unknown, unknown>(buffer, port1), worker: new Desk<unknown, unknown>(buffer, port2) }
}

const memory = (index: number) => ({ index, buffer: new SharedArrayBuffer(8), states: new SharedArrayBuffer(2) })

test('what one side lays down the other takes, once', () => {
  const { host, worker } = sides()
  expect(worker.take()).toBeUndefined()
  host.put([{ do: 'größer als 😀' }])
  expect(worker.take()).toEqual([{ do: 'größer als 😀' }])
  expect([worker.take(), host.take()]).toEqual([undefined, undefined])
  worker.put({ did: 'end' })
  expect(host.take()).toEqual({ did: 'end' })
})

test('what is too long for the desk arrives all the same, and what comes after it too', () => {
  const { host, worker } = sides()
  const long = 'ä'.repeat(DESK_BYTES)
  host.put(long)
  expect(worker.take()).toBe(long)
  host.put('short')
  expect(worker.take()).toBe('short')
})

test('a memory is lent once, and is the same on both sides', () => {
  const { host, worker } = sides()
  const one = memory(1)
  host.lend(memory(0))
  host.lend(one)
  host.lend(one)
  host.put('x'.repeat(DESK_BYTES))
  new Int32Array(one.buffer)[0] = 7
  expect(new Int32Array(worker.memory(1).buffer)[0]).toBe(7)
  expect([worker.memory(0).index, worker.memory(1)]).toEqual([0, worker.memory(1)])
  expect(worker.take()).toHaveLength(DESK_BYTES)
})

test('a long message does not hide a memory that was lent before it', () => {
  const { host, worker } = sides()
  host.lend(memory(0))
  host.put('x'.repeat(DESK_BYTES))
  expect(worker.take()).toHaveLength(DESK_BYTES)
  expect(worker.memory(0).index).toBe(0)
})

test('a memory that was never lent is an error', () => {
  expect(() => sides().worker.memory(0)).toThrow('has not sent')
})

test('both sides see what is noted in the trace', () => {
  const { host, worker } = sides()
  worker.trace[5] = 3
  expect(host.trace[5]).toBe(3)
})
