import { describe, expect, test } from 'vitest'
import { BlockArena, FIRST_BLOCK } from '../../runtime/memory/arena.ts'
import { CACHE_LINE, CELL } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { scripted } from '../../testing/scripted.ts'
import { ASLEEP, BOARD_BYTES, Board, DISMISSED, HOST, READY, TIMED_OUT, WOKEN, WORKER } from './board.ts'
import { Dismissed, MemoryViolation, SteppedMemory } from './stepped-memory.ts'
import { unpack } from './trace.ts'

const BYTES = FIRST_BLOCK + 1024
const [AT, OTHER, REFUSALS] = [CACHE_LINE, 2 * CACHE_LINE, 4 * CACHE_LINE] as const
const SEAT = 1

/** An actor's memory, in which the cells from `AT` to `OTHER` were handed out. */
function anActor() {
  const onBoard = scripted(BOARD_BYTES)
  const board = new Board(onBoard)
  board.admit(SEAT)
  let said = 0
  const buffer = new SharedArrayBuffer(BYTES)
  const numbers = new Int32Array(BYTES)
  const onSleep = () => {
    said += 1
  }
  const memory = new SteppedMemory(buffer, new SharedArrayBuffer(BYTES / CELL), {
    board,
    seat: SEAT,
    process: 0,
    onSleep,
    refusals: REFUSALS,
    trace: numbers,
  })
  memory.expect(AT, OTHER - AT, 'live')
  memory.trace.take()
  const { turn, status } = board.seat(SEAT)
  return {
    memory,
    board,
    below: new SharedMemory(buffer),
    status: () => onBoard.get(status),
    saidSo: () => said,
    trace: () => unpack(numbers, memory.trace.take()),
    /** What the host does when it has the turn, before it gives it back. */
    meanwhile: (act: () => void) => {
      onBoard.before('load', turn, () => {
        expect(onBoard.get(turn)).toBe(HOST)
        act()
        onBoard.set(turn, WORKER)
      })
    },
  }
}

describe('what an actor does to memory that was handed out is noted, and done:', () => {
  const WRITES = {
    store: 7,
    storeRelease: 7,
    storeRelaxed: 7,
    set: 7,
    add: 12,
    or: 7,
    and: 1,
    exchange: 7,
  } as const

  test.for(Object.entries(WRITES) as [keyof typeof WRITES, number][])('%s', ([write, after]) => {
    const { memory, below, trace } = anActor()
    below.set(AT, 5)
    memory[write](AT, write === 'and' ? 3 : 7)
    expect([below.get(AT), trace()]).toEqual([after, [{ did: 'write', at: AT, from: 5, to: after }]])
  })

  test('not a write of what stands there already', () => {
    const { memory, below, trace } = anActor()
    below.set(AT, -1)
    memory.set(AT, 0xffff_ffff)
    memory.or(AT, 1)
    expect([below.get(AT), trace()]).toEqual([-1, []])
  })

  test('a compare-exchange, only if it stores', () => {
    const { memory, below, trace } = anActor()
    expect(memory.compareExchange(AT, 1, 2)).toBe(0)
    expect(trace()).toEqual([])
    expect(memory.compareExchange(AT, 0, 2)).toBe(0)
    expect([below.get(AT), trace()]).toEqual([2, [{ did: 'write', at: AT, from: 0, to: 2 }]])
  })

  test('of reads only the one that others order by', () => {
    const { memory, below, trace } = anActor()
    below.set(AT, 5)
    expect([memory.loadAcquire(AT), memory.loadRelaxed(AT), memory.get(AT)]).toEqual([5, 5, 5])
    expect(trace()).toEqual([])
    expect([memory.load(AT), trace()]).toEqual([5, [{ did: 'read', at: AT }]])
  })

  test('what memory is for from now on', () => {
    const { memory, trace } = anActor()
    memory.expect(AT, CELL, 'dead')
    expect(trace()).toEqual([{ did: 'expect', at: AT, access: 'dead' }])
  })
})

