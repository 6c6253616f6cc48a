import { describe, expect, test } from 'vitest'
import { formsIn, makeCode, makeFrame, type Parts } from '../../../testing/hand-made-code.ts'
import { begin, enter, QUIET } from '../../../testing/setting.ts'
import type { Embedder, Thread } from '../../interpreter/thread.ts'
import { type Address, CELL } from '../../memory/memory.ts'
import { Event } from '../code/events.ts'
import { OP } from '../compile/opcodes.ts'
import { counter, setCounter } from '../specialize/counter.ts'
import { fire, fireInstruction, fireLine, isAsked } from './fire.ts'
import { bringUpToDate } from './instrument.ts'
import { eventSet, registerCallback, restart, setEvents, useTool } from './tools.ts'
import type { News } from './watched.ts'

/** `while ...: f()`, more or less. */
const RESUME = 0
const LOAD = 1
const ADD = 2
const CALL = 4
const BACK = 8
const INSTRUCTIONS: Parts['instructions'] = [
  ['RESUME', 0, 1],
  ['LOAD_FAST', 0, 1],
  ['BINARY_OP', 0, 2],
  ['CALL', 0, 2],
  ['JUMP_BACKWARD', 7, 3],
  ['RETURN_VALUE', 0, null],
]

/** Ada runs a copy of her own, and has two tools; `answers` are what their callbacks do besides being logged. */
function aWatchedThread() {
  const setting = begin()
  const { memory } = setting
  const log: News[] = []
  const answers = new Map<number, (thread: Thread, news: News) => boolean>()
  const embedder: Embedder = {
    ...QUIET,
    tell: (thread, callback, news) => {
      log.push(news)
      return answers.get(callback)?.(thread, news) ?? false
    },
  }
  const ada = enter(setting, embedder)
  const made = makeCode(ada, { instructions: INSTRUCTIONS, copies: [5] })
  const frame = makeFrame(ada, made, 5)
  const [main, own] = made.copies as [Address, Address]
  memory.set(ada.own.frame, frame)
  for (const tool of [1, 2]) {
    useTool(ada, tool)
    for (const event of Object.values(Event)) registerCallback(ada, tool, event, tool)
  }
  const at = (offset: number) => own + offset * CELL
  return {
    ...setting,
    ada,
    made,
    frame,
    at,
    answers,
    watch: (tool: number, ...events: Event[]) => setEvents(ada, tool, eventSet(events)),
    fire: (event: Event, offset: number, details = {}) => fire(ada, frame, event, at(offset), details),
    line: (offset: number, previous: number) => fireLine(ada, frame, at(offset), at(previous)),
    instruction: (offset: number) => fireInstruction(ada, frame, at(offset)),
    /** What was told since it was asked last: tool, event and offset. */
    told: () => log.splice(0).map(({ tool, event, offset }) => [tool, event, offset]),
    news: () => log.splice(0),
    forms: () => {
      const forms = formsIn(memory, made, own)
      expect(formsIn(memory, made, main)).toEqual(forms)
      return forms
    },
    counter: (offset: number) => memory.get(at(offset + 1)),
    setCounter: (offset: number, word: number) => setCounter(memory, at(offset), word),
  }
}

