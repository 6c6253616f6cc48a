import { expect, test } from 'vitest'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { ASLEEP, BOARD_BYTES, Board, READY, SEATS, TIMED_OUT, WOKEN } from './board.ts'

function aBoard(seats = 4) {
  const board = new Board(new SharedMemory(new SharedArrayBuffer(BOARD_BYTES)))
  for (let index = 0; index < seats; index++) board.admit(index)
  return board
}

const ON = 128

test('every seat is on the board, and the board is large enough for all', () => {
  const board = aBoard(SEATS)
  const { address } = board.seat(SEATS - 1)
  board.sleep(SEATS - 1, 0, ON, 5)
  expect(address + 1).toBeLessThan(BOARD_BYTES)
  expect([...board.waiting(ASLEEP)]).toEqual([SEATS - 1])
})

test('those who sleep on a cell are woken in the order in which they fell asleep, as many as asked for', () => {
  const board = aBoard()
  for (const index of [2, 0, 3]) board.sleep(index, 0, ON, undefined)
  expect(board.wake(0, ON, 2)).toEqual([2, 0])
  expect([...board.waiting(WOKEN)]).toEqual([0, 2])
  expect(board.wake(0, ON, 9)).toEqual([3])
  expect(board.wake(0, ON, 1)).toEqual([])
})

test('nobody is woken who sleeps on another cell, or on the same cell of another process', () => {
  const board = aBoard()
  board.sleep(0, 0, ON, undefined)
  board.sleep(1, 0, ON + 4, undefined)
  board.sleep(2, 1, ON, undefined)
  expect(board.wake(0, ON, 9)).toEqual([0])
})

test('of those who may go on, the one told first is next', () => {
  const board = aBoard()
  expect(board.next()).toBeUndefined()
  for (const index of [0, 1, 2]) board.sleep(index, 0, ON + index, 10)
  board.expire(2)
  board.wake(0, ON + 1, 1)
  board.wake(0, ON, 1)
  const order = [0, 1, 2].map(() => {
    const next = board.next() as number
    return [next, board.take(next)]
  })
  expect(order).toEqual([
    [2, TIMED_OUT],
    [1, WOKEN],
    [0, WOKEN],
  ])
  expect(board.next()).toBeUndefined()
  expect([...board.waiting(READY)]).toEqual([0, 1, 2, 3])
})

test('the earliest end of a sleep is found, of two at the same time that of the longer sleep', () => {
  const board = aBoard()
  expect(board.earliest()).toBeUndefined()
  board.sleep(0, 0, ON, undefined)
  expect(board.earliest()).toBeUndefined()
  board.clock = 100
  board.sleep(1, 0, ON, 50)
  board.sleep(2, 0, ON, 20)
  expect(board.earliest()).toEqual({ index: 2, at: 120 })
  board.sleep(3, 0, ON, 20)
  expect(board.earliest()).toEqual({ index: 2, at: 120 })
  board.expire(2)
  expect(board.earliest()).toEqual({ index: 3, at: 120 })
})
