import { describe, expect, test } from 'vitest'
import { formsIn, makeCode, makeFrame, type Parts } from '../../../testing/hand-made-code.ts'
import { begin, enter } from '../../../testing/setting.ts'
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { CODE_MUTEX, MONITORING, VERSION } from '../code/code-object.ts'
import { Event, LOCAL_EVENTS } from '../code/events.ts'
import { carryInstrumentation, genericAt, monitoringBytes, placeOf, Reported } from '../code/monitoring.ts'
import { OP, UNDERLYING, withOpcode } from '../compile/opcodes.ts'
import { counter, setCounter, UNREACHABLE, WARM_UP } from '../specialize/counter.ts'
import { eventOf, instrumentedOf } from './forms.ts'
import { bringUpToDate } from './instrument.ts'
import { setTools, toolsAt, underneath } from './place.ts'
import { eventSet, freeTool, restart, setEvents, setLocalEvents, useTool } from './tools.ts'
import { STEP, versionOf } from './versions.ts'

/** `x + y` on one line, a call on the next, and the end. */
const ADD = 3
const CALL = 7
const RETURN = 13
const INSTRUCTIONS: Parts['instructions'] = [
  ['RESUME', 0, 1],
  ['LOAD_FAST', 0, 2],
  ['LOAD_FAST', 1],
  ['BINARY_OP', 0],
  ['STORE_FAST', 2],
  ['LOAD_FAST', 2, 3],
  ['CALL', 0],
  ['POP_TOP'],
  ['LOAD_CONST', 0, 4],
  ['RETURN_VALUE'],
]
const PLAIN = INSTRUCTIONS.map(([name]) => name)

/** The plain names, with others where they are given by place. */
const withForms = (forms: Readonly<Record<number, string>>): string[] => PLAIN.map((name, place) => forms[place] ?? name)
const LINES = { 1: 'INSTRUMENTED_LINE', 5: 'INSTRUMENTED_LINE', 8: 'INSTRUMENTED_LINE' }
const INSTRUCTIONS_REPORTED = Object.fromEntries(PLAIN.slice(1).map((_, place) => [place + 1, 'INSTRUMENTED_INSTRUCTION']))

/** Code of which two threads have copies, and two tools in use. */
function watchedCode(copies: readonly number[] = [1, 2]) {
  const setting = begin()
  const { memory } = setting
  const [ben, ada] = [enter(setting), enter(setting)]
  // A pause need not wait for him.
  ben.detach()
  const made = makeCode(ada, { instructions: INSTRUCTIONS, copies })
  for (const copy of made.copies) setCounter(memory, copy + ADD * CELL, counter(9, 2))
  useTool(ada, 1)
  useTool(ada, 2)
  return {
    ...setting,
    ...made,
    ada,
    ben,
    made,
    /** What stands in each copy, as far as they differ. */
    forms: () => {
      const all = made.copies.map((copy) => formsIn(memory, made, copy))
      for (const forms of all) expect(forms).toEqual(all[0])
      return all[0] as string[]
    },
    counters: (offset: number) => made.copies.map((copy) => memory.get(copy + (offset + 1) * CELL)),
    specialize: (copy: Address) => memory.set(copy + ADD * CELL, withOpcode(memory.get(copy + ADD * CELL), OP.BINARY_OP_ADD_INT)),
    told: (offset: number, kind: Reported) => toolsAt(memory, placeOf(memory, made.code, offset), kind),
    run: (by = ada) => {
      if (by === ben) ben.attach()
      const changed = bringUpToDate(by, made.code)
      if (by === ben) ben.detach()
      return changed
    },
  }
}

const set = eventSet

test('every instrumented form stands for an instruction that is an event', () => {
  for (const [instrumented, generic] of UNDERLYING) {
    expect(instrumentedOf(generic)).toBe(instrumented)
    expect(eventOf(generic, 0)).toBeLessThan(LOCAL_EVENTS)
  }
  expect([eventOf(OP.RESUME, 0), eventOf(OP.RESUME, 1), eventOf(OP.NOP, 0)]).toEqual([Event.START, Event.RESUME, undefined])
})

