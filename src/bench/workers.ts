/** What a turn of an actor costs, and what the pool saves. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { connectReference } from '../subject/reference.ts'
import type { Subject } from '../subject/subject.ts'
import { type Result, summarize } from './measure.ts'

const ROUNDS = 5
const STEPS = 2000
const SPAWNS = 5

const PROGRAM = 'def add(a, b):\n    return a + b\n'

const OPEN = {
  scenario: 'bench',
  actors: ['Ada'],
  build: { threading: 'free-threaded', freelists: true, referenceDebugging: false },
  argv: [],
  env: {},
  seed: '1',
} as const

export async function workers(): Promise<Result[]> {
  const subject = await connectReference()
  await open(subject)
  const rounds = []
  for (let round = 0; round < ROUNDS; round++) {
    const turn = await each(STEPS, () => subject.request('step', { actor: 'Ada', op: 'qsbr.quiescent', args: {} }))
    await subject.request('close', {})
    const scenario = await each(STEPS / 10, async () => {
      await open(subject)
      await subject.request('close', {})
    })
    const program = await each(STEPS / 100, async () => {
      await open(subject)
      await subject.request('step', { actor: 'Ada', op: 'code.run', args: { module: 'program', source: PROGRAM } })
      await subject.request('step', { actor: 'Ada', op: 'code.call', args: { module: 'program', function: 'add', args: ['1', '2'] } })
      await subject.request('close', {})
    })
    const spawn = await each(SPAWNS, spawnOne)
    const echo = await messagePort()
    await open(subject)
    rounds.push({ turn, scenario, program, spawn, echo })
  }
  await subject.end()
  return [
    summarize(
      'a step of an actor, there and back',
      'a message to a worker, there and back',
      rounds.map(({ turn, echo }) => ({ nanoseconds: turn, floor: echo })),
    ),
    summarize(
      'a scenario opened and closed on pooled workers',
      'starting one worker',
      rounds.map(({ scenario, spawn }) => ({ nanoseconds: scenario, floor: spawn })),
    ),
    summarize(
      'a scenario that runs a program and calls a function of it',
      'starting one worker',
      rounds.map(({ program, spawn }) => ({ nanoseconds: program, floor: spawn })),
    ),
  ]
}

async function open(subject: Subject): Promise<void> {
  await subject.request('open', { ...OPEN, actors: [...OPEN.actors], argv: [], env: {} })
  await subject.request('step', { actor: 'Ada', op: 'thread.enter', args: {} })
}

async function each(times: number, action: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  for (let i = 0; i < times; i++) await action()
  return ((performance.now() - started) * 1e6) / times
}

async function spawnOne(): Promise<void> {
  const worker = new Worker(new URL('./echo-worker.ts', import.meta.url))
  worker.postMessage('ready?')
  await once(worker, 'message')
  await worker.terminate()
}

async function messagePort(): Promise<number> {
  const worker = new Worker(new URL('./echo-worker.ts', import.meta.url))
  worker.postMessage('ready?')
  await once(worker, 'message')
  const nanoseconds = await each(STEPS, () => {
    worker.postMessage('there')
    return once(worker, 'message')
  })
  await worker.terminate()
  return nanoseconds
}
