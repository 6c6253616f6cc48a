/** Tools against threads that run, specialize, copy and begin: every order of their operations. */
import { expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import { formsIn, type HandMade, makeCode, makeFrame, type Parts } from '../../../testing/hand-made-code.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { createThread } from '../../interpreter/lifecycle.ts'
import type { InterpreterRecord } from '../../interpreter/records.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { type Embedder, sleeper, type Thread } from '../../interpreter/thread.ts'
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { COPIES } from '../code/code-object.ts'
import { copiesOf, entryAt, FIRST_SIZE } from '../code/copy-array.ts'
import { Event } from '../code/events.ts'
import { OP } from '../compile/opcodes.ts'
import { obtainCopy } from '../copies/copies.ts'
import { deoptimize, specialize } from '../specialize/change-opcode.ts'
import { backoffOf, counter, remaining, setCounter } from '../specialize/counter.ts'
import { fire, fireLine } from './fire.ts'
import { bringUpToDate } from './instrument.ts'
import { eventSet, registerCallback, setEvents, useTool } from './tools.ts'
import { versionOf } from './versions.ts'

const BYTES = 1 << 16
const INSTRUCTIONS: Parts['instructions'] = [
  ['RESUME', 0, 1],
  ['BINARY_OP', 0, 2],
  ['RETURN_VALUE', 0, 2],
]
const ADD = 1
const RETURN = 3

interface Stage {
  readonly runtime: Runtime
  readonly interpreter: InterpreterRecord
  readonly ada: Thread
  readonly ben: Thread
  readonly made: HandMade
  /** Ben's copy, its addition, and a frame of his that runs it. */
  readonly copy: Address
  readonly add: Address
  readonly frame: Address
}

type Act = (stage: Stage) => unknown

/** Tools have had enough of everything that they are told; those whose callback is a thread only on that one. */
const ENOUGH: Embedder = { ...QUIET, tell: ({ thread }, callback) => callback === EVERYWHERE || callback === thread }
const EVERYWHERE = 1

/**
 * All outcomes of what two threads do.
 * @param prepare what Ada did before; she is alone then.
 * @param preemptions in one order, where there are too many orders for all.
 */
function outcomes(prepare: Act, acts: readonly Act[], observe: (stage: Stage) => string, preemptions?: number): string[] {
  const exploration = explore<Stage>(
    {
      bytes: BYTES,
      setup: (memory) => {
        const runtime = Runtime.create(memory, BYTES)
        const interpreter = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
        const [ada, ben] = [enter({ runtime, interpreter }, ENOUGH), enter({ runtime, interpreter }, ENOUGH)]
        ben.detach()
        const made = makeCode(ada, { instructions: INSTRUCTIONS, copies: [1] })
        const copy = made.copies[1] as Address
        const stage = { runtime, interpreter, ada, ben, made, copy, add: copy + ADD * CELL, frame: makeFrame(ada, made, 1) }
        for (const each of made.copies) setCounter(memory, each + ADD * CELL, counter(0, 1))
        useTool(ada, 1)
        for (const event of [Event.LINE, Event.RETURN]) registerCallback(ada, 1, event, EVERYWHERE)
        prepare(stage)
        ben.attach()
        return stage
      },
      bodies: acts.map((act) => (_memory, stage) => act(stage)),
      observe: (_memory, _results, stage) => observe(stage),
    },
    preemptions === undefined ? {} : { preemptions },
  )
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.why).toBe(preemptions === undefined ? undefined : 'preemptions')
  return [...exploration.outcomes.keys()].sort()
}

const nothing: Act = () => {}
const watch =
  (...events: Event[]): Act =>
  ({ ada }) =>
    setEvents(ada, 1, eventSet(events))

const instruments: Act = ({ ada, made }) => bringUpToDate(ada, made.code)
const copies: Act = ({ ben, made }) => obtainCopy(ben, made.code)

/** The forms in the main copy, and in others where they differ from it. */
function forms({ runtime: { memory }, made }: Stage): string {
  const all = [...copiesOf(memory, made.code)].map((copy) => formsIn(memory, made, copy).slice(1).join(' '))
  return [...new Set(all)].join(' / ')
}

const howMany = (stage: Stage) => `${[...copiesOf(stage.runtime.memory, stage.made.code)].length} copies: ${forms(stage)}`

const counterOf = ({ runtime: { memory }, add }: Stage): string => {
  const word = memory.get(add + CELL)
  return `(${remaining(word)}, ${backoffOf(word)})`
}

test('of two threads that begin to run outdated code together one brings it up to date, and both find it so', () => {
  const begins =
    (by: 'ada' | 'ben'): Act =>
    (stage) => {
      bringUpToDate(stage[by], stage.made.code)
      expect(forms(stage)).toBe('INSTRUMENTED_LINE RETURN_VALUE')
    }
  const blocks = ({ runtime }: Stage) => runtime.inUse().memory
  const before: number[] = []
  const prepare: Act = (stage) => {
    watch(Event.LINE)(stage)
    before[0] = blocks(stage)
  }
  expect(
    outcomes(prepare, [begins('ada'), begins('ben')], (stage) => `${forms(stage)}, ${blocks(stage) - (before[0] as number)} made`),
  ).toEqual(['INSTRUMENTED_LINE RETURN_VALUE, 1 made'])
})