describe('code that begins to run', () => {
  test('is left as it is while nobody asks for anything', () => {
    const { run, memory, code, forms } = watchedCode()
    expect([run(), memory.get(code + MONITORING), forms()]).toEqual([false, NULL, PLAIN])
  })

  test('is brought up to date once, in all copies', () => {
    const { run, ada, ben, forms, memory, code } = watchedCode()
    setEvents(ada, 1, set([Event.LINE]))
    expect(forms()).toEqual(PLAIN)
    expect([run(ben), run(ada)]).toEqual([true, false])
    expect(forms()).toEqual(withForms(LINES))
    expect(memory.get(code + VERSION)).toBe(STEP)
  })

  test('needs nothing to be kept if only what is no longer asked for has changed', () => {
    const { run, ada, memory, code } = watchedCode()
    setEvents(ada, 1, set([Event.LINE]))
    setEvents(ada, 1, set([Event.RAISE]))
    expect([run(), run(), memory.get(code + MONITORING)]).toEqual([true, false, NULL])
  })

  test('is not looked at from within a callback', () => {
    const { run, ada, memory, forms } = watchedCode()
    setEvents(ada, 1, set([Event.LINE]))
    memory.set(ada.own.callbacks, 1)
    expect([run(), forms()]).toEqual([false, PLAIN])
  })

  test('fails to if there is no memory, and can be tried again', () => {
    const { run, ada, forms, memory, code } = watchedCode()
    setEvents(ada, 1, set([Event.LINE]))
    const allocate = ada.allocate.bind(ada)
    ada.allocate = () => NULL
    expect(run).toThrow(OutOfMemory)
    expect([forms(), memory.get(code + CODE_MUTEX), memory.get(code + MONITORING)]).toEqual([PLAIN, 0, NULL])
    ada.allocate = allocate
    expect([run(), forms()]).toEqual([true, withForms(LINES)])
  })

  test('keeps one block for everything, whatever is asked for', () => {
    const { run, ada, runtime, memory, code } = watchedCode()
    const before = runtime.inUse().memory
    setEvents(ada, 1, set([Event.LINE, Event.INSTRUCTION, Event.CALL]))
    run()
    setEvents(ada, 2, set([Event.LINE, Event.START]))
    run()
    expect(runtime.inUse().memory - before).toBe(1)
    expect(runtime.arena.block(memory.get(code + MONITORING)).bytes).toBeGreaterThanOrEqual(monitoringBytes(RETURN + 1))
  })
})