test('of the bookkeeping in front of the blocks only a refusal is noted', () => {
  const { memory, below, trace } = anActor()
  memory.set(OTHER, 5)
  memory.load(OTHER)
  expect([below.get(OTHER), trace()]).toEqual([5, []])
  memory.set(REFUSALS, 1)
  expect(trace()).toEqual([{ did: 'write', at: REFUSALS, from: 0, to: 1 }])
})

describe('memory that was freed', () => {
  const READS = ['load', 'loadAcquire', 'loadRelaxed', 'get'] as const

  test.for(READS)('is not read: %s', (read) => {
    const { memory } = anActor()
    memory.expect(AT, CELL, 'freed')
    expect(() => memory[read](AT)).toThrow(MemoryViolation)
    expect(() => memory.compareExchange(AT, 1, 2)).toThrow(MemoryViolation)
  })

  test.for(['freed', 'dead'] as const)('is not written: %s', (access) => {
    const { memory, below } = anActor()
    memory.expect(AT, CELL, access)
    expect(() => memory.store(AT, 1)).toThrow(MemoryViolation)
    expect(() => memory.compareExchange(AT, 0, 1)).toThrow(MemoryViolation)
    expect(() => memory.fill(AT - CELL, 3 * CELL, 1)).toThrow(MemoryViolation)
    expect([below.get(AT - CELL), below.get(AT)]).toEqual([0, 0])
  })

  test('is told by the name of its block, where it lies in one', () => {
    const { memory, below } = anActor()
    memory.expect(AT, CELL, 'freed')
    expect(() => memory.get(AT)).toThrow(new MemoryViolation(`read after it was freed: memory at ${AT}`))
    const arena = BlockArena.create(below, BYTES)
    const block = arena.allocate(40, 'free chunk')
    memory.expect(block, 40, 'freed')
    expect(() => memory.get(block + 2 * CELL)).toThrow(`read after it was freed: cell 2 of the free chunk at ${block}`)
    expect(() => memory.set(block, 1)).toThrow(`written after it was freed: cell 0 of the free chunk at ${block}`)
  })

  test('may be read while it is only dead', () => {
    const { memory } = anActor()
    memory.expect(AT, CELL, 'dead')
    expect(READS.map((read) => memory[read](AT))).toEqual([0, 0, 0, 0])
  })

  test('is as any other when it is handed out again', () => {
    const { memory, below } = anActor()
    memory.expect(AT, CELL, 'freed')
    memory.expect(AT, CELL, 'live')
    memory.store(AT, 1)
    expect(below.get(AT)).toBe(1)
  })
})

describe('an actor that would sleep', () => {
  test('does not if the cell has changed', () => {
    const { memory, saidSo, trace } = anActor()
    expect(memory.wait(AT, 1)).toBe('changed')
    expect([saidSo(), trace()]).toEqual([0, []])
  })

  test('says so, gives the turn to the host and goes on when it is told to', () => {
    const { memory, board, meanwhile, status, saidSo, trace } = anActor()
    meanwhile(() => {
      expect([status(), saidSo()]).toEqual([ASLEEP, 1])
      memory.notify(AT, 1)
      expect(status()).toBe(WOKEN)
      expect(board.next()).toBe(SEAT)
    })
    expect(memory.wait(AT, 0)).toBe('woken')
    expect([status(), trace()]).toEqual([READY, [{ did: 'sleep' }, { did: 'wake', seat: SEAT }]])
  })

  test('is told when its time was up', () => {
    const { memory, board, meanwhile, status } = anActor()
    meanwhile(() => {
      expect(board.earliest()).toEqual({ index: SEAT, at: 300 })
      board.expire(SEAT)
      expect(status()).toBe(TIMED_OUT)
    })
    expect(memory.wait(AT, 0, 300)).toBe('timed out')
  })

  test('gives up when its scenario is over', () => {
    const { memory, board, meanwhile } = anActor()
    meanwhile(() => board.memory.set(board.seat(SEAT).status, DISMISSED))
    expect(() => memory.wait(AT, 0)).toThrow(Dismissed)
  })
})

test('time is what the board says, and spinning does nothing', () => {
  const { memory, board, trace } = anActor()
  board.clock = 1234
  memory.pause()
  expect([memory.now(), trace()]).toEqual([1234, []])
})
