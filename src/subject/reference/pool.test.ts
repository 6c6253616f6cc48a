import { afterAll, beforeAll, expect, test } from 'vitest'
import { SEATS } from './board.ts'
import { Pool, type Seat } from './pool.ts'

let pool: Pool
beforeAll(() => {
  pool = new Pool()
})
afterAll(() => pool.end())

test('workers are reused from scenario to scenario', async () => {
  const seats = [await pool.seat(0), await pool.seat(1)]
  expect([await pool.seat(0), await pool.seat(1)]).toEqual(seats)
  expect(seats.map(({ index, dead }) => [index, dead])).toEqual([
    [0, undefined],
    [1, undefined],
  ])
})

test('more workers are started when more are wanted', async () => {
  const seats = []
  for (let index = 0; index < 5; index++) seats.push(await pool.seat(index))
  expect(seats.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4])
})

test('there are only so many seats', async () => {
  await expect(pool.seat(SEATS)).rejects.toThrow(RangeError)
})

test('a memory that is used again holds nothing', () => {
  const { buffer, states } = pool.memory(0)
  new Uint8Array(buffer).fill(7)
  new Uint8Array(states).fill(7)
  expect(pool.memory(0).buffer).toBe(buffer)
  expect([new Uint8Array(buffer), new Uint8Array(states)].map((bytes) => bytes.every((byte) => byte === 0))).toEqual([true, true])
})

test('a worker that has nothing to say gives the turn back', async () => {
  const seat = await pool.seat(0)
  expect(await seat.turn()).toBeUndefined()
})

test('a dead worker is replaced, and says why it is dead', async () => {
  const seat = await pool.seat(0)
  await seat.end()
  expect([seat.dead, await seat.turn()]).toEqual(['ended', undefined])
  const another = await pool.seat(0)
  expect(another).not.toBe(seat)
  expect(another.dead).toBeUndefined()
})

test('a worker that fails is dead, with the reason, and whoever waits for it is not kept waiting', async () => {
  const seat = await pool.seat(0)
  await fail(seat)
  expect(seat.dead).toContain('the other side has not sent what it said it would')
})

test('a worker that ends does not give back the turn of the one that sits there next', async () => {
  const first = await pool.seat(0)
  const ending = first.end()
  const second = await pool.seat(0)
  await ending
  await fail(second)
  expect(second.dead).toContain('the other side has not sent what it said it would')
})

/** Tells a worker what no host tells. */
async function fail(seat: Seat): Promise<void> {
  seat.post({ do: 'join', process: 0, name: 'Ada' } as never)
  await seat.turn()
}
