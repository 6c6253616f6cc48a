/**
 * The conformance protocol: JSON-RPC 2.0, one message per line.
 *
 * The suite asks, the subject answers with facts and events. A subject never judges: it does not
 * know what the suite expects. Every message is described here once; the TypeScript types, the
 * checks in both directions and the published JSON Schemas all come from these descriptions.
 */
import { z } from 'zod'
import { ToolEvent } from './code-operations.ts'
import { operations } from './operations.ts'
import { Parameters } from './parameters.ts'
import { Actor, Count, Parked, Query, State } from './states.ts'
import { Name, Program, Request, Scope } from './vocabulary.ts'

/** The protocol versions that this suite speaks. */
export const PROTOCOL = { lowest: 1, highest: 1 } as const

/** No line is longer than this, in bytes, its newline included. */
export const LONGEST_LINE = 1024 * 1024

export const Depth = z.enum(['stepped', 'sampled'])
export const Level = z.enum(['core', 'extended'])
export type Level = z.infer<typeof Level>
export const CHAPTERS = [
  'thread',
  'brc',
  'uniq',
  'total',
  'qsbr',
  'dfree',
  'flist',
  'gccount',
  'heap',
  'tlbc',
  'immortal',
  'interp',
] as const
export const Chapter = z.enum(CHAPTERS)
export type Chapter = z.infer<typeof Chapter>

/** Something that happened during a step, as seen by the subject. `actor` is the thread it happened on. */
export const Event = z.object({
  actor: Actor,
  event: z.enum([
    'queued', // an object was put into an owner's merge queue
    'merged', // an object's two counts became one
    'finalized', // a finalizer ran
    'freed', // an object's or block's memory went back to its allocator
    'immortalized', // an object became immortal
    'drained', // a thread began to empty its merge queue
    'registered', // a thread joined the table of merge queues
    'unregistered', // and left it
    'advanced', // the write sequence moved
    'scanned', // a poll looked at every thread
    'grown', // the table of slots was replaced by a larger one
    'chunk-opened', // a chunk of delayed frees was allocated
    'chunk-freed', // and given back
    'retired', // a block was put into the queue of delayed frees
    'abandoned', // a thread's delayed frees went to its interpreter
    'stopping', // a pause was requested
    'stopped', // every thread in scope was at rest
    'started', // they were released
    'suspended', // a thread was brought to rest
    'parked', // a thread went to sleep
    'woken', // a sleeping thread was chosen to go on
    'handed-off', // a lock went straight to a waiter
    'resumed', // an earlier step that had parked came to its end; `facts` are that step's
    'refused', // an allocation failed
    'served', // a request was served at a safe point
    'copied', // a thread got a copy of a code object's bytecode of its own
    'copies-grown', // the array of copies was replaced by a larger one
    'told', // a tool was told of something that a program did
    'failed', // an earlier step that had parked ended with an error; `code` and `message` say which
  ]),
  object: Name.optional(),
  block: Name.optional(),
  thread: Name.optional(),
  scope: Scope.optional(),
  request: Request.optional(),
  on: z.string().optional(),
  op: z.string().optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  tool: z.int().optional(),
  about: ToolEvent.optional(),
  function: z.string().optional(),
  line: z.int().optional().describe('The line that the place belongs to, if it belongs to one.'),
  offset: z.int().optional().describe('Units before the instruction. Who is told of a line is not told that.'),
  value: z
    .string()
    .optional()
    .describe('What the tool was handed, as `repr` has it: what is returned, yielded or raised, or the first argument of a call.'),
  callable: z.string().optional().describe('The name of what is called.'),
  target: z.int().optional().describe('The line that a jump leads to, if that belongs to one.'),
})
export type Event = z.infer<typeof Event>
export type EventName = Event['event']

/** One write to shared state, by name, for the drawings of the report. Subjects may leave these out. */
export const Change = z.object({ actor: Actor, at: z.string(), from: z.string(), to: z.string() })
export type Change = z.infer<typeof Change>

/** What is left when a scenario ends. Anything not zero fails the scenario. */
export const Census = z.object({
  objects: Count.describe('Live mortal objects and blocks that the scenario did not keep on purpose.'),
  blocks: Count,
  threads: Count,
  queued: Count,
  pending: Count,
  locks: Count,
  parked: Count.describe('Actors whose step never came to its end.'),
  leaked: z
    .array(z.string())
    .optional()
    .describe("What else of the implementation's own memory is left that nobody can reach any more, each by its kind."),
})
export type Census = z.infer<typeof Census>

