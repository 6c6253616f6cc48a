import { beforeFork } from '../../../runtime/interpreter/fork.ts'
import { endInterpreter, finalizeInterpreter } from '../../../runtime/interpreter/lifecycle.ts'
import { sleeper } from '../../../runtime/interpreter/thread.ts'
import { NULL } from '../../../runtime/memory/memory.ts'
import type { Performs } from './operation.ts'

export const interpreters: Performs<'interpreter' | 'process'> = {
  'interpreter.create'(actor, { interpreter }) {
    const { address } = actor.runtime.createInterpreter(sleeper(actor.runtime, actor.os))
    actor.give('interpreter', interpreter, address)
    return {}
  },

  'interpreter.finalize'(actor) {
    finalizeInterpreter(actor.thread)
    return {}
  },

  'interpreter.end'(actor) {
    endInterpreter(actor.thread)
    actor.threads.pop()
    actor.give('thread', actor.name, actor.threads.at(-1)?.thread ?? NULL)
    return {}
  },

  'process.fork'(actor) {
    // The host copies the memory when this is done, and then lets both sides go on.
    beforeFork(actor.thread)
    return {}
  },
}
