/** What programs cost on the evaluator: specialised against not, and, if it is at hand, against CPython. */
import { spawnSync } from 'node:child_process'
import { obtainCopy } from '../runtime/bytecode/copies/copies.ts'
import { type CodeSettings, DEFAULT_SETTINGS } from '../runtime/bytecode/copies/settings.ts'
import { FUNCTION_CODE } from '../runtime/bytecode/objects/function.ts'
import { Runtime } from '../runtime/interpreter/runtime.ts'
import { sleeper } from '../runtime/interpreter/thread.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { programs } from '../testing/programs.ts'
import { enter, type Setting } from '../testing/setting.ts'
import { type Result, summarize } from './measure.ts'

const ROUNDS = 5

/** Five small programs; each does `n` turns of a loop. */
export const PROGRAMS: Readonly<Record<string, string>> = {
  'adding ints': 'def work(n):\n    total = 0\n    for i in range(n):\n        total = total + i\n    return total\n',
  'adding floats':
    'def work(n):\n    total = 0.0\n    step = 0.5\n    for i in range(n):\n        total = total + step\n    return total\n',
  'building a string': "def work(n):\n    text = ''\n    for i in range(n):\n        text += 'ab'\n    return len(text)\n",
  calls: 'def one(a, b):\n    return a\n\ndef work(n):\n    for i in range(n):\n        one(i, 2)\n    return n\n',
  'a generator':
    'def count(n):\n    i = 0\n    while i < n:\n        yield i\n        i += 1\n\ndef work(n):\n    last = None\n    for last in count(n):\n        pass\n    return last\n',
}

/** Turns of a round. */
const TURNS = 20_000

const BYTES = 1 << 23

/** A runtime with room for programs. */
function setting(settings: CodeSettings): Setting {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, settings)
  const os = runtime.createOsThread()
  const parker = sleeper(runtime, os)
  return { memory, runtime, interpreter: runtime.createInterpreter(parker), os, parker }
}

/** A run of a program on the evaluator, warm: nanoseconds per turn. */
function evaluator(source: string, settings: CodeSettings = DEFAULT_SETTINGS): () => number {
  const { run } = programs(setting(settings))
  run(source)
  run(`work(${TURNS})`)
  return () => {
    const started = performance.now()
    run(`work(${TURNS})`)
    return ((performance.now() - started) * 1e6) / TURNS
  }
}

/** The rounds of a program on CPython: nanoseconds per turn. */
function cpython(python: string, source: string): number[] {
  const timing = `${source}
import time
N = ${TURNS * 10}
work(N)
for _ in range(${ROUNDS}):
    began = time.perf_counter_ns()
    work(N)
    print((time.perf_counter_ns() - began) / N)
`
  const { status, stdout, stderr } = spawnSync(python, ['-'], { input: timing, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${python}: ${stderr}`)
  return stdout.trim().split('\n').map(Number)
}

export function programsAgainst(python: string): Result[] {
  return Object.entries(PROGRAMS).map(([name, source]) => {
    const ours = evaluator(source)
    const rounds = cpython(python, source).map((floor) => ({ nanoseconds: ours(), floor }))
    return summarize(`the evaluator, ${name}`, 'CPython', rounds, { is: 'at most', value: 30 })
  })
}

/** Where there are no copies nothing is ever specialised. */
const UNSPECIALISED: CodeSettings = { freeThreaded: true, copying: false }

export function specialisation(): Result[] {
  return ['adding ints', 'adding floats'].map((name) => {
    const source = PROGRAMS[name] as string
    const [plain, specialised] = [evaluator(source, UNSPECIALISED), evaluator(source)]
    const rounds = Array.from({ length: ROUNDS }, () => ({ nanoseconds: plain(), floor: specialised() }))
    return summarize(`the evaluator without specialisation, ${name}`, 'with it', rounds, { is: 'at least', value: 1.3 })
  })
}

/** Threads that each make a copy of their own, in a round: no more than there is room for without stopping the others, who are all here. */
const COPIERS = 6

/** Making a copy of a function of so many additions: nanoseconds per copy, the first of an array that has grown left out. */
function copying(additions: number): number {
  const { setting: of, m, run, look } = programs(setting(DEFAULT_SETTINGS))
  run(`def large(a):\n${'    a + a\n'.repeat(additions)}`)
  const code = m.memory.get(look('large') + FUNCTION_CODE)
  const threads = Array.from({ length: COPIERS }, () => enter(of))
  // The last one goes first: the array is as large as it will be.
  obtainCopy(threads.at(-1) as (typeof threads)[number], code)
  const started = performance.now()
  for (const thread of threads.slice(0, -1)) obtainCopy(thread, code)
  return ((performance.now() - started) * 1e6) / (COPIERS - 1)
}

/** What a copy costs, by the size of the code. */
export function copies(): Result[] {
  copying(100)
  const rounds = Array.from({ length: ROUNDS }, () => ({ nanoseconds: copying(2000), floor: copying(500) * 4 }))
  const call = evaluator(PROGRAMS.calls as string)
  const costs = Array.from({ length: ROUNDS }, () => ({ nanoseconds: copying(10), floor: call() }))
  return [
    summarize('a copy of the bytecode of 2000 additions', 'four copies of 500', rounds, { is: 'at most', value: 1.5 }),
    summarize('a copy of the bytecode of ten additions', 'a call', costs),
  ]
}
