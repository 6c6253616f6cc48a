import { expect, test } from 'vitest'
import { beginPrograms, type Programs, programs } from '../../../testing/programs.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { collect } from '../../interpreter/collect.ts'
import { type Address, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { copiesOf } from '../code/copy-array.ts'
import { Event } from '../code/events.ts'
import { OP, opcodeOf } from '../compile/opcodes.ts'
import { eventSet, registerCallback, setEvents, useTool } from '../instrument/tools.ts'
import type { News } from '../instrument/watched.ts'
import { FUNCTION_CODE } from '../objects/function.ts'
import { raise } from '../objects/raise.ts'
import { HANDLERS } from './instructions/table.ts'

const TOOL = 1

/** A program whose tool is told of some events, and raises at those that it picks. */
function watched(events: readonly Event[], picks: (news: News) => boolean): Programs & { readonly heard: News[] } {
  const setting = beginPrograms()
  const heard: News[] = []
  const m = enter(setting, {
    ...QUIET,
    tell(thread, _callback, news) {
      heard.push(news)
      return picks(news) ? raise(thread, 'ValueError', 'the tool') : false
    },
  })
  const made = programs(setting, m)
  useTool(m, TOOL)
  for (const event of Object.values(Event)) registerCallback(m, TOOL, event, 1)
  const asked = eventSet(events)
  return {
    ...made,
    heard,
    run(source) {
      setEvents(m, TOOL, 0)
      made.run(source)
    },
    failure(source) {
      setEvents(m, TOOL, asked)
      return made.failure(source)
    },
  }
}

test.for([
  ['a call that succeeds', [Event.CALL], Event.C_RETURN, 'len("a")'],
  ['a call that fails', [Event.CALL], Event.C_RAISE, 'len(5)'],
  ['super, which it was told of', [Event.CALL], Event.C_RETURN, 'made.up()'],
  ['an exception', [Event.RAISE], Event.RAISE, 'len(5)'],
  ['the end of a frame', [Event.UNWIND], Event.UNWIND, 'fails()'],
  ['an exception that was raised again', [Event.RERAISE], Event.RERAISE, 'again()'],
  ['an exception that found its handler', [Event.HANDLED], Event.HANDLED, 'handles()'],
  ['an exception thrown into a generator', [Event.THROW], Event.THROW, 'throws()'],
  ['the end of a delegation', [Event.STOP_ITERATION], Event.STOP_ITERATION, 'list(delegates())'],
  ['what is returned', [Event.RETURN], Event.RETURN, 'fine()'],
  ['what is yielded', [Event.YIELD], Event.YIELD, 'list(count())'],
  ['a jump', [Event.JUMP], Event.JUMP, 'loops()'],
  ['a branch', [Event.BRANCH], Event.BRANCH, 'loops()'],
  ['a line', [Event.LINE], Event.LINE, 'fine()'],
  ['an instruction', [Event.INSTRUCTION], Event.INSTRUCTION, 'fine()'],
  ['a beginning', [Event.START], Event.START, 'fine()'],
  ['a resumption', [Event.RESUME], Event.RESUME, 'list(count())'],
] as const)('what a tool raises when it is told of %s takes the place of what was going on', ([, events, event, source]) => {
  const { run, failure, m, setting } = watched(events, (news) => news.event === event)
  run(`
class Base:
    pass
class Made(Base):
    def up(self):
        return super().__init__()
made = Made()
def fails():
    len(5)
def fine():
    return 1
def again():
    try:
        len(5)
    finally:
        pass
def handles():
    try:
        len(5)
    except TypeError:
        pass
def count():
    yield 1
def throws():
    it = count()
    next(it)
    it.throw(KeyError)
def delegates():
    yield from count()
def loops():
    for i in range(2):
        pass`)
  expect(failure(source)).toBe("ValueError('the tool')")
  // Nothing of what the tool interrupted is left.
  const left = () => {
    collect(m)
    return setting.runtime.inUse().objects
  }
  const before = left()
  expect(failure(source)).toBe("ValueError('the tool')")
  expect(left()).toBeLessThanOrEqual(before)
  setEvents(m, TOOL, 0)
})

test('a line that begins with a store is told of, also if the store was passed over until then', () => {
  const { run, failure, heard, look, m } = watched([Event.LINE], () => false)
  run(
    'def append(s, n):\n    for i in range(n):\n        (\n            s\n        ) = (\n            s + "b")\n    return s\nappend("", 5)',
  )
  expect(failure('append("", 3)')).toBe('nothing was raised')
  const stores = heard.filter(({ line }) => line === 4)
  expect(stores.length).toBeGreaterThanOrEqual(3)
  decref(m, look('append'))
})

test('a unit that is no instruction is not executed', () => {
  expect(() => HANDLERS[0]?.({ at: 8 } as never, 0)).toThrow('There is no instruction at 8')
})

test('code that begins within a callback keeps its long beginning, until it runs outside of one', () => {
  const setting = beginPrograms()
  let called: Address = NULL
  const m = enter(setting, {
    ...QUIET,
    tell(thread) {
      if (called !== NULL) decref(thread, thread.call(called, []))
      return false
    },
  })
  const { run, look } = programs(setting, m)
  run('def first():\n    return 1\ndef other():\n    return 2')
  useTool(m, TOOL)
  registerCallback(m, TOOL, Event.START, 1)
  setEvents(m, TOOL, eventSet([Event.START]))
  called = look('first')
  const code = m.memory.get(called + FUNCTION_CODE)
  const beginnings = () => copiesOf(m.memory, code).map((copy) => opcodeOf(m.memory.get(copy)))
  run('other()')
  expect(beginnings()).not.toContain(OP.RESUME_CHECK)
  called = NULL
  setEvents(m, TOOL, 0)
  run('first()')
  expect(beginnings()).toContain(OP.RESUME_CHECK)
})

test('what an embedder throws when a tool is to be told is no exception of the program', () => {
  const { run, failure } = watched([Event.RAISE], () => {
    throw new RangeError('the embedder is broken')
  })
  run('def fails():\n    len(5)')
  expect(() => failure('try:\n    fails()\nexcept BaseException:\n    pass')).toThrow(RangeError)
})

test('who comes later begins once, in a copy of its own; and what nobody asks for any more is told no longer', () => {
  const setting = beginPrograms()
  const heard: number[] = []
  const hearing = (name: number) => ({
    ...QUIET,
    tell() {
      heard.push(name)
      return false
    },
  })
  const m = enter(setting, hearing(1))
  const { run, look } = programs(setting, m)
  run('def first():\n    return 1')
  const first = look('first')
  const begins = (thread: typeof m) => decref(thread, thread.call(first, []))
  useTool(m, TOOL)
  registerCallback(m, TOOL, Event.START, 1)
  setEvents(m, TOOL, eventSet([Event.START]))
  begins(m)
  expect(heard).toEqual([1])
  const later = enter(setting, hearing(2))
  begins(later)
  expect(heard).toEqual([1, 2])
  later.detach()
  setEvents(m, TOOL, 0)
  begins(m)
  expect(heard).toEqual([1, 2])
})
