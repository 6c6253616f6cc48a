/**
 * The operations an actor can be asked to perform, in the words of the features.
 *
 * An operation names what a thread does, never how a runtime lays it out. Everything that can
 * be observed about it comes back as facts: what the operation itself answers. What happened on
 * the way comes back as events (`messages.ts`); what the runtime looks like afterwards is asked
 * with `observe`. Names (`object`, `mutex`, `thread` …) are the scenario's own.
 */
import { z } from 'zod'
import { codeOperations } from './code-operations.ts'
import {
  Domain,
  Integer,
  Milliseconds,
  Name,
  Natural,
  type Operation,
  operation,
  Program,
  Request,
  Scope,
  Sequence,
  Times,
} from './vocabulary.ts'

export const operations = {
  // A thread's life
  'thread.enter': operation(
    'Makes a thread state for the calling actor, binds it to the actor and attaches it. `identity` names an actor that has exited and whose thread id the newcomer is given again. An actor that is detached gets one more state, and the last one is meant from then on.',
    { interpreter: Name.optional(), identity: Name.optional() },
    {},
  ),
  'thread.create': operation(
    'Makes a thread state for another actor, as a thread does that starts another. It is neither bound nor attached.',
    { thread: Name, interpreter: Name.optional() },
    {},
  ),
  'thread.bind': operation('Binds the thread state made for the calling actor to it. It stays detached.', {}, {}),
  'thread.attach': operation('Attaches the calling actor. It parks while its thread state is suspended.', {}, {}),
  'thread.detach': operation('Detaches the calling actor.', {}, {}),
  'thread.clear': operation('First half of an exit: gives up everything the thread state holds, while still attached.', {}, {}),
  'thread.delete': operation('Second half of an exit: detaches, unlinks and frees the thread state.', {}, {}),
  'thread.exit': operation('The whole exit: clear, then delete.', {}, {}),
  'thread.discard': operation(
    'Clears and deletes the thread state of another actor that was made but never started.',
    { thread: Name },
    {},
  ),
  'thread.safe-point': operation(
    'Passes a safe point: reports a quiescent state, then serves the requests that are set. `served` lists them in the order served; `failed` names the handler that failed and ended it.',
    {},
    { served: z.array(Request), failed: Request.nullable() },
  ),
  'thread.request': operation('Sets a request for a thread.', { thread: Name, request: Request }, {}),
  'thread.handle': operation(
    'Says what the calling thread does when the request is served: runs `program`, then fails if `fails` is true.',
    { request: Request, program: Program.optional(), fails: z.boolean().optional() },
    {},
  ),
  'thread.view': operation(
    'Goes from the public view of the own thread state to the private record and back. The three are opaque tokens, equal if and only if they denote the same record.',
    {},
    { public: z.string(), private: z.string(), back: z.string() },
  ),
  'thread.interrupt': operation('Delivers an interrupt to a thread that is parked.', { thread: Name }, {}),

  // Pauses
  'world.stop': operation('Stops the world and returns once every other thread in scope is at rest.', { scope: Scope }, {}),
  'world.start': operation('Starts the world again.', { scope: Scope }, {}),

  // Locks
  'mutex.create': operation(
    'Makes an unlocked mutex. `beside` asks for one that shares its parking bucket with another.',
    { mutex: Name, beside: Name.optional() },
    {},
  ),
  'mutex.lock': operation(
    "Locks a mutex, parking while it is held. While parked the thread is detached unless `attached` is true. `timeout` gives up, 0 at once. With `signals` an interrupt runs the thread's signal handler, whose failure ends the attempt.",
    { mutex: Name, attached: z.boolean().optional(), timeout: Milliseconds.optional(), signals: z.boolean().optional() },
    { outcome: z.enum(['acquired', 'handed off', 'timed out', 'interrupted']) },
  ),
  'mutex.unlock': operation('Unlocks a mutex.', { mutex: Name }, {}),
  'section.begin': operation(
    'Enters a critical section on a mutex, or on two. Detaching releases it, attaching takes it again.',
    { mutex: Name, second: Name.optional() },
    {},
  ),
  'section.end': operation('Leaves the innermost critical section.', {}, {}),
  'event.create': operation('Makes an event that is not set.', { event: Name }, {}),
  'event.set': operation('Sets an event for good and wakes everyone who waits for it.', { event: Name }, {}),
  'event.wait': operation('Waits until an event is set.', { event: Name, timeout: Milliseconds.optional() }, { set: z.boolean() }),
  'once.create': operation('Makes a one-time initialisation.', { once: Name }, {}),
  'once.run': operation(
    'Runs the one-time initialisation unless it is done. It fails if `fails` is true, and then the next caller tries again; `during` is run inside it.',
    { once: Name, fails: z.boolean().optional(), during: Program.optional() },
    { ran: z.boolean(), done: z.boolean() },
  ),
  'rwlock.create': operation('Makes a lock that many may hold for reading or one for writing.', { rwlock: Name }, {}),
  'rwlock.lock': operation('Locks it for reading or for writing.', { rwlock: Name, mode: z.enum(['read', 'write']) }, {}),
  'rwlock.unlock': operation('Unlocks it.', { rwlock: Name, mode: z.enum(['read', 'write']) }, {}),
  'cell.create': operation('Makes a word of shared memory.', { cell: Name, value: z.int32(), beside: Name.optional() }, {}),
  'cell.store': operation('Stores into it.', { cell: Name, value: z.int32() }, {}),
  'cell.park': operation(
    'Parks on the word if it still holds the expected value.',
    { cell: Name, expected: z.int32(), timeout: Milliseconds.optional() },
    { outcome: z.enum(['woken', 'changed', 'timed out', 'interrupted']) },
  ),
  'cell.unpark': operation(
    'Wakes the actor that has been parked longest on the word.',
    { cell: Name },
    { woken: Name.nullable(), more: z.boolean() },
  ),
  'cell.unpark-all': operation('Wakes every actor parked on the word.', { cell: Name }, { woken: z.int() }),
  'time.pass': operation(
    'Lets time pass, for everybody: an actor may be asked for it even while a step of its own is parked.',
    { milliseconds: Milliseconds },
    {},
  ),
  'memory.limit': operation(
    'Lets that many more allocations succeed and refuses those after them; null lifts the limit.',
    { allocations: z.int().min(0).nullable() },
    {},
  ),

  // Objects and their counts
  'object.create': operation(
    'Makes an object owned by the calling thread. A collected object is one that the collector tracks. `finalizer` runs when the last reference is gone.',
    {
      object: Name,
      references: Times.optional(),
      collected: z.boolean().optional(),
      immortal: z.boolean().optional(),
      finalizer: Program.optional(),
    },
    {},
  ),
  'object.create-many': operation(
    'Makes objects named `prefix-1` … `prefix-count`, each owned by the calling thread with one reference.',
    { prefix: Name, count: Times },
    {},
  ),
  'object.incref': operation('Takes references.', { object: Name, times: Times.optional() }, {}),
  'object.decref': operation('Drops references.', { object: Name, times: Times.optional() }, {}),
  'object.decref-many': operation(
    'Drops one reference to each of the objects `prefix-1` … `prefix-count`.',
    { prefix: Name, count: Times },
    {},
  ),
  'object.try-incref': operation('Takes a reference without a lock, if that is allowed.', { object: Name }, { granted: z.boolean() }),
  'object.locked-incref': operation(
    "Takes a reference under its container's lock, and allows lock-free attempts from then on.",
    { object: Name },
    {},
  ),
  'object.allow-try-incref': operation('Allows other threads lock-free attempts, as making a weak reference does.', { object: Name }, {}),
  'object.set-count': operation(
    'Sets the reference count outright. The caller has the object to itself.',
    { object: Name, count: Integer },
    {},
  ),
  'object.add-count': operation('Adds several references at once.', { object: Name, count: Natural }, {}),
  'object.make-immortal': operation('Makes an object immortal.', { object: Name }, {}),
  'object.make-mortal': operation('Makes an immortal object mortal again, with that count.', { object: Name, count: Natural }, {}),
  'object.is-unique': operation('Asks whether the calling thread holds the only reference.', { object: Name }, { unique: z.boolean() }),
  'collector.run': operation("Runs the collector's pause: merges every queued object and frees what delayed frees are ready.", {}, {}),

  // Lock-free readers
  'slot.create': operation('Makes an empty slot that is read without a lock.', { slot: Name }, {}),
  'slot.publish': operation(
    "Puts an object (with the caller's reference) or a block into a slot. Answers what was there, which now belongs to the caller.",
    { slot: Name, object: Name.optional(), block: Name.optional() },
    { replaced: Name.nullable() },
  ),
  'slot.clear': operation(
    'Empties a slot and answers what was there, which now belongs to the caller.',
    { slot: Name },
    { replaced: Name.nullable() },
  ),
  'slot.read': operation('Reads a slot without a lock and without a reference.', { slot: Name }, { found: Name.nullable() }),
  'slot.take': operation('Takes a reference to the object in a slot without a lock.', { slot: Name }, { taken: Name.nullable() }),

  // Quiescent states
  'qsbr.quiescent': operation('Reports a quiescent state.', {}, {}),
  'qsbr.advance': operation('Starts a new write sequence and answers it as the goal.', {}, { goal: Sequence }),
  'qsbr.defer': operation(
    'Asks for a goal without necessarily advancing. `advanced` says whether this call did.',
    {},
    { goal: Sequence, advanced: z.boolean() },
  ),
  'qsbr.poll': operation(
    'Asks whether a goal is reached, looking at every thread if need be.',
    { goal: Sequence },
    { reached: z.boolean() },
  ),
  'qsbr.reached': operation(
    'Asks whether a goal is known to be reached, without looking at the threads.',
    { goal: Sequence },
    { reached: z.boolean() },
  ),
  'qsbr.begin-at': operation(
    'Sets the write sequence of an interpreter on which nobody waits, to bring its wrap-around close.',
    { sequence: Sequence },
    {},
  ),

  // Delayed free
  'block.allocate': operation('Allocates a block and fills it.', { block: Name, domain: Domain }, {}),
  'block.read': operation(
    'Reads a block through a pointer obtained earlier. `intact` says whether it still holds what it was filled with.',
    { block: Name },
    { intact: z.boolean() },
  ),
  'block.free': operation('Frees a block at once.', { block: Name }, {}),
  'block.retire': operation('Gives a block to delayed free.', { block: Name }, {}),
  'block.retire-many': operation(
    'Allocates and retires, one after the other, blocks named `prefix-1` … `prefix-count`.',
    { prefix: Name, count: Times, domain: Domain },
    {},
  ),
  'delayed.process': operation('Processes the delayed frees that are ready.', {}, {}),
  'list.create': operation('Makes a list owned by the calling thread, with a block for its items.', { list: Name }, {}),
  'list.read': operation('Reads a list without a lock and keeps the pointer to its items.', { list: Name }, { block: Name }),
  'list.resize': operation(
    'Gives a list a new block for its items and disposes of the old one.',
    { list: Name },
    { old: Name, block: Name },
  ),
  'list.dispose': operation('Frees a list that nobody uses any more, and its items.', { list: Name }, {}),

  ...codeOperations,

  // Interpreters and processes
  'interpreter.create': operation('Makes another interpreter.', { interpreter: Name }, {}),
  'interpreter.finalize': operation("Begins to end the calling thread's interpreter: from here on frees are immediate.", {}, {}),
  'interpreter.end': operation("Ends the calling thread's interpreter, with the thread state: what is still pending is freed.", {}, {}),
  'process.fork': operation('Forks. Only the calling thread goes on in the child, where `child` is its name.', { child: Name }, {}),
} as const satisfies Record<string, Operation>

export type OperationName = keyof typeof operations
export type Args<Op extends OperationName> = z.infer<(typeof operations)[Op]['args']>
export type Facts<Op extends OperationName> = z.infer<(typeof operations)[Op]['facts']>

export const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name)