test('what is instrumented while its owner specializes it stays instrumented in all copies', () => {
  const specializes: Act = ({ runtime: { memory }, add }) => specialize(memory, add, OP.BINARY_OP_ADD_INT)
  expect(outcomes(watch(Event.LINE), [instruments, specializes], (stage) => `${forms(stage)} ${counterOf(stage)}`)).toEqual([
    'INSTRUMENTED_LINE RETURN_VALUE (0, 1)',
    'INSTRUMENTED_LINE RETURN_VALUE (52, 0)',
  ])
})

test('so does what is instrumented while its owner makes it generic', () => {
  const deoptimizes: Act = ({ runtime: { memory }, add }) => deoptimize(memory, add)
  expect(outcomes(watch(Event.INSTRUCTION), [instruments, deoptimizes], (stage) => `${forms(stage)} ${counterOf(stage)}`)).toEqual([
    'INSTRUMENTED_INSTRUCTION INSTRUMENTED_INSTRUCTION (0, 1)',
    'INSTRUMENTED_INSTRUCTION INSTRUMENTED_INSTRUCTION (3, 2)',
  ])
})

test('what a tool has had enough of while its owner specializes it ends up generic or specialized, never torn or lost', () => {
  const prepare: Act = (stage) => {
    watch(Event.LINE)(stage)
    bringUpToDate(stage.ada, stage.made.code)
  }
  // Ada runs the main copy.
  const disables: Act = ({ ada, made }) => {
    const main = made.copies[0] as Address
    return fireLine(ada, makeFrame(ada, made), main + ADD * CELL, main)
  }
  const specializes: Act = ({ runtime: { memory }, add }) => specialize(memory, add, OP.BINARY_OP_ADD_INT)
  expect(outcomes(prepare, [disables, specializes], (stage) => `${forms(stage)} ${counterOf(stage)}`)).toEqual([
    'BINARY_OP RETURN_VALUE (1, 1)',
    'BINARY_OP RETURN_VALUE / BINARY_OP_ADD_INT RETURN_VALUE (1, 1)',
    'BINARY_OP RETURN_VALUE / BINARY_OP_ADD_INT RETURN_VALUE (52, 0)',
  ])
})

test('two tools may have had enough of one place at once, on two threads', () => {
  const prepare: Act = (stage) => {
    useTool(stage.ada, 2)
    for (const tool of [1, 2]) setEvents(stage.ada, tool, eventSet([Event.RETURN]))
    // Each thread runs the callback of one tool.
    registerCallback(stage.ada, 1, Event.RETURN, stage.ada.thread)
    registerCallback(stage.ada, 2, Event.RETURN, stage.ben.thread)
    bringUpToDate(stage.ada, stage.made.code)
  }
  const returns =
    (by: 'ada' | 'ben'): Act =>
    ({ frame, copy, ...stage }) =>
      fire(stage[by], frame, Event.RETURN, copy + RETURN * CELL)
  expect(outcomes(prepare, [returns('ada'), returns('ben')], forms)).toEqual(['BINARY_OP RETURN_VALUE'])
})

test('a copy that is made while the others are instrumented is instrumented as they are', () => {
  const prepare: Act = (stage) => {
    const { runtime, made } = stage
    runtime.memory.set(entryAt(runtime.memory.get(made.code + COPIES), 1), NULL)
    watch(Event.LINE)(stage)
  }
  expect(outcomes(prepare, [instruments, copies], howMany)).toEqual(['2 copies: INSTRUMENTED_LINE RETURN_VALUE'])
})

test('so is one for which the array grows', () => {
  const prepare: Act = (stage) => {
    watch(Event.LINE)(stage)
    stage.runtime.memory.set(stage.ben.own.index, FIRST_SIZE)
  }
  expect(outcomes(prepare, [instruments, copies], howMany)).toEqual(['3 copies: INSTRUMENTED_LINE RETURN_VALUE'])
})

test('a thread that is made while the version changes has the new one', () => {
  // Detached, so that the pause does not wait for him.
  const makes: Act = ({ runtime, interpreter, ben }) => {
    ben.detach()
    createThread({ runtime, os: runtime.createOsThread() }, interpreter)
  }
  const same = ({ runtime: { memory }, ada }: Stage): string => {
    const [newest] = ada.threads()
    return `${versionOf(ada) === memory.get(newest?.requests as Address)}`
  }
  expect(outcomes(nothing, [watch(Event.RAISE), makes], same, 2)).toEqual(['true'])
})

test('a thread that begins to run code while a tool asks for something reports all of it or nothing', () => {
  const runs: Act = ({ ben, made }) => {
    bringUpToDate(ben, made.code)
    ben.passSafePoint()
    bringUpToDate(ben, made.code)
    ben.detach()
  }
  expect(outcomes(nothing, [watch(Event.LINE, Event.RETURN), runs], forms, 2)).toEqual([
    'BINARY_OP RETURN_VALUE',
    'INSTRUMENTED_LINE INSTRUMENTED_RETURN_VALUE',
  ])
})