describe('an event', () => {
  test('is told to those that ask for it, the highest number first, with all that is known of it', () => {
    const { watch, fire, news, made } = aWatchedThread()
    watch(1, Event.CALL)
    watch(2, Event.CALL)
    fire(Event.CALL, CALL, { callable: 64, argument: 128 })
    const told = { event: Event.CALL, code: made.code, offset: CALL, line: 2, callable: 64, argument: 128 }
    expect(news()).toEqual([
      { ...told, tool: 2 },
      { ...told, tool: 1 },
    ])
  })

  test('is not told to those that did not, nor to a tool without a callback', () => {
    const { ada, watch, fire, told } = aWatchedThread()
    watch(1, Event.CALL, Event.C_RETURN, Event.C_RAISE)
    watch(2, Event.JUMP, Event.CALL)
    registerCallback(ada, 2, Event.CALL, 0)
    fire(Event.CALL, CALL)
    expect(told()).toEqual([[1, Event.CALL, CALL]])
  })

  test('says where it leads if it is a jump, and has no line where there is none', () => {
    const { watch, fire, news } = aWatchedThread()
    watch(1, Event.JUMP, Event.RETURN)
    fire(Event.JUMP, BACK, { target: LOAD })
    fire(Event.RETURN, BACK + 2, { value: 64 })
    expect(news().map(({ line, target, value }) => [line, target, value])).toEqual([
      [3, LOAD, undefined],
      [undefined, undefined, 64],
    ])
  })

  test('of how a call ends goes to whoever was told of the call', () => {
    const { watch, fire, told } = aWatchedThread()
    watch(1, Event.CALL, Event.C_RETURN, Event.C_RAISE)
    fire(Event.C_RETURN, CALL)
    fire(Event.C_RAISE, CALL)
    expect(told()).toEqual([
      [1, Event.C_RETURN, CALL],
      [1, Event.C_RAISE, CALL],
    ])
  })

  test('of an exception is told wherever it happens, also where the code is not instrumented', () => {
    const { ada, watch, fire, told } = aWatchedThread()
    expect(isAsked(ada, Event.RAISE)).toBe(false)
    fire(Event.RAISE, ADD)
    watch(2, Event.RAISE)
    expect(isAsked(ada, Event.RAISE)).toBe(true)
    fire(Event.RAISE, ADD, { value: 64 })
    fire(Event.UNWIND, ADD)
    expect(told()).toEqual([[2, Event.RAISE, ADD]])
  })

  test('is told in terms of the main copy by a frame that runs that', () => {
    const { ada, made, watch, news } = aWatchedThread()
    const frame = makeFrame(ada, made)
    watch(1, Event.CALL)
    fire(ada, frame, Event.CALL, (made.copies[0] as Address) + CALL * CELL)
    expect(news()).toMatchObject([{ offset: CALL, line: 2 }])
  })
})

describe('a callback', () => {
  test('is not told of what it does itself', () => {
    const { watch, fire, line, instruction, told, answers, ada, made } = aWatchedThread()
    watch(1, Event.CALL, Event.LINE, Event.INSTRUCTION, Event.RAISE)
    watch(2, Event.CALL)
    const underneath: number[] = []
    answers.set(2, () => {
      fire(Event.CALL, CALL)
      fire(Event.RAISE, CALL)
      underneath.push(line(ADD, LOAD), instruction(ADD))
      expect(bringUpToDate(ada, made.code)).toBe(false)
      return false
    })
    fire(Event.CALL, CALL)
    expect([told(), underneath]).toEqual([
      [
        [2, Event.CALL, CALL],
        [1, Event.CALL, CALL],
      ],
      [OP.INSTRUMENTED_INSTRUCTION, OP.BINARY_OP],
    ])
  })

  test('that raises ends the event, and later events are told again', () => {
    const { watch, fire, told, answers } = aWatchedThread()
    watch(1, Event.CALL)
    watch(2, Event.CALL)
    answers.set(2, () => {
      throw new Error('of the callback')
    })
    for (const _ of [1, 2]) expect(() => fire(Event.CALL, CALL)).toThrow('of the callback')
    expect(told()).toEqual([
      [2, Event.CALL, CALL],
      [2, Event.CALL, CALL],
    ])
  })

  test('may have had enough: then no thread reports the event from that place, until tools are restarted', () => {
    const { ada, watch, fire, told, answers, forms } = aWatchedThread()
    watch(1, Event.CALL, Event.JUMP)
    answers.set(1, () => true)
    fire(Event.CALL, CALL)
    expect(forms().slice(3, 5)).toEqual(['CALL', 'INSTRUMENTED_JUMP_BACKWARD'])
    // Somebody may have fetched the instruction just before.
    fire(Event.CALL, CALL)
    expect(told()).toEqual([[1, Event.CALL, CALL]])
    restart(ada)
    expect(forms()[3]).toBe('INSTRUMENTED_CALL')
  })

  test('may have had enough for its own tool only', () => {
    const { watch, fire, told, answers, forms } = aWatchedThread()
    watch(1, Event.CALL)
    watch(2, Event.CALL)
    answers.set(2, () => true)
    for (const _ of [1, 2]) fire(Event.CALL, CALL)
    expect([told(), forms()[3]]).toEqual([
      [
        [2, Event.CALL, CALL],
        [1, Event.CALL, CALL],
        [1, Event.CALL, CALL],
      ],
      'INSTRUMENTED_CALL',
    ])
  })

  test.for([
    ['RAISE', Event.RAISE],
    ['RERAISE', Event.RERAISE],
    ['EXCEPTION_HANDLED', Event.HANDLED],
    ['PY_UNWIND', Event.UNWIND],
    ['PY_THROW', Event.THROW],
    ['C_RETURN', Event.C_RETURN],
    ['C_RAISE', Event.C_RAISE],
  ] as const)('cannot have had enough of %s: it is removed', ([name, event]) => {
    const { watch, fire, told, answers } = aWatchedThread()
    const ofCalls = [Event.CALL, Event.C_RETURN, Event.C_RAISE]
    for (const tool of [1, 2]) watch(tool, ...(event >= Event.C_RETURN ? ofCalls : [event]))
    answers.set(2, () => true)
    expect(() => fire(event, CALL)).toThrow(`ValueError: Cannot disable ${name} events. Callback removed.`)
    fire(event, CALL)
    expect(told()).toEqual([
      [2, event, CALL],
      [1, event, CALL],
    ])
  })

  test('is nothing to an embedder without tools', () => {
    const setting = begin()
    const ben = enter(setting)
    const made = makeCode(ben, { instructions: INSTRUCTIONS })
    useTool(ben, 0)
    registerCallback(ben, 0, Event.RAISE, 1)
    setEvents(ben, 0, eventSet([Event.RAISE]))
    expect(() => fire(ben, makeFrame(ben, made), Event.RAISE, made.copies[0] as Address)).not.toThrow()
  })
})