describe('what reports', () => {
  test.for([
    [Event.START, { 0: 'INSTRUMENTED_RESUME' }],
    [Event.RETURN, { 9: 'INSTRUMENTED_RETURN_VALUE' }],
    [Event.CALL, { 6: 'INSTRUMENTED_CALL' }],
    [Event.LINE, LINES],
    [Event.INSTRUCTION, INSTRUCTIONS_REPORTED],
    [Event.RESUME, {}],
  ] as const)('event %i stands in every copy, and goes again', ([event, forms]) => {
    const watched = watchedCode()
    setEvents(watched.ada, 1, set([event]))
    watched.run()
    expect(watched.forms()).toEqual(withForms(forms))
    setEvents(watched.ada, 1, 0)
    watched.run()
    expect(watched.forms()).toEqual(PLAIN)
  })

  test('covers what lies under it, and all of it is kept', () => {
    const { ada, run, forms, memory, code } = watchedCode()
    const LOAD = 5
    setEvents(ada, 1, set([Event.LINE, Event.INSTRUCTION, Event.CALL]))
    run()
    expect(forms()).toEqual(withForms({ ...INSTRUCTIONS_REPORTED, ...LINES }))
    const under = (offset: number, kind: typeof Reported.LINE | typeof Reported.INSTRUCTION) =>
      underneath(memory, placeOf(memory, code, offset), kind)
    expect(under(LOAD + 1, Reported.LINE)).toBe(OP.INSTRUMENTED_INSTRUCTION)
    expect(under(LOAD + 1, Reported.INSTRUCTION)).toBe(OP.LOAD_FAST)
    expect(under(CALL, Reported.INSTRUCTION)).toBe(OP.INSTRUMENTED_CALL)
    expect(genericAt(memory, code, CALL)).toBe(OP.CALL)
  })

  test('leaves what others are told of when one part goes: lines', () => {
    const { ada, run, forms } = watchedCode()
    setEvents(ada, 1, set([Event.LINE, Event.INSTRUCTION]))
    run()
    setEvents(ada, 1, set([Event.INSTRUCTION]))
    run()
    expect(forms()).toEqual(withForms(INSTRUCTIONS_REPORTED))
  })

  test('leaves what others are told of when one part goes: instructions', () => {
    const { ada, run, forms } = watchedCode()
    setEvents(ada, 1, set([Event.LINE, Event.INSTRUCTION, Event.RETURN]))
    run()
    setEvents(ada, 1, set([Event.LINE, Event.RETURN]))
    run()
    expect(forms()).toEqual(withForms({ ...LINES, 9: 'INSTRUMENTED_RETURN_VALUE' }))
  })

  test('stays while another tool asks for the same', () => {
    const { ada, run, forms, told } = watchedCode()
    setEvents(ada, 1, set([Event.CALL]))
    run()
    setEvents(ada, 2, set([Event.CALL]))
    run()
    expect(told(CALL, Reported.EVENT)).toBe(0b110)
    setEvents(ada, 1, 0)
    run()
    expect([told(CALL, Reported.EVENT), forms()]).toEqual([0b100, withForms({ 6: 'INSTRUMENTED_CALL' })])
  })

  test('goes to every tool that asks for instructions, whichever came first', () => {
    const { ada, run, told } = watchedCode()
    setEvents(ada, 1, set([Event.INSTRUCTION]))
    run()
    setEvents(ada, 2, set([Event.INSTRUCTION]))
    run()
    expect(told(ADD, Reported.INSTRUCTION)).toBe(0b110)
  })

  test('stands in the main copy where that is the only one', () => {
    const { ada, run, forms } = watchedCode([])
    setEvents(ada, 1, set([Event.CALL]))
    run()
    expect(forms()).toEqual(withForms({ 6: 'INSTRUMENTED_CALL' }))
  })

  test('stands also where the copies of threads have gaps between them', () => {
    const { ada, run, forms, copies } = watchedCode([3])
    setEvents(ada, 1, set([Event.CALL]))
    run()
    expect([copies.length, forms()]).toEqual([2, withForms({ 6: 'INSTRUMENTED_CALL' })])
  })
})

describe('specialized instructions', () => {
  test('keep their form while something else in the code is reported', () => {
    const { ada, run, memory, made, specialize, copies } = watchedCode()
    specialize(copies[1] as Address)
    setEvents(ada, 1, set([Event.LINE, Event.RETURN]))
    run()
    expect(copies.map((copy) => formsIn(memory, made, copy)[3])).toEqual(['BINARY_OP', 'BINARY_OP_ADD_INT', 'BINARY_OP'])
  })

  test('lose it to what is reported, and find themselves generic, with a counter that warms up', () => {
    const { ada, run, forms, copies, counters, specialize } = watchedCode()
    for (const copy of copies) specialize(copy)
    setEvents(ada, 1, set([Event.INSTRUCTION]))
    run()
    expect(forms()[3]).toBe('INSTRUMENTED_INSTRUCTION')
    expect(counters(ADD)).toEqual(copies.map(() => counter(9, 2)))
    setEvents(ada, 1, 0)
    run()
    expect(forms()[3]).toBe('BINARY_OP')
    expect(counters(ADD)).toEqual(copies.map(() => WARM_UP))
  })

  test('warm up when the instruction itself is reported', () => {
    const { ada, run, counters, copies } = watchedCode()
    setEvents(ada, 1, set([Event.CALL]))
    run()
    expect(counters(CALL)).toEqual(copies.map(() => WARM_UP))
  })

  test('never warm up where their counters can never fire', () => {
    const { ada, run, memory, copies, counters } = watchedCode([])
    setCounter(memory, (copies[0] as Address) + ADD * CELL, UNREACHABLE)
    for (const asked of [[Event.LINE, Event.INSTRUCTION], [], [Event.INSTRUCTION], []]) {
      setEvents(ada, 1, set(asked))
      run()
      expect(counters(ADD)).toEqual([UNREACHABLE])
    }
  })

  test('a history of branches is no counter', () => {
    const { ada, memory } = watchedCode()
    const made = makeCode(ada, { instructions: [['RESUME', 0, 1], ['POP_JUMP_IF_TRUE', 0], ['NOP']] })
    const history = (made.copies[0] as Address) + 2 * CELL
    memory.set(history, 0x5555)
    setEvents(ada, 1, set([Event.BRANCH]))
    bringUpToDate(ada, made.code)
    setEvents(ada, 1, 0)
    bringUpToDate(ada, made.code)
    expect(memory.get(history)).toBe(0x5555)
  })
})