export const Build = z.object({
  threading: z.enum(['free-threaded', 'default']),
  freelists: z.boolean(),
  referenceDebugging: z.boolean(),
})
export type Build = z.infer<typeof Build>

/** A step came to its end, or its actor is parked. */
export const StepResult = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('ok'),
    facts: z.record(z.string(), z.unknown()),
    events: z.array(Event),
    changes: z.array(Change).optional(),
  }),
  z.object({ status: z.literal('parked'), parked: Parked, events: z.array(Event), changes: z.array(Change).optional() }),
])
export type StepResult = z.infer<typeof StepResult>

/** What came of one operation in a race. */
export const RaceAnswer = z.union([
  z.object({ facts: z.record(z.string(), z.unknown()) }),
  z.object({ refused: z.string(), message: z.string() }),
])
export type RaceAnswer = z.infer<typeof RaceAnswer>

/** One way in which a race ended: what came of each actor's operations, and what was looked at then. */
export const RaceOutcome = z.object({
  answers: z.record(Actor, z.array(RaceAnswer)),
  states: z.array(State),
  times: z.int().min(1).describe('Orders, or attempts, that ended so: one at least.'),
  token: z.string().optional().describe('An order that ends so.'),
})
export type RaceOutcome = z.infer<typeof RaceOutcome>

/** One operation on shared memory in an order, for a table. */
export const RaceStep = z.object({
  step: Count,
  actor: Actor,
  operation: z.string(),
  at: z.string().optional(),
  read: z.string().optional(),
  wrote: z.string().optional(),
  note: z.string().optional(),
  guilty: z.boolean().describe('Whether this is what must not be.'),
})
export type RaceStep = z.infer<typeof RaceStep>

/** Something that must not happen in any order, with the shortest order found in which it does. */
export const RaceFailure = z.object({
  kind: z.string(),
  message: z.string(),
  token: z.string().optional(),
  steps: z.array(RaceStep).optional(),
})
export type RaceFailure = z.infer<typeof RaceFailure>

/** How orders are drawn by lot: with equal chances at each step, or by priorities that change at `depth - 1` of them (PCT). */
export const RaceSample = z.discriminatedUnion('by', [
  z.object({ by: z.literal('random') }),
  z.object({ by: z.literal('pct'), depth: z.int().min(1).max(100) }),
])
export type RaceSample = z.infer<typeof RaceSample>

/** What made an explorer leave orders out: the bound or the budget that it was given, or that there are too many. */
export const RaceLimit = z.enum(['bound', 'budget', 'size'])
export type RaceLimit = z.infer<typeof RaceLimit>

export const RaceResult = z.object({
  how: z
    .enum(['explored', 'sampled'])
    .describe('Orders of the operations on shared memory, one after the other; or attempts, by real threads or by lot.'),
  complete: z.boolean().describe('Whether no order was left out. Never true of attempts.'),
  limitedBy: RaceLimit.optional().describe('What made it leave some out, unless that was its failure.'),
  schedules: z.int().min(0).describe('Orders, or attempts, that were run.'),
  states: Count.optional().describe('States that were told apart, and steps that were taken, while exploring.'),
  steps: Count.optional(),
  outcomes: z.array(RaceOutcome),
  failure: RaceFailure.optional(),
  order: z.array(RaceStep).optional().describe('The order that was asked for.'),
})
export type RaceResult = z.infer<typeof RaceResult>

/** The operation that asks for the outcome of an actor's parked step, as if it had just been asked for. */
export const AWAIT = 'await'

const stepOps = [AWAIT, ...Object.keys(operations)] as [string, ...string[]]

