/**
 * The life of a scenario around its steps: one subject for all of them, a fresh runtime for each.
 */
import { strict as assert } from 'node:assert'
import {
  After,
  AfterAll,
  Before,
  BeforeAll,
  defineParameterType,
  setDefaultTimeout,
  setDefinitionFunctionWrapper,
  setWorldConstructor,
} from '@cucumber/cucumber'
import type { Params } from '../src/protocol/messages.ts'
import '../src/subject/loading.js'
import { connectIsolated, Isolation } from '../src/subject/isolation.ts'
import { LIMITS, scaled } from '../src/subject/isolation-limits.ts'
import { Refusal, type Subject } from '../src/subject/subject.ts'
import { HELLO } from '../src/verdict/evidence.ts'
import { boundIn, scenarioIds, settings, witnesses } from '../src/verdict/tags.ts'
import { ACTOR, actorsIn } from './actors.ts'
import { crowdIn } from './crowd.ts'
import { guarded } from './guard.ts'
import { startIn } from './start-words.ts'
import { type Parameters, World } from './world.ts'

/** No step has a time limit of its own: whoever talks to the subject knows how long it may take. */
const NO_LIMIT = -1

/** What chance comes from, unless the user says otherwise. */
const SEED = '1'

let subject: Subject | undefined

setWorldConstructor(World)
setDefaultTimeout(NO_LIMIT)
defineParameterType({ name: 'actor', regexp: ACTOR, transformer: (name: string) => name })
setDefinitionFunctionWrapper(guarded)

BeforeAll(async function (this: { parameters: Parameters }) {
  subject = await connect(this.parameters)
})

AfterAll(async () => {
  await subject?.end()
})

Before(async function (this: World, { pickle }) {
  assert(subject, 'no subject is connected')
  const tags = pickle.tags.map(({ name }) => name)
  const texts = pickle.steps.map(({ text }) => text)
  const start = startIn(texts)
  const { build, argv, env } = settings(tags)
  const opened = await opening(subject, {
    scenario: [...scenarioIds(tags), pickle.name].join(' '),
    actors: [
      ...actorsIn(pickle.steps.flatMap(({ text, argument }) => [text, ...cells(argument)])),
      ...crowdIn(texts, subject.hello.parameters),
    ],
    build,
    argv: [...argv, ...start.argv],
    env: { ...env, ...start.env },
    seed: this.parameters.seed ?? SEED,
    changes: this.parameters.record ?? false,
  })
  // What it claims decides what it means that it refuses.
  if (this.parameters.record) this.attach(JSON.stringify(subject.hello), HELLO)
  if (!(opened instanceof Refusal)) this.use(subject)
  else if (start.refused && opened.code === 'refused-to-start') this.notStarted = opened
  else throw opened
  this.start = start
  this.id = scenarioIds(tags).join()
  this.declaredBound = boundIn(tags)
})

After(async function (this: World, { pickle, result }) {
  const seen = witnesses(pickle.tags.map(({ name }) => name))
  if (!this.open) return this.summarize(undefined, seen)
  // What is left after a scenario that broke off says nothing: only the first failure does.
  const passed = !result || result.status === 'PASSED'
  const unwound = passed ? await this.windDown() : undefined
  const { census } = await this.subject.request('close', {})
  if (unwound instanceof Error || !passed) this.summarize(census, seen)
  if (unwound instanceof Error) throw unwound
  if (passed) this.conclude(census, seen)
})

/** @returns the refusal, if it is refused. */
function opening(subject: Subject, params: Params<'open'>): Promise<object | Refusal> {
  return subject.request('open', params).catch((error: unknown) => {
    if (error instanceof Refusal) return error
    throw error
  })
}

async function connect({ subject: command, patience = 1 }: Parameters): Promise<Subject> {
  const limits = scaled(LIMITS, patience)
  if (command !== undefined) return connectIsolated(command, limits)
  // Not before it is needed: the reference is many modules.
  const { connectReference } = await import('../src/subject/reference.ts')
  const reference = new Isolation(() => connectReference(), limits)
  await reference.prepare()
  return reference
}

/** The texts in a step's table, whose cells name actors too. */
function cells(argument: { dataTable?: { rows: readonly { cells: readonly { value: string }[] }[] } } | undefined): string[] {
  return argument?.dataTable?.rows.flatMap((row) => row.cells.map(({ value }) => value)) ?? []
}
