import { expect, test } from 'vitest'
import { begin, enter, QUIET } from '../../../testing/setting.ts'
import { createThread } from '../../interpreter/lifecycle.ts'
import { MERGE, request, SIGNALS } from '../../thread/requests.ts'
import { VERSION } from '../code/code-object.ts'
import { Event } from '../code/events.ts'
import { callbackAt, clearTool, eventSet, freeTool, registerCallback, restart, setEvents, useTool } from './tools.ts'
import { isCurrent, isUpToDate, isYounger, OutOfVersions, STEP, setVersion, versionAfter, versionOf } from './versions.ts'

const CODE_CELLS = VERSION + 4

/** One attached thread and one that is detached. */
function twoThreads() {
  const setting = begin()
  const [ben, ada] = [enter(setting), enter(setting)]
  ben.detach()
  const { tools } = setting.interpreter.code
  const version = (number: number) => setVersion(ada, number | 0)
  return { ...setting, ada, ben, tools, version, code: setting.runtime.allocate(1, CODE_CELLS, 'code') }
}

test('a tool is used by one at a time', () => {
  const { ada } = twoThreads()
  useTool(ada, 3)
  expect(() => useTool(ada, 3)).toThrow('tool 3 is already in use')
  freeTool(ada, 3)
  useTool(ada, 3)
  for (const tool of [-1, 6]) expect(() => useTool(ada, tool)).toThrow(`invalid tool ${tool} (must be between 0 and 5)`)
})

test('only a tool that is used can ask for events, and freeing one that is not does nothing', () => {
  const { ada } = twoThreads()
  expect(() => setEvents(ada, 3, 0)).toThrow('tool 3 is not in use')
  freeTool(ada, 3)
  expect(versionOf(ada)).toBe(0)
})

test('how calls end is told only to whoever is told of calls', () => {
  const { ada, memory, tools } = twoThreads()
  useTool(ada, 0)
  for (const events of [[Event.C_RETURN], [Event.C_RAISE, Event.CALL], [Event.C_RETURN, Event.C_RAISE]]) {
    expect(() => setEvents(ada, 0, eventSet(events))).toThrow('cannot set C_RETURN or C_RAISE events independently')
  }
  setEvents(ada, 0, eventSet([Event.C_RETURN, Event.C_RAISE, Event.CALL]))
  expect([memory.get(tools.everywhere + Event.CALL * 4), versionOf(ada)]).toEqual([1, STEP])
})

test('asking for the same again changes nothing', () => {
  const { ada } = twoThreads()
  useTool(ada, 0)
  setEvents(ada, 0, eventSet([Event.LINE]))
  setEvents(ada, 0, eventSet([Event.LINE]))
  expect(versionOf(ada)).toBe(STEP)
})

test('a callback takes the place of another, until the tool is cleared or freed', () => {
  const { ada, memory, tools } = twoThreads()
  useTool(ada, 5)
  expect([7, 8].map((callback) => registerCallback(ada, 5, Event.C_RAISE, callback))).toEqual([0, 7])
  clearTool(ada, 5)
  expect(memory.get(callbackAt(tools, 5, Event.C_RAISE))).toBe(0)
  expect(() => useTool(ada, 5)).toThrow('already in use')
  expect(() => registerCallback(ada, 6, Event.LINE, 1)).toThrow('invalid tool')
})

test('a new version reaches all threads, and leaves what is requested of them', () => {
  const { memory, ada, ben } = twoThreads()
  request(memory, ben.requests, MERGE)
  useTool(ada, 0)
  setEvents(ada, 0, eventSet([Event.RAISE]))
  expect([memory.get(ada.requests), memory.get(ben.requests)]).toEqual([STEP, STEP | MERGE])
})

test('so it does if something is requested just then', () => {
  const { memory, ada, ben } = twoThreads()
  const exchange = memory.compareExchange.bind(memory)
  memory.compareExchange = (at, expected, value) => {
    if (at === ben.requests && expected === 0) request(memory, ben.requests, SIGNALS)
    return exchange(at, expected, value)
  }
  useTool(ada, 0)
  setEvents(ada, 0, eventSet([Event.RAISE]))
  expect(memory.get(ben.requests)).toBe(STEP | SIGNALS)
})

test('a thread that is made later has the version too', () => {
  const { memory, runtime, interpreter, ada } = twoThreads()
  useTool(ada, 0)
  setEvents(ada, 0, eventSet([Event.RAISE]))
  expect(memory.get(createThread(ada, interpreter).base.requests)).toBe(STEP)
  const later = enter({ runtime, interpreter }, QUIET)
  expect(versionOf(later)).toBe(STEP)
})

test("code is current if its version is the thread's and nothing is requested", () => {
  const { memory, ada, code, version } = twoThreads()
  version(3 * STEP)
  expect([isUpToDate(ada, code), isCurrent(ada, code)]).toEqual([false, false])
  memory.set(code + VERSION, 3 * STEP)
  expect([isUpToDate(ada, code), isCurrent(ada, code)]).toEqual([true, true])
  request(memory, ada.requests, SIGNALS)
  expect([isUpToDate(ada, code), isCurrent(ada, code)]).toEqual([true, false])
})

test('versions are without sign, and do not begin again when they have been used up', () => {
  const { memory, ada, ben, tools, version } = twoThreads()
  const last = 2 ** 32 - STEP
  expect([isYounger(last | 0, STEP), isYounger(STEP, last | 0), isYounger(STEP, STEP)]).toEqual([true, false, false])
  useTool(ada, 0)
  version(last - STEP)
  setEvents(ada, 0, eventSet([Event.RAISE]))
  expect([memory.get(ben.requests), versionAfter(memory, tools, 0)]).toEqual([last | 0, last | 0])
  for (const change of [() => setEvents(ada, 0, 0), () => clearTool(ada, 0), () => restart(ada)]) {
    expect(change).toThrow(new OutOfVersions())
    expect([memory.get(tools.everywhere + Event.RAISE * 4), versionOf(ada), ben.isAttached]).toEqual([1, last | 0, false])
  }
  expect(ada.isInOwnPause).toBe(false)
})

test('a restart takes two versions, and is refused if only one is left', () => {
  const { ada, tools, memory, version } = twoThreads()
  version(2 ** 32 - 3 * STEP)
  restart(ada)
  expect([memory.get(tools.restart), versionOf(ada)]).toEqual([-2 * STEP, -STEP])
  version(2 ** 32 - 2 * STEP)
  expect(() => restart(ada)).toThrow(OutOfVersions)
})