export const methods = {
  hello: {
    about: 'Who are you, and what do you claim?',
    params: z.object({ protocol: z.tuple([z.int(), z.int()]) }),
    result: z.object({
      name: z.string().min(1),
      version: z.string().min(1),
      protocol: z.int().describe('The one version that will be spoken, from the range offered.'),
      profiles: z.array(z.object({ chapter: Chapter, level: Level })),
      depth: Depth,
      parameters: Parameters,
    }),
  },
  open: {
    about: 'A fresh runtime with one interpreter, "main", and these actors, none of which has a thread state yet.',
    params: z.object({
      scenario: z.string(),
      actors: z.array(Actor).max(256),
      build: Build,
      argv: z.array(z.string()),
      env: z.record(z.string(), z.string()),
      seed: z
        .string()
        .regex(/^[0-9]+$/)
        .describe('Decimal digits. Whatever the subject would draw by chance comes from it.'),
      changes: z
        .boolean()
        .optional()
        .describe('Whether somebody will draw the steps, and wants their changes for that. Without it they may be left out.'),
    }),
    result: z.object({}),
  },
  step: {
    about: 'One actor performs one operation.',
    params: z.object({ actor: Actor, op: z.enum(stepOps), args: z.record(z.string(), z.unknown()) }),
    result: StepResult,
  },
  observe: {
    about: 'What does the runtime look like? Changes nothing.',
    params: z.object({ what: z.array(Query).min(1) }),
    result: z.object({ states: z.array(State) }),
  },
  race: {
    about:
      'These actors act at once, from where the scenario stands. What may come of it? The scenario goes on as if this had not been asked.',
    params: z.object({
      programs: z.record(Actor, Program).describe('What each of them does, in this order.'),
      observe: z.array(Query).describe('What is looked at once they are done.'),
      repeat: z
        .int()
        .min(1)
        .optional()
        .describe('How many attempts a subject makes that samples, each in a fresh runtime that was brought to the same point.'),
      sample: RaceSample.optional().describe('An explorer draws its orders by lot, repeat of them, instead of trying them all.'),
      token: z.string().optional().describe('Only this order is run, and told.'),
      bound: z.int().min(0).optional().describe('Only orders that take the turn away from somebody who could go on at most so often.'),
      budget: z.int().min(1).optional().describe('Milliseconds after which exploring is given up.'),
    }),
    result: RaceResult,
  },
  close: {
    about: 'The scenario is over. Answers what is left.',
    params: z.object({}),
    result: z.object({ census: Census }),
  },
} as const

export type Method = keyof typeof methods
export type Params<M extends Method> = z.infer<(typeof methods)[M]['params']>
export type Result<M extends Method> = z.infer<(typeof methods)[M]['result']>
export type Hello = Result<'hello'>
export type Open = Params<'open'>
export type Step = Params<'step'>

/** Why a request got no result. The number is what JSON-RPC asks for; the name is what the suite looks at. */
export const ERRORS = {
  /** The line was not a request that this protocol knows. */
  'bad-message': -32600,
  /** The subject does not offer this operation, method or build. */
  unsupported: -32001,
  /** The caller broke the operation's contract: it unlocked what was not locked, attached twice. */
  misuse: -32002,
  /** The actor's earlier step is still parked. */
  busy: -32003,
  /** No such actor, object, mutex …. */
  'unknown-name': -32004,
  /** The operation could not be done for lack of memory, and changed nothing. */
  'out-of-memory': -32005,
  /** The runtime noticed that it broke its own rule: freed twice, used after free, a negative count. */
  corrupted: -32006,
  /** The actor died; the scenario cannot go on. */
  died: -32007,
  /** The process that the scenario asks for does not start with these arguments in this environment. */
  'refused-to-start': -32008,
} as const
export type ErrorCode = keyof typeof ERRORS

export const RequestMessage = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.string(),
  method: z.enum(Object.keys(methods) as [Method, ...Method[]]),
  params: z.record(z.string(), z.unknown()),
})
export const ErrorMessage = z.object({
  code: z.int(),
  message: z.string(),
  data: z.object({
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    events: z.array(Event).optional().describe('What happened in the step before it was refused, and in those it woke.'),
    changes: z.array(Change).optional(),
  }),
})
export type ErrorMessage = z.infer<typeof ErrorMessage>
export const ResultMessage = z.object({ jsonrpc: z.literal('2.0'), id: z.string(), result: z.unknown() })
/** The id is null if the line that is answered could not be read that far. */
export const RefusalMessage = z.object({ jsonrpc: z.literal('2.0'), id: z.string().nullable(), error: ErrorMessage })
export const ResponseMessage = z.union([ResultMessage, RefusalMessage])
