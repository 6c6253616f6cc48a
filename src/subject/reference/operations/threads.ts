import { bind, clearThread, createThread, deleteThread, discardThread } from '../../../runtime/interpreter/lifecycle.ts'
import { type InterpreterRecord, ThreadRecord } from '../../../runtime/interpreter/records.ts'
import { safePoint } from '../../../runtime/interpreter/safe-point.ts'
import { NULL } from '../../../runtime/memory/memory.ts'
import { interrupt } from '../../../runtime/sync/parking-lot.ts'
import { request } from '../../../runtime/thread/requests.ts'
import { isStoppedBy } from '../../../runtime/thread/stop-the-world.ts'
import { OsThread, ThreadMisuse, ThreadState } from '../../../runtime/thread/thread-state.ts'
import type { Actor } from '../actor.ts'
import { bitOf, nameOf } from '../requests.ts'
import type { Performs } from './operation.ts'

export const threads: Performs<'thread'> = {
  'thread.enter'(actor, { interpreter, identity }) {
    if (actor.threads.at(-1)?.isAttached) throw new ThreadMisuse(`${actor.name} is attached already`)
    if (identity !== undefined) takeOver(actor, identity)
    const entered = actor.interpreter(interpreter)
    mayEnter(actor, entered)
    const record = createThread(creator(actor), entered)
    actor.give('thread', actor.name, record.address)
    actor.threads.push(bind(actor.runtime, actor.os, record, actor))
    actor.thread.attach()
    return {}
  },

  'thread.create'(actor, { thread, interpreter }) {
    actor.address('actor', thread)
    const record = createThread(creator(actor), actor.interpreter(interpreter))
    actor.give('thread', thread, record.address)
    return {}
  },

  'thread.bind'(actor) {
    const record = ThreadRecord.at(actor.address('thread', actor.name))
    actor.threads.push(bind(actor.runtime, actor.os, record, actor))
    return {}
  },

  'thread.attach'(actor) {
    actor.thread.attach()
    return {}
  },

  'thread.detach'(actor) {
    actor.thread.detach()
    return {}
  },

  'thread.clear'(actor) {
    clearThread(actor.thread)
    return {}
  },

  'thread.delete'(actor) {
    remove(actor)
    return {}
  },

  'thread.exit'(actor) {
    clearThread(actor.thread)
    remove(actor)
    return {}
  },

  'thread.discard'(actor, { thread }) {
    const record = ThreadRecord.at(actor.address('thread', thread))
    if (actor.memory.get(record.base.osThread) !== NULL) throw new ThreadMisuse(`${thread} has been started`)
    discardThread(actor.thread, record)
    actor.give('thread', thread, NULL)
    return {}
  },

  'thread.safe-point'(actor) {
    const { bits, failed } = safePoint(actor.thread)
    for (const bit of bits) actor.note({ event: 'served', request: nameOf(bit) })
    return { served: bits.map(nameOf), failed: failed === 0 ? null : nameOf(failed) }
  },

  'thread.request'(actor, { thread, request: name }) {
    request(actor.memory, ThreadState.at(actor.address('thread', thread)).requests, bitOf(name))
    return {}
  },

  'thread.handle'(actor, { request: name, program, fails }) {
    actor.handle(name, program ?? [], fails ?? false)
    return {}
  },

  'thread.view'(actor) {
    const { record } = actor.thread
    const view = ThreadState.at(record.address)
    const whole = ThreadRecord.at(view.address)
    return { public: token(view.address), private: token(whole.address), back: token(whole.base.address) }
  },

  'thread.interrupt'(actor, { thread }) {
    interrupt(actor.memory, OsThread.at(actor.address('actor', thread)).waiter)
    return {}
  },
}

const token = (address: number) => `record at ${address}`

/** Whoever makes a thread state: an attached thread, or an actor without one. */
const creator = (actor: Actor) => {
  const thread = actor.threads.at(-1)
  return thread?.isAttached ? thread : { runtime: actor.runtime, os: actor.os }
}

/** Whoever has stopped a world would wait in it for itself. */
function mayEnter({ name, memory, os, runtime }: Actor, { pause }: InterpreterRecord): void {
  const stopped = [pause, runtime.record.pauseOfAll].some((own) => isStoppedBy(memory, os, own))
  if (stopped) throw new ThreadMisuse(`${name} has stopped the world that it enters`)
}

/** Gives the actor the thread id of one that has exited. */
function takeOver(actor: Actor, predecessor: string): void {
  actor.os = OsThread.at(actor.address('actor', predecessor))
  actor.give('actor', actor.name, actor.os.address)
}

function remove(actor: Actor): void {
  deleteThread(actor.thread)
  actor.threads.pop()
  const left = actor.threads.at(-1)
  actor.give('thread', actor.name, left ? left.thread : NULL)
}
