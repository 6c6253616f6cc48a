/**
 * What programs cost on the evaluator: specialized against not, and, if it is at hand, against CPython; and what it
 * costs to make an interpreter ready for them, and a thread's copy of their code.
 */
import { spawnSync } from 'node:child_process'
import { UsageError } from '../commands/usage-error.ts'
import { obtainCopy } from '../runtime/bytecode/copies/copies.ts'
import { type CodeSettings, DEFAULT_SETTINGS } from '../runtime/bytecode/copies/settings.ts'
import { FUNCTION_CODE } from '../runtime/bytecode/objects/function.ts'
import { newInt } from '../runtime/bytecode/objects/int.ts'
import { clearThread, deleteThread } from '../runtime/interpreter/lifecycle.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { sleeper } from '../runtime/interpreter/thread.ts'
import { clearUnusedCopies } from '../runtime/interpreter/unused-copies.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { decref } from '../runtime/refcount/biased.ts'
import { programs } from '../testing/programs.ts'
import { enter, type Setting } from '../testing/setting.ts'
import { fastest, type Result } from './measure.ts'

/** Five small programs; each does `n` turns of a loop. */
export const PROGRAMS = {
  'adding ints': 'def work(n):\n    total = 0\n    for i in range(n):\n        total = total + i\n    return total\n',
  'adding floats':
    'def work(n):\n    total = 0.0\n    step = 0.5\n    for i in range(n):\n        total = total + step\n    return total\n',
  'building a string': "def work(n):\n    text = ''\n    for i in range(n):\n        text += 'ab'\n    return len(text)\n",
  calls: 'def one(a, b):\n    return a\n\ndef work(n):\n    for i in range(n):\n        one(i, 2)\n    return n\n',
  'a generator':
    'def count(n):\n    i = 0\n    while i < n:\n        yield i\n        i += 1\n\ndef work(n):\n    last = None\n    for last in count(n):\n        pass\n    return last\n',
} as const

/** Eight operations in a turn, so that what the loop itself takes does not hide what they do. */
const ARITHMETIC: Readonly<Record<string, string>> = {
  'sums of ints': arithmetic('1000', '2345', 'a + b + a + b + a + b + a + b + a'),
  'sums of floats': arithmetic('0.5', '0.25', 'a + b + a + b + a + b + a + b + a'),
  'polynomials of floats': arithmetic('1.5', '0.75', '((a * b + a) * b + a) * b + a * b - a'),
}

function arithmetic(a: string, b: string, expression: string): string {
  return `def work(n):\n    a = ${a}\n    b = ${b}\n    for i in range(n):\n        ${expression}\n    return n\n`
}

/** Turns of a round: so few that most rounds of a busy machine are over before it turns to something else. */
const TURNS = 2000
/** Rounds of a measurement, and those before it, after which the code is as fast as it gets. */
const ROUNDS = 100
const WARMING = 300
/** How often the evaluator and CPython take turns. */
const ALTERNATIONS = 5

const BYTES = 1 << 23

/** A runtime with room for programs. */
export function setting(settings: CodeSettings = DEFAULT_SETTINGS): Setting {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, settings)
  const os = runtime.createOsThread()
  const parker = sleeper(runtime, os)
  return { memory, runtime, interpreter: runtime.createInterpreter(parker), os, parker }
}

/** Rounds of a program on the evaluator, warm: nanoseconds per turn. */
function evaluator(source: string, settings?: CodeSettings): () => number {
  const { m, run, look } = programs(setting(settings))
  run(source)
  const work = look('work')
  const round = () => {
    const turns = newInt(m, TURNS)
    const started = performance.now()
    const result = m.call(work, [turns])
    const ended = performance.now()
    decref(m, result)
    decref(m, turns)
    return ((ended - started) * 1e6) / TURNS
  }
  for (let time = 0; time < WARMING; time++) round()
  return round
}

/** Nanoseconds per turn of a program on CPython: the fastest of many rounds in a process of their own. */
function cpython(python: string, source: string): number {
  const timing = `${source}
import time
def round():
    began = time.perf_counter_ns()
    work(${TURNS})
    return (time.perf_counter_ns() - began) / ${TURNS}
print(min(round() for _ in range(${ROUNDS})))
`
  const { status, stdout, stderr, error } = spawnSync(python, ['-'], { input: timing, encoding: 'utf8' })
  if (error) throw new UsageError(`--python: ${python} cannot be started: ${error.message}`)
  if (status !== 0) throw new Error(`${python}: ${stderr}`)
  return Number(stdout)
}

const times = <T>(count: number, action: () => T): T[] => Array.from({ length: count }, action)

export function programsAgainst(python: string): Result[] {
  return Object.entries(PROGRAMS).map(([name, source]) => {
    const ours = evaluator(source)
    const rounds = times(ALTERNATIONS, () => ({ floor: cpython(python, source), nanoseconds: Math.min(...times(ROUNDS, ours)) }))
    return fastest(`the evaluator, ${name}`, 'CPython', rounds, { is: 'at most', value: 30 })
  })
}

/** Where there are no copies nothing is ever specialized. */
const UNSPECIALIZED: CodeSettings = { freeThreaded: true, copying: false }

export function specialization(): Result[] {
  return Object.entries(ARITHMETIC).map(([name, source]) => {
    const [plain, specialized] = [evaluator(source, UNSPECIALIZED), evaluator(source)]
    const rounds = times(ROUNDS, () => ({ nanoseconds: plain(), floor: specialized() }))
    return fastest(`the evaluator without specialization, ${name}`, 'with it', rounds, { is: 'at least', value: 1.3 })
  })
}

/** Threads that each make a copy of their own, in a round: no more than there is room for without stopping the others, who are all here. */
const COPIERS = 6

/** Rounds of copying a function of so many additions: nanoseconds per copy. The copies are freed again, and the memory used for the next. */
function copying(additions: number): () => number {
  const { setting: of, m, run, look } = programs(setting())
  run(`def large(a):\n${'    a + a\n'.repeat(additions)}`)
  const code = m.memory.get(look('large') + FUNCTION_CODE)
  const round = () => {
    const threads = times(COPIERS, () => enter(of))
    const started = performance.now()
    for (const thread of threads) obtainCopy(thread, code)
    const ended = performance.now()
    for (const thread of threads) {
      clearThread(thread)
      deleteThread(thread)
    }
    clearUnusedCopies(m)
    return ((ended - started) * 1e6) / COPIERS
  }
  for (let time = 0; time < ROUNDS; time++) round()
  return round
}

/** Additions of the smallest code that is copied, and how many times as many the others have. */
const SMALLEST = 250
const GROWTH = [2, 4, 8, 16]

/** What a copy costs, and that it grows as the code does: so many times as much code, so many times the time. */
export function copies(): Result[] {
  const [small, ten, call] = [copying(SMALLEST), copying(10), evaluator(PROGRAMS.calls)]
  const costs = times(ROUNDS, () => ({ nanoseconds: ten(), floor: call() }))
  const growth = GROWTH.map((by) => {
    const large = copying(SMALLEST * by)
    const rounds = times(ROUNDS, () => ({ nanoseconds: large(), floor: small() * by }))
    return fastest(`a copy of the bytecode of ${SMALLEST * by} additions`, `${by} copies of ${SMALLEST}`, rounds, {
      is: 'at most',
      value: 1.5,
    })
  })
  return [fastest('a copy of the bytecode of ten additions', 'a call', costs), ...growth]
}
