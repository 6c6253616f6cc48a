/**
 * States: what the runtime looks like, as `observe` asks for it.
 */
import { z } from 'zod'
import { Path } from './code-operations.ts'
import { Domain, Integer, Name, Request, Sequence } from './vocabulary.ts'

export const Actor = Name

/** What a thread that cannot go on waits for, and who could let it go on, as far as the subject knows. */
export const Parked = z.object({
  on: z.string().describe('What it waits for, in words.'),
  holders: z.array(Actor).optional().describe('Who could let it go on, if the subject knows.'),
})
export type Parked = z.infer<typeof Parked>

const seenBy = {
  seenBy: Actor.optional().describe(
    'After a fork there are two of everything: an actor of the process that is meant. The first process without one.',
  ),
}

export const Query = z.discriminatedUnion('of', [
  z.object({ of: z.literal('object'), object: Name, ...seenBy }),
  z.object({ of: z.literal('thread'), thread: Name, ...seenBy }),
  z.object({ of: z.literal('interpreter'), interpreter: Name.optional(), ...seenBy }),
  z.object({ of: z.literal('mutex'), mutex: Name, ...seenBy }),
  z.object({ of: z.literal('block'), block: Name, ...seenBy }),
  z.object({ of: z.literal('allocators'), ...seenBy }),
  z.object({ of: z.literal('copies'), module: Name, code: Path, ...seenBy }),
  z.object({ of: z.literal('copy'), module: Name, code: Path, thread: Name, ...seenBy }),
  z.object({ of: z.literal('value'), module: Name, value: Path, ...seenBy }),
  z.object({ of: z.literal('constants'), module: Name, code: Path, ...seenBy }),
  z.object({ of: z.literal('frame'), module: Name, generator: Path, ...seenBy }),
])
export type Query = z.infer<typeof Query>

export const Count = z.int()

export const ObjectState = z
  .object({
    of: z.literal('object'),
    alive: z.boolean().describe('Whether it has not been freed.'),
    owner: Actor.nullable().describe('The thread that counts on the local count; null for an object that nobody owns.'),
    local: Integer.describe("The owner's count."),
    shared: Integer.describe("Everybody else's count, which may be negative."),
    references: Integer.describe('Local plus shared; for an immortal object what it answers when it is asked for its count.'),
    state: z.enum(['none', 'maybe-weakref', 'queued', 'merged']).describe('What the two flags of the shared count say.'),
    immortal: z.boolean().describe('Whether it is not counted and never freed.'),
    queuedFor: Actor.nullable().describe('The thread whose merge queue holds it, if one does.'),
    finalizations: Count.describe('How often its finalizer ran.'),
  })
  .describe('The counts of an object. All are zero once it is freed.')

export const ThreadState = z
  .object({
    of: z.literal('thread'),
    state: z.enum(['absent', 'detached', 'attached', 'suspended']).describe('Absent: it never entered, or exited.'),
    bound: z.boolean().describe('Whether a thread runs with this thread state.'),
    interpreter: Name.nullable().describe('The interpreter that it belongs to; null while absent.'),
    requests: z.array(Request).describe('The requests that are set for it.'),
    queued: Count.describe('Objects waiting in its merge queue, the ones already taken for draining included.'),
    registered: z.boolean().describe('Whether the table of merge queues knows it.'),
    sequence: Sequence.describe('The write sequence that it last reported; "0" while detached.'),
    slot: Count.nullable().describe('Its slot of the table of sequences; null without one.'),
    deferrals: Count.describe('Deferred advances since the last real one.'),
    pending: Count.describe('Blocks in its queue of delayed frees.'),
    chunks: Count.describe('Chunks of that queue.'),
    publicFields: z.array(z.string()).describe('Fields that the public view of its thread state shows.'),
    privateFields: z.array(z.string()).describe('Fields that only the private record has.'),
    index: Count.nullable().describe(
      'What names its entry in every array of copies of bytecode; null while absent, and where there are no copies.',
    ),
    suppressed: Count.describe('How often immortalizing constants is suppressed for it at present.'),
    parked: Parked.nullable().describe('What its operation waits for, if it is parked.'),
  })
  .describe('A thread and its thread state, the latest if it has several.')

export const InterpreterState = z
  .object({
    of: z.literal('interpreter'),
    threads: z.array(Actor).describe('The threads whose states it knows.'),
    writeSequence: Sequence.describe('The latest write sequence.'),
    readSequence: Sequence.describe('The lowest sequence that the last look at all threads found.'),
    slots: Count.describe('Slots of the table of sequences.'),
    freeSlots: Count.describe('Those that are not in use.'),
    pending: Count.describe('Delayed frees left by threads that exited.'),
    chunks: Count.describe('Chunks of that queue.'),
    hasWork: z.boolean().describe('Whether it says that such frees are left.'),
    finalizing: z.boolean().describe('Whether it is ending.'),
    stopped: z.boolean().describe('Whether its world is stopped.'),
    countdown: Count.describe('Threads that a requested pause still waits for.'),
    requester: Actor.nullable().describe('Who asked for the pause that is requested or going on.'),
  })
  .describe('An interpreter with its clock, its slots and its pause; "main" unless another is named.')