describe('a line', () => {
  test('is told when it is reached from another', () => {
    const { watch, line, told } = aWatchedThread()
    watch(1, Event.LINE)
    expect([line(ADD, LOAD), told()]).toEqual([OP.BINARY_OP, [[1, Event.LINE, ADD]]])
  })

  test('is told again when a loop comes back to it from another, and not from itself', () => {
    const { watch, line, told } = aWatchedThread()
    watch(1, Event.LINE)
    line(LOAD, BACK)
    line(LOAD, LOAD)
    expect(told()).toEqual([[1, Event.LINE, LOAD]])
  })

  test('is told at the beginning of a function, whatever the form of RESUME', () => {
    const { memory, made, watch, line, told } = aWatchedThread()
    watch(1, Event.LINE)
    for (const opcode of [OP.RESUME, OP.RESUME_CHECK, OP.INSTRUMENTED_RESUME]) {
      for (const copy of made.copies) memory.set(copy, opcode)
      line(LOAD, RESUME)
    }
    expect(told()).toEqual([1, 2, 3].map(() => [1, Event.LINE, LOAD]))
  })

  test('that a tool has had enough of is reported no more; what is under it stays', () => {
    const { watch, line, told, answers, forms } = aWatchedThread()
    watch(1, Event.LINE, Event.CALL)
    answers.set(1, () => true)
    expect([line(ADD, LOAD), line(ADD, LOAD), told()]).toEqual([OP.BINARY_OP, OP.BINARY_OP, [[1, Event.LINE, ADD]]])
    expect(forms().slice(2, 4)).toEqual(['BINARY_OP', 'INSTRUMENTED_CALL'])
  })

  test('goes on with the instruction that is reported too', () => {
    const { watch, line, instruction, told, answers, forms } = aWatchedThread()
    watch(1, Event.LINE, Event.INSTRUCTION)
    answers.set(1, (_thread, { event }) => event === Event.LINE)
    expect([line(ADD, LOAD), instruction(ADD), told()]).toEqual([
      OP.INSTRUMENTED_INSTRUCTION,
      OP.BINARY_OP,
      [
        [1, Event.LINE, ADD],
        [1, Event.INSTRUCTION, ADD],
      ],
    ])
    expect(forms()[2]).toBe('INSTRUMENTED_INSTRUCTION')
  })
})

describe('an instruction', () => {
  test('is told of, and goes on with the event that it is', () => {
    const { watch, instruction, told } = aWatchedThread()
    watch(1, Event.INSTRUCTION, Event.CALL)
    expect([instruction(CALL), told()]).toEqual([OP.INSTRUMENTED_CALL, [[1, Event.INSTRUCTION, CALL]]])
  })

  test('that a tool has had enough of is reported no more', () => {
    const { watch, instruction, told, answers, forms } = aWatchedThread()
    watch(1, Event.INSTRUCTION)
    answers.set(1, () => true)
    expect([instruction(LOAD), instruction(LOAD), told()]).toEqual([OP.LOAD_FAST, OP.LOAD_FAST, [[1, Event.INSTRUCTION, LOAD]]])
    expect(forms()[1]).toBe('LOAD_FAST')
  })
})

test('a covered instruction is never specialized: its counter cannot fire when it is its turn', () => {
  const thread = aWatchedThread()
  thread.watch(1, Event.LINE, Event.INSTRUCTION)
  for (const go of [() => thread.line(ADD, LOAD), () => thread.line(ADD, ADD), () => thread.instruction(ADD)]) {
    thread.setCounter(ADD, counter(0, 1))
    go()
    expect(thread.counter(ADD)).toBe(counter(1, 1))
  }
})