describe('a new copy', () => {
  const newCopy = ({ ada }: ReturnType<typeof watchedCode>): Address =>
    makeCode(ada, { instructions: INSTRUCTIONS, copies: [1] }).copies[1] as Address

  test('reports what the others report', () => {
    const watched = watchedCode()
    const { memory, ada, run, made } = watched
    setEvents(ada, 1, set([Event.LINE, Event.CALL]))
    run()
    const copy = newCopy(watched)
    carryInstrumentation(memory, made.code, copy)
    expect(formsIn(memory, made, copy)).toEqual(withForms({ ...LINES, 6: 'INSTRUMENTED_CALL' }))
  })

  test('reports nothing that the others report no more, and takes over no specialization', () => {
    const watched = watchedCode()
    const { memory, ada, run, made, code, specialize } = watched
    setEvents(ada, 1, set([Event.LINE]))
    run()
    setTools(memory, code, 1, Reported.LINE, 0)
    specialize(made.copies[0] as Address)
    const copy = newCopy(watched)
    carryInstrumentation(memory, made.code, copy)
    expect(formsIn(memory, made, copy)).toEqual(withForms({ 5: 'INSTRUMENTED_LINE', 8: 'INSTRUMENTED_LINE' }))
  })

  test('is generic where nobody ever asked for anything', () => {
    const watched = watchedCode()
    const { memory, made, specialize } = watched
    specialize(made.copies[0] as Address)
    const copy = newCopy(watched)
    carryInstrumentation(memory, made.code, copy)
    expect(formsIn(memory, made, copy)).toEqual(PLAIN)
    expect(genericAt(memory, made.code, ADD)).toBe(OP.BINARY_OP)
  })
})

describe('what is running', () => {
  test('is brought up to date at once, on all threads, with the callers of what runs innermost', () => {
    const { memory, ada, ben, made, forms } = watchedCode()
    const inner = makeCode(ada, { instructions: INSTRUCTIONS })
    const idle = makeCode(ada, { instructions: INSTRUCTIONS })
    const outer = makeFrame(ada, made, 1)
    memory.set(ben.own.frame, makeFrame(ada, inner, 0, makeFrame(ada, inner, 0, outer)))
    setEvents(ada, 1, set([Event.LINE]))
    expect(forms()).toEqual(withForms(LINES))
    expect(formsIn(memory, inner, inner.copies[0] as Address)).toEqual(withForms(LINES))
    expect(formsIn(memory, idle, idle.copies[0] as Address)).toEqual(PLAIN)
    expect(versionOf(ben)).toBe(versionOf(ada))
  })
})

describe('in one code object', () => {
  test('nothing is reported if it never begins', () => {
    const { ada, memory } = watchedCode()
    const made = makeCode(ada, { instructions: [['NOP'], ['RETURN_VALUE']] })
    setLocalEvents(ada, made.code, 1, set([Event.LINE, Event.INSTRUCTION, Event.RETURN]))
    expect(formsIn(memory, made, made.copies[0] as Address)).toEqual(['NOP', 'RETURN_VALUE'])
  })

  test('events are asked for at once, besides those that are asked for everywhere', () => {
    const { ada, code, forms, run, memory, told } = watchedCode()
    setEvents(ada, 1, set([Event.RETURN]))
    const version = versionOf(ada)
    setLocalEvents(ada, code, 2, set([Event.RETURN, Event.CALL]))
    expect(forms()).toEqual(withForms({ 6: 'INSTRUMENTED_CALL', 9: 'INSTRUMENTED_RETURN_VALUE' }))
    expect([told(RETURN, Reported.EVENT), versionOf(ada), memory.get(code + VERSION), run()]).toEqual([0b110, version, version, false])
    setLocalEvents(ada, code, 2, 0)
    expect(forms()).toEqual(withForms({ 9: 'INSTRUMENTED_RETURN_VALUE' }))
  })

  test('nothing is touched if they are asked for already', () => {
    const { ada, code, copies, counters, memory } = watchedCode()
    setLocalEvents(ada, code, 1, set([Event.CALL]))
    for (const copy of copies) setCounter(memory, copy + CALL * CELL, counter(7, 3))
    setLocalEvents(ada, code, 1, set([Event.CALL]))
    expect(counters(CALL)).toEqual(copies.map(() => counter(7, 3)))
    restart(ada)
    bringUpToDate(ada, code)
    expect(counters(CALL)).toEqual(copies.map(() => WARM_UP))
  })

  test('of events that come with calls only calls are kept', () => {
    const { ada, code, forms } = watchedCode()
    setLocalEvents(ada, code, 1, set([Event.CALL, Event.C_RETURN, Event.C_RAISE]))
    expect(forms()).toEqual(withForms({ 6: 'INSTRUMENTED_CALL' }))
  })

  test('events of exceptions cannot be asked for', () => {
    const { ada, code } = watchedCode()
    expect(() => setLocalEvents(ada, code, 1, set([Event.RAISE]))).toThrow('invalid local event set 0x400')
  })

  test('nothing changes if there is no memory', () => {
    const { ada, code, forms, memory } = watchedCode()
    ada.allocate = () => NULL
    expect(() => setLocalEvents(ada, code, 1, set([Event.CALL]))).toThrow(OutOfMemory)
    expect([forms(), memory.get(code + MONITORING)]).toEqual([PLAIN, NULL])
  })
})