export const MutexState = z
  .object({
    of: z.literal('mutex'),
    locked: z.boolean().describe('Whether somebody holds it.'),
    parked: z.boolean().describe('Whether the mutex says that somebody may be parked on it.'),
    waiting: z.array(Actor).describe('Those really parked on it, the longest first.'),
  })
  .describe('A mutex, and who waits for it.')

export const BlockState = z
  .object({
    of: z.literal('block'),
    state: z.enum(['allocated', 'retired', 'freed']).describe('How far its life has come.'),
    domain: Domain.describe('The allocator that it came from.'),
    goal: Sequence.nullable().describe('What it waits for while retired; null otherwise.'),
  })
  .describe('A block of memory.')

export const AllocatorsState = z
  .object({
    of: z.literal('allocators'),
    memory: Count.describe('Blocks of the allocator for memory that are in use.'),
    objects: Count.describe('Blocks of the allocator for objects that are in use.'),
  })
  .describe('The two allocators.')

/** An opaque name of something that lies in the subject's memory: equal if and only if it is the same. */
const Token = z.string().min(1)

const CopyEntry = z.object({
  index: Count.describe('Its place in the array.'),
  copy: Token.describe('Which copy it is.'),
  threads: z.array(Actor).describe('The threads that run this copy.'),
})

export const CopiesState = z
  .object({
    of: z.literal('copies'),
    size: Count.nullable().describe('Entries of the array; null where a code object has no array.'),
    entries: z.array(CopyEntry).describe('Those that hold a copy, the lowest first. The main copy has index 0.'),
  })
  .describe('All copies of the bytecode of a function or code object.')

/** The two parts of a counter that decides when an instruction is specialized. */
export const Counter = z.object({
  value: Count.describe('Executions until the next attempt.'),
  backoff: Count.describe('How much longer it is after one that failed.'),
})
export type Counter = z.infer<typeof Counter>

export const Instruction = z.object({
  offset: Count.describe('Code units before it.'),
  name: z.string().describe('What it is in general, whatever stands there at present.'),
  form: z.string().describe('What stands there: the general form, a specialized one, or one that reports to tools.'),
  argument: Count.describe('Its argument, with what instructions before it add.'),
  line: Count.nullable().describe('The line that it belongs to, if it belongs to one.'),
  counter: Counter.nullable().describe('Null for an instruction without one.'),
})
export type Instruction = z.infer<typeof Instruction>

export const CopyState = z
  .object({
    of: z.literal('copy'),
    copy: Token.nullable().describe('Null while the thread has none.'),
    main: z.boolean().describe('Whether it is the main copy.'),
    instructions: z.array(Instruction).describe('As they stand there now; none without a copy.'),
  })
  .describe('The copy of the bytecode of a function or code object that a thread runs. Looking makes none.')

/** What is said of a value. A container tells its items too. */
const valueShape = {
  type: z.string().describe('What the language calls its type.'),
  text: z.string().describe('What `repr()` says.'),
  value: Token.describe('Which object it is.'),
  references: Integer.describe(
    'What it answers when it is asked for its count; where values differ in nothing else, this may be left out of account.',
  ),
  immortal: z.boolean().describe('Whether it is not counted and never freed.'),
  tracked: z.boolean().describe('Whether the collector tracks it.'),
  interned: z.boolean().describe('Whether it is the one string of this text that is shared.'),
}

export interface Value {
  type: string
  text: string
  value: string
  references: string
  immortal: boolean
  tracked: boolean
  interned: boolean
  items: Value[]
}

/** The items of a tuple, frozenset or slice; none for anything else. */
export const Value: z.ZodType<Value> = z.object({
  ...valueShape,
  get items() {
    return z.array(Value)
  },
})

export const ValueState = z
  .object({ of: z.literal('value'), ...valueShape, items: z.array(Value).describe('Its items, if it is a tuple, a frozenset or a slice.') })
  .describe('Something of a module, with the items of a tuple, a frozenset or a slice.')

export const ConstantsState = z
  .object({ of: z.literal('constants'), constants: z.array(Value).describe('One after the other.') })
  .describe('The constants of a function or code object, in their order.')

export const FrameState = z
  .object({
    of: z.literal('frame'),
    copy: Token.nullable().describe('The copy that it stands in; null once it is done.'),
    index: Count.nullable().describe('The index of that copy.'),
    line: Count.nullable().describe('The line it stands at.'),
    offset: Count.nullable().describe('Code units before the instruction it stands at, in its own copy.'),
  })
  .describe('The frame of a generator.')

export const State = z.discriminatedUnion('of', [
  ObjectState,
  ThreadState,
  InterpreterState,
  MutexState,
  BlockState,
  AllocatorsState,
  CopiesState,
  CopyState,
  ValueState,
  ConstantsState,
  FrameState,
])
export type State = z.infer<typeof State>
export type StateOf<Of extends State['of']> = Extract<State, { of: Of }>
