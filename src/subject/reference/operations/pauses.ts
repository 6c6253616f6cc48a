import type { Scope } from '../../../protocol/vocabulary.ts'
import { stopperWithoutThread } from '../../../runtime/interpreter/thread.ts'
import { type Scope as PauseScope, type Stopper, start, stop } from '../../../runtime/thread/stop-the-world.ts'
import type { Actor } from '../actor.ts'
import type { Performs } from './operation.ts'

export const pauses: Performs<'world'> = {
  'world.stop'(actor, { scope }) {
    stop(stopper(actor), pauseScope(actor, scope))
    return {}
  },

  'world.start'(actor, { scope }) {
    start(stopper(actor), pauseScope(actor, scope))
    return {}
  },
}

/** An attached thread, or an actor that has no thread state and stops all the same. */
function stopper(actor: Actor): Stopper {
  return actor.threads.at(-1) ?? stopperWithoutThread(actor.runtime, actor.os)
}

function pauseScope(actor: Actor, scope: Scope): PauseScope {
  const { runtime } = actor
  return scope === 'all' ? runtime.scopeOfAll() : runtime.scopeOf(actor.threads.at(-1)?.interpreter ?? actor.interpreter())
}
