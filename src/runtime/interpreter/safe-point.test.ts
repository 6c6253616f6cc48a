import { describe, expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { BYTES, begin, enter } from '../../testing/setting.ts'
import { MEMORY } from '../heap/allocators.ts'
import { items } from '../reclaim/free-queue.ts'
import { advance, QsbrSlot } from '../reclaim/qsbr.ts'
import { COLD_CODE, COLLECT, DROP_LOCK, EXCEPTION, MERGE, PENDING_CALLS, request, SIGNALS, STOP } from '../thread/requests.ts'
import { ATTACHED, DETACHED } from '../thread/thread-state.ts'
import { safePoint, serveSignals } from './safe-point.ts'
import type { Embedder, Thread } from './thread.ts'

const IN_ORDER = [STOP, SIGNALS, PENDING_CALLS, MERGE, COLLECT, COLD_CODE, DROP_LOCK, EXCEPTION]
const OF_THE_EMBEDDER = [SIGNALS, PENDING_CALLS, COLD_CODE, DROP_LOCK, EXCEPTION]

/** One thread, what its embedder served, and which bits it fails to serve. */
function aThread() {
  const setting = begin(scripted(BYTES))
  const { memory } = setting
  const served: number[] = []
  const failing = new Set<number>()
  const handlers = new Map<number, (thread: Thread) => void>()
  const embedder: Embedder = {
    finalize: () => {},
    serve: (thread, bit) => {
      served.push(bit)
      handlers.get(bit)?.(thread)
      return !failing.has(bit)
    },
  }
  const ada = enter(setting, embedder)
  return {
    ...setting,
    ada,
    served,
    failing,
    handlers,
    ask: (...bits: number[]) => {
      for (const bit of bits) request(memory, ada.record.base.requests, bit)
    },
    asked: () => IN_ORDER.filter((bit) => (memory.get(ada.record.base.requests) & bit) !== 0),
  }
}

test('a safe point reports a quiescent state, whether or not anybody asks for anything', () => {
  const { memory, ada } = aThread()
  const goal = advance(memory, ada.qsbr)
  expect(safePoint(ada)).toEqual({ bits: [], failed: 0 })
  expect(memory.get(ada.slot() + QsbrSlot.offset.sequence)).toBe(goal)
})

test('requests are served in one order, whatever order they came in', () => {
  for (const order of [IN_ORDER, IN_ORDER.toReversed()]) {
    const { ada, ask, asked, served } = aThread()
    ask(...order)
    expect(safePoint(ada)).toEqual({ bits: IN_ORDER, failed: 0 })
    expect([asked(), served]).toEqual([[], OF_THE_EMBEDDER])
  }
})

test('a request that comes after the look waits for the next safe point', () => {
  const { ada, ask, asked, handlers } = aThread()
  handlers.set(SIGNALS, () => ask(MERGE))
  ask(SIGNALS)
  expect(safePoint(ada).bits).toEqual([SIGNALS])
  expect(asked()).toEqual([MERGE])
  expect(safePoint(ada).bits).toEqual([MERGE])
})

test('a request that is made again while it is served is not lost', () => {
  for (const bit of OF_THE_EMBEDDER) {
    const { ada, ask, asked, handlers } = aThread()
    handlers.set(bit, () => ask(bit))
    ask(bit)
    safePoint(ada)
    expect(asked()).toEqual([bit])
  }
})

describe('a failure', () => {
  test.for([SIGNALS, PENDING_CALLS])('of request %i ends the safe point, and all that was not served waits', (bit) => {
    const { ada, ask, asked, failing } = aThread()
    failing.add(bit)
    ask(...IN_ORDER)
    const before = IN_ORDER.slice(0, IN_ORDER.indexOf(bit) + 1)
    expect(safePoint(ada)).toEqual({ bits: before, failed: bit })
    expect(asked()).toEqual(IN_ORDER.slice(IN_ORDER.indexOf(bit)))
    failing.clear()
    expect(safePoint(ada).failed).toBe(0)
  })

  test.for([COLD_CODE, DROP_LOCK, EXCEPTION])('of request %i ends the safe point, and is not tried again', (bit) => {
    const { ada, ask, asked, failing } = aThread()
    failing.add(bit)
    ask(...IN_ORDER)
    expect(safePoint(ada).failed).toBe(bit)
    expect(asked()).toEqual(IN_ORDER.slice(IN_ORDER.indexOf(bit) + 1))
  })
})

test('signals can be served early, and a failure asks again', () => {
  const { ada, ask, asked, failing, served } = aThread()
  ask(SIGNALS, MERGE)
  expect(serveSignals(ada)).toBe(true)
  expect([asked(), served]).toEqual([[MERGE], [SIGNALS]])
  failing.add(SIGNALS)
  expect(serveSignals(ada)).toBe(false)
  expect(asked()).toEqual([SIGNALS, MERGE])
})

test('a request to collect frees what waits', () => {
  const { memory, ada, ask } = aThread()
  ada.freeDelayed(MEMORY, ada.allocate(8, 'raw'))
  ask(COLLECT)
  safePoint(ada)
  expect([...items(memory, ada.queue)]).toEqual([])
})

describe('a request to stop', () => {
  test('that is left over from a pause that is over costs a detach and an attach', () => {
    const { memory, ada, ask, asked } = aThread()
    const states: number[] = []
    memory.before('compareExchange', ada.record.base.state, () => states.push(memory.get(ada.record.base.state)))
    ask(STOP)
    safePoint(ada)
    expect([states, memory.get(ada.record.base.state), asked()]).toEqual([[DETACHED], ATTACHED, []])
  })

  test('is answered for the pause of all before that of the own interpreter', () => {
    const { memory, ada, ask, runtime, interpreter } = aThread()
    const { pauseOfAll } = runtime.record
    memory.set(pauseOfAll.countdown, 1)
    memory.set(interpreter.pause.countdown, 1)
    for (const pause of [pauseOfAll, interpreter.pause]) memory.store(pause.requested, 1)
    ask(STOP)
    expect(() => safePoint(ada)).toThrow(EndlessSleep)
    expect([memory.get(pauseOfAll.countdown), memory.get(interpreter.pause.countdown)]).toEqual([0, 1])
  })
})
