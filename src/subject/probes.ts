/**
 * Probes: whether a subject has what it claims, found out in a moment before it is judged.
 *
 * What it claims and does not have makes one scenario after the other untestable. A probe says so in one line. That
 * it has something says nothing of how well: that is what the scenarios are for.
 */
import { CHAPTERS, type Chapter } from '../protocol/messages.ts'
import type { OperationName } from '../protocol/operations.ts'
import type { Parameters } from '../protocol/parameters.ts'
import type { Query } from '../protocol/states.ts'
import { Refusal, type Subject, SubjectFailure } from './subject.ts'

const ACTOR = 'Ada'

/** What a chapter cannot do without. */
interface Probe {
  readonly parameters?: readonly (keyof Parameters)[]
  /** One actor does this, attached and alone. */
  readonly steps: readonly (readonly [OperationName, Record<string, unknown>])[]
  readonly looks: readonly Query[]
}

const PROGRAM = { module: 'probe', source: 'def add(a, b):\n    return a + b\n' }

const PROBES: Readonly<Partial<Record<Chapter, Probe>>> = {
  thread: {
    steps: [
      ['thread.safe-point', {}],
      ['mutex.create', { mutex: 'lock' }],
      ['mutex.lock', { mutex: 'lock' }],
      ['mutex.unlock', { mutex: 'lock' }],
      ['world.stop', { scope: 'interpreter' }],
      ['world.start', { scope: 'interpreter' }],
    ],
    looks: [{ of: 'thread', thread: ACTOR }, { of: 'interpreter' }, { of: 'mutex', mutex: 'lock' }],
  },
  brc: {
    steps: [
      ['object.create', { object: 'thing' }],
      ['object.incref', { object: 'thing' }],
      ['object.try-incref', { object: 'thing' }],
      ['collector.run', {}],
    ],
    looks: [{ of: 'object', object: 'thing' }],
  },
  qsbr: {
    steps: [
      ['qsbr.quiescent', {}],
      ['qsbr.advance', {}],
      ['qsbr.poll', { goal: '1' }],
    ],
    looks: [{ of: 'interpreter' }],
  },
  dfree: {
    steps: [
      ['block.allocate', { block: 'block', domain: 'memory' }],
      ['block.retire', { block: 'block' }],
      ['delayed.process', {}],
    ],
    looks: [{ of: 'block', block: 'block' }, { of: 'allocators' }],
  },
  tlbc: {
    parameters: ['tlbc.entries', 'tlbc.counter', 'tlbc.families', 'tlbc.constants'],
    steps: [
      ['code.run', PROGRAM],
      ['code.call', { module: PROGRAM.module, function: 'add', args: ['1', '2'] }],
      ['tool.use', { tool: 0 }],
      ['tool.free', { tool: 0 }],
    ],
    looks: [
      { of: 'copies', module: PROGRAM.module, code: 'add' },
      { of: 'copy', module: PROGRAM.module, code: 'add', thread: ACTOR },
    ],
  },
  immortal: {
    steps: [
      ['code.run', PROGRAM],
      ['code.make', { module: PROGRAM.module, code: 'made', source: 'x = 1.5', how: 'compile' }],
    ],
    looks: [
      { of: 'constants', module: PROGRAM.module, code: 'made' },
      { of: 'value', module: PROGRAM.module, value: 'made' },
    ],
  },
}

/** A chapter that a subject claims, and what of it is missing. */
export interface FalseClaim {
  readonly chapter: Chapter
  readonly missing: string
}

/**
 * What a subject claims and does not have: the first thing that is missing of each chapter. Where it gives no usable
 * answer, nothing more is found out, and the scenarios will tell why.
 */
export async function falseClaims(subject: Subject): Promise<FalseClaim[]> {
  const claimed = new Set(subject.hello.profiles.map(({ chapter }) => chapter))
  const found: FalseClaim[] = []
  try {
    for (const chapter of CHAPTERS.filter((one) => claimed.has(one))) {
      const probe = PROBES[chapter]
      const missing = probe && (await missingOf(subject, chapter, probe))
      if (missing !== undefined) found.push({ chapter, missing })
    }
  } catch (error) {
    if (!(error instanceof SubjectFailure)) throw error
  }
  return found
}

async function missingOf(subject: Subject, chapter: Chapter, { parameters = [], steps, looks }: Probe): Promise<string | undefined> {
  const parameter = parameters.find((name) => subject.hello.parameters[name] === undefined)
  if (parameter !== undefined) return `the parameter ${parameter}`
  const build = { threading: 'free-threaded', freelists: true, referenceDebugging: false } as const
  const opened = { scenario: `probe of ${chapter}`, actors: [ACTOR], build, argv: [], env: {}, seed: '1' }
  const refused = await refusalOf(() => subject.request('open', opened))
  if (refused !== undefined) return `a free-threaded build (${refused})`
  try {
    for (const [op, args] of [['thread.enter', {}] as const, ...steps]) {
      const why = await refusalOf(() => subject.request('step', { actor: ACTOR, op, args }))
      if (why !== undefined) return `the operation ${op} (${why})`
    }
    for (const query of looks) {
      const why = await refusalOf(() => subject.request('observe', { what: [query] }))
      if (why !== undefined) return `what "${query.of}" asks for (${why})`
    }
    return undefined
  } finally {
    await subject.request('close', {})
  }
}

/** Why it does not have what it is asked for, if it says so. Any other answer is for a scenario to judge. */
async function refusalOf(ask: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await ask()
    return undefined
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return error.code === 'unsupported' ? error.message : undefined
  }
}