describe('what a tool has had enough of', () => {
  /** A call that tool 1 has had enough of. */
  function disabled(ask: (watched: ReturnType<typeof watchedCode>) => void) {
    const watched = watchedCode()
    ask(watched)
    watched.run()
    setTools(watched.memory, watched.code, CALL, Reported.EVENT, 0)
    return { ...watched, reports: () => watched.forms()[6] === 'INSTRUMENTED_CALL' }
  }
  const everywhere = () => disabled(({ ada }) => setEvents(ada, 1, set([Event.CALL])))
  const here = () => disabled(({ ada, code }) => setLocalEvents(ada, code, 1, set([Event.CALL])))

  test.for([everywhere, here])('stays away until tools are restarted, whatever other tools ask for', (make) => {
    const { ada, run, told, reports } = make()
    setEvents(ada, 2, set([Event.CALL, Event.LINE]))
    run()
    expect([told(CALL, Reported.EVENT), reports()]).toEqual([0b100, true])
    setEvents(ada, 2, 0)
    run()
    expect(reports()).toBe(false)
    restart(ada)
    expect([reports(), run(), reports(), told(CALL, Reported.EVENT)]).toEqual([false, true, true, 0b010])
  })

  test('stays away if the code was brought up to date after the restart, until the next', () => {
    const { ada, run, memory, code, reports } = everywhere()
    restart(ada)
    run()
    setTools(memory, code, CALL, Reported.EVENT, 0)
    setEvents(ada, 2, set([Event.LINE]))
    run()
    expect(reports()).toBe(false)
  })

  test('comes again in running code at once', () => {
    const { ada, memory, made, reports } = everywhere()
    memory.set(ada.own.frame, makeFrame(ada, made))
    restart(ada)
    expect(reports()).toBe(true)
  })

  test('is not passed on to whoever takes the tool next, though nobody has run the code meanwhile', () => {
    const { ada, run, reports } = everywhere()
    freeTool(ada, 1)
    useTool(ada, 1)
    setEvents(ada, 1, set([Event.CALL]))
    run()
    expect(reports()).toBe(true)
  })

  test('nor is what was asked for in one code object', () => {
    const { ada, code, run, forms, reports } = here()
    setLocalEvents(ada, code, 1, set([Event.CALL, Event.LINE]))
    expect(reports()).toBe(false)
    freeTool(ada, 1)
    useTool(ada, 1)
    expect([run(), forms()]).toEqual([true, PLAIN])
    setLocalEvents(ada, code, 1, set([Event.CALL]))
    expect(forms()).toEqual(withForms({ 6: 'INSTRUMENTED_CALL' }))
  })

  test('nor even if it asks for something else there first', () => {
    const { ada, code, forms } = here()
    freeTool(ada, 1)
    useTool(ada, 1)
    setLocalEvents(ada, code, 1, set([Event.RETURN]))
    expect(forms()).toEqual(withForms({ 9: 'INSTRUMENTED_RETURN_VALUE' }))
  })
})
