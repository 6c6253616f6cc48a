/** Copies that are made while others make, read, specialize and instrument: every order. */
import { expect, test } from 'vitest'
import { type Exploration, explore } from '../../../explore/explore.ts'
import type { Body, Program } from '../../../explore/program.ts'
import { ADDING, codeOf } from '../../../testing/code.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { bind, createThread } from '../../interpreter/lifecycle.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { sleeper, type Thread } from '../../interpreter/thread.ts'
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { processDelayed } from '../../reclaim/delayed-free.ts'
import { advance } from '../../reclaim/qsbr.ts'
import { begin, end } from '../../thread/critical-section.ts'
import { CODE_MUTEX, COPIES, MONITORING, mainCopy } from '../code/code-object.ts'
import { copiesOf, copyAt, sizeOf } from '../code/copy-array.ts'
import { Monitoring, monitoringBytes, Place, placeOf } from '../code/monitoring.ts'
import { OP, opcodeOf, unit, withOpcode } from '../compile/opcodes.ts'
import { specialize } from '../specialize/change-opcode.ts'
import { COOL_DOWN, WARM_UP } from '../specialize/counter.ts'
import { obtainCopy, ownCopy } from './copies.ts'
import { quickenMain } from './quicken.ts'

const BYTES = 128 * 1024

interface Scene {
  readonly threads: readonly Thread[]
  readonly runtime: Runtime
  readonly code: Address
}

/** Two units are enough: what is done with each is the same. */
const SHORT = ADDING.slice(2)

/** Threads with these indices, the first of which acts first; each does one thing. */
const program = (indices: readonly number[], acts: readonly ((scene: Scene, thread: Thread) => unknown)[]): Program<Scene> => ({
  bytes: BYTES,
  setup: (memory) => {
    const runtime = Runtime.create(memory, BYTES)
    const os = runtime.createOsThread()
    const interpreter = runtime.createInterpreter(sleeper(runtime, os))
    const maker = enter({ runtime, interpreter })
    const code = codeOf(maker, SHORT)
    quickenMain(maker, code)
    maker.detach()
    const threads = indices.map((index) => {
      if (index === 0) return maker
      let record = createThread({ runtime, os }, interpreter)
      while (memory.get(record.code.index) < index) record = createThread({ runtime, os }, interpreter)
      return bind(runtime, runtime.createOsThread(), record, QUIET)
    })
    for (const thread of threads) thread.attach()
    return { threads, runtime, code }
  },
  bodies: acts.map(
    (act, who): Body<Scene> =>
      (_memory, scene) =>
        act(scene, scene.threads[who] as Thread),
  ),
  observe: (memory, results, { code }) => `${results.join(' ')}; ${sizeOf(memory, memory.get(code + COPIES))}: ${entriesOf(memory, code)}`,
})

/** Which entries there are. */
function entriesOf(memory: Memory, code: Address): number[] {
  const size = sizeOf(memory, memory.get(code + COPIES))
  return Array.from({ length: size }, (_, index) => index).filter((index) => copyAt(memory, code, index) !== NULL)
}

const obtain = ({ code }: Scene, thread: Thread): string => {
  const copy = obtainCopy(thread, code)
  return copy === copyAt(thread.memory, code, thread.memory.get(thread.own.index)) ? 'found' : 'lost'
}

const expectSound = (exploration: Exploration): void => {
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.complete).toBe(true)
  expect(exploration.interleavings).toBeGreaterThan(1)
}

test('two threads come to code for the first time, and one of them needs a larger array: both copies are in it', () => {
  const exploration = explore(program([15, 16], [obtain, obtain]))
  expectSound(exploration)
  expect([...exploration.outcomes.keys()]).toEqual(['found found; 32: 0,15,16'])
})

test('two threads that both need a larger array make it once each as far as they have to, and lose nothing', () => {
  const exploration = explore(program([16, 32], [obtain, obtain]))
  expectSound(exploration)
  expect([...exploration.outcomes.keys()]).toEqual(['found found; 64: 0,16,32'])
})

