import { serveSignals } from '../../../runtime/interpreter/safe-point.ts'
import { sleeper } from '../../../runtime/interpreter/thread.ts'
import { NULL } from '../../../runtime/memory/memory.ts'
import { set, wait } from '../../../runtime/sync/event.ts'
import { lock, unlock } from '../../../runtime/sync/mutex.ts'
import { once } from '../../../runtime/sync/once.ts'
import { lockForReading, lockForWriting, unlockForReading, unlockForWriting } from '../../../runtime/sync/read-write-lock.ts'
import { begin, end } from '../../../runtime/thread/critical-section.ts'
import { ThreadMisuse } from '../../../runtime/thread/thread-state.ts'
import type { Performs } from './operation.ts'
import { makeCell, microseconds } from './sleeping.ts'

/** Critical sections that an actor may be in: other subjects have no more room for them. */
const DEEPEST = 16

export const locks: Performs<'mutex' | 'section' | 'event' | 'once' | 'rwlock'> = {
  'mutex.create'(actor, { mutex, beside }) {
    makeCell(actor, 'mutex', mutex, 0, beside)
    return {}
  },

  'mutex.lock'(actor, { mutex, attached, timeout, signals }) {
    const parker = attached ? sleeper(actor.runtime, actor.os) : actor.parker
    const onInterrupt = signals ? () => serveSignals(actor.thread) : undefined
    return { outcome: lock(parker, actor.address('mutex', mutex), microseconds(timeout), onInterrupt) }
  },

  'mutex.unlock'(actor, { mutex }) {
    unlock(actor.memory, actor.parker.lot, actor.address('mutex', mutex))
    return {}
  },

  'section.begin'(actor, { mutex, second }) {
    const other = second === undefined ? NULL : actor.address('mutex', second)
    const { thread } = actor
    if (actor.memory.get(thread.sections.depth) === DEEPEST) throw new ThreadMisuse(`the actor is in ${DEEPEST} critical sections`)
    begin(thread, actor.address('mutex', mutex), other)
    return {}
  },

  'section.end'(actor) {
    end(actor.thread)
    return {}
  },

  'event.create'(actor, { event }) {
    makeCell(actor, 'event', event, 0)
    return {}
  },

  'event.set'(actor, { event }) {
    set(actor.memory, actor.parker.lot, actor.address('event', event))
    return {}
  },

  'event.wait'(actor, { event, timeout }) {
    return { set: wait(actor.parker, actor.address('event', event), microseconds(timeout)) }
  },

  'once.create'(actor, { once: name }) {
    makeCell(actor, 'once', name, 0)
    return {}
  },

  'once.run'(actor, { once: name, fails, during }) {
    let ran = false
    const done = once(actor.parker, actor.address('once', name), () => {
      ran = true
      actor.run(during ?? [])
      return !fails
    })
    return { ran, done }
  },

  'rwlock.create'(actor, { rwlock }) {
    makeCell(actor, 'rwlock', rwlock, 0)
    return {}
  },

  'rwlock.lock'(actor, { rwlock, mode }) {
    const address = actor.address('rwlock', rwlock)
    if (mode === 'read') lockForReading(actor.parker, address)
    else lockForWriting(actor.parker, address)
    return {}
  },

  'rwlock.unlock'(actor, { rwlock, mode }) {
    const address = actor.address('rwlock', rwlock)
    if (mode === 'read') unlockForReading(actor.memory, actor.parker.lot, address)
    else unlockForWriting(actor.memory, actor.parker.lot, address)
    return {}
  },
}
