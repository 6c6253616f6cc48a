import { expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { BYTES, begin, enter } from '../../testing/setting.ts'
import { NULL } from '../memory/memory.ts'
import { isLocked } from '../sync/mutex.ts'
import { handlePendingCalls } from './pending-calls.ts'
import { PENDING_CALLS, request, SIGNALS } from './requests.ts'

function twoThreads() {
  const setting = begin(scripted(BYTES))
  const { memory, interpreter } = setting
  const [ada, ben] = [enter(setting), enter(setting)]
  const calls = interpreter.pendingCalls
  const handle = (thread: typeof ada, act: () => boolean) => handlePendingCalls(thread.attached, calls, thread.record.base, act)
  const asked = (thread: typeof ada) => (memory.get(thread.record.base.requests) & PENDING_CALLS) !== 0
  const ask = (thread: typeof ada) => request(memory, thread.record.base.requests, PENDING_CALLS)
  return { memory, calls, ada, ben, handle, ask, asked }
}

test('a thread that handles them all is no longer asked, and leaves them to whoever comes next', () => {
  const { memory, calls, ada, ben, handle, ask, asked } = twoThreads()
  ask(ada)
  request(memory, ada.record.base.requests, SIGNALS)
  expect(handle(ada, () => true)).toBe(true)
  expect(memory.get(ada.record.base.requests)).toBe(SIGNALS)
  expect([memory.get(calls.handler), isLocked(memory, calls.mutex), asked(ada)]).toEqual([NULL, false, false])
  let handled = false
  handle(ben, () => {
    handled = true
    return true
  })
  expect(handled).toBe(true)
})

test('one thread handles them at a time: another leaves them to it, and asks it to look again', () => {
  const { memory, calls, ada, ben, handle, ask, asked } = twoThreads()
  ask(ada)
  ask(ben)
  handle(ada, () => {
    expect(memory.get(calls.handler)).toBe(ada.thread)
    expect(isLocked(memory, calls.mutex)).toBe(false)
    expect(asked(ada)).toBe(false)
    expect(handle(ben, () => expect.unreachable())).toBe(true)
    return true
  })
  expect([asked(ada), asked(ben)]).toEqual([true, false])
})

test('a thread that is asked while it handles them does not begin a second time, and is asked again', () => {
  const { ada, handle, ask, asked } = twoThreads()
  ask(ada)
  handle(ada, () => {
    expect(handle(ada, () => expect.unreachable())).toBe(true)
    return true
  })
  expect(asked(ada)).toBe(true)
})

test('calls that come in while they are handled are asked for again', () => {
  const { ada, handle, ask, asked } = twoThreads()
  handle(ada, () => {
    ask(ada)
    return true
  })
  expect(asked(ada)).toBe(true)
})

test('a failure is told, asks again, and lets another thread handle them', () => {
  const { memory, calls, ada, ben, handle, ask, asked } = twoThreads()
  ask(ada)
  expect(handle(ada, () => false)).toBe(false)
  expect([asked(ada), memory.get(calls.handler)]).toEqual([true, NULL])
  expect(handle(ben, () => true)).toBe(true)
})