test('who looks for its copy while the array is replaced finds it, and the old array is freed only once it is done', () => {
  let old: Address = NULL
  const reading = program(
    [1, 16],
    [
      ({ code }, ben) => {
        const found = ownCopy(ben, code) !== NULL
        ben.passSafePoint()
        return found
      },
      (scene, cleo) => {
        const found = obtain(scene, cleo)
        // Asks for a quiescent state of everybody, reports its own, and frees what it may.
        advance(cleo.memory, cleo.qsbr)
        cleo.passSafePoint()
        processDelayed(cleo)
        return found
      },
    ],
  )
  const exploration = explore<Scene>({
    ...reading,
    setup: (memory) => {
      const scene = reading.setup(memory)
      obtainCopy(scene.threads[0] as Thread, scene.code)
      old = memory.get(scene.code + COPIES)
      return scene
    },
    observe: (memory, results, scene) =>
      `${results.join(' ')}; ${entriesOf(memory, scene.code)}; ${scene.runtime.arena.isInUse(old) ? 'kept' : 'freed'}`,
  })
  expectSound(exploration)
  expect([...exploration.outcomes.keys()].sort()).toEqual(['true found; 0,1,16; freed', 'true found; 0,1,16; kept'])
})

/** The units of a copy. */
const unitsAt = (memory: Memory, copy: Address): number[] => SHORT.map((_, offset) => memory.get(copy + offset * CELL))

test('a copy is generic with fresh counters, although the main one is specialized while it is made', () => {
  const exploration = explore<Scene>({
    ...program([0, 1], [({ code }, ada) => specialize(ada.memory, mainCopy(code), OP.BINARY_OP_ADD_INT), obtain]),
    observe: (memory, _results, { code }) => [mainCopy(code), copyAt(memory, code, 1)].map((copy) => unitsAt(memory, copy)).join('; '),
  })
  expectSound(exploration)
  const end = SHORT[2] as number
  const main = [unit(OP.BINARY_OP_ADD_INT, 13), COOL_DOWN, end]
  const copy = [unit(OP.BINARY_OP, 13), WARM_UP, end]
  expect([...exploration.outcomes.keys()]).toEqual([[main, copy].join('; ')])
})

/** Makes the last instruction of every copy report to tools, as whoever instruments does: under the code's lock. */
function instrument({ code }: Scene, thread: Thread): void {
  const { memory } = thread
  begin(thread, code + CODE_MUTEX, NULL)
  try {
    for (const copy of copiesOf(memory, code)) {
      const at = copy + 2 * CELL
      memory.storeRelaxed(at, withOpcode(memory.loadRelaxed(at), OP.INSTRUMENTED_RETURN_VALUE))
    }
  } finally {
    end(thread)
  }
}

test.for([1, 16])('a copy with index %i that is made while all copies are instrumented is instrumented too', (index) => {
  const instrumenting = program([0, index, index + 1], [instrument, obtain])
  const exploration = explore<Scene>({
    ...instrumenting,
    setup: (memory) => {
      const scene = instrumenting.setup(memory)
      const [ada, , cleo] = scene.threads as [Thread, Thread, Thread]
      obtainCopy(cleo, scene.code)
      memory.set(scene.code + MONITORING, ada.allocate(monitoringBytes(SHORT.length), Monitoring.name))
      for (const [offset, opcode] of [
        [0, OP.BINARY_OP],
        [2, OP.RETURN_VALUE],
      ] as const)
        memory.set(placeOf(memory, scene.code, offset) + Place.offset.generic, opcode)
      return scene
    },
    observe: (memory, _results, { code }) =>
      `${entriesOf(memory, code)}: ${[...copiesOf(memory, code)].map((copy) => opcodeOf(memory.get(copy + 2 * CELL)))}`,
  })
  expectSound(exploration)
  const reporting = OP.INSTRUMENTED_RETURN_VALUE
  const entries = [0, index, index + 1]
  expect([...exploration.outcomes.keys()]).toEqual([`${entries}: ${[reporting, reporting, reporting]}`])
})
