import type { OperationName } from '../../../protocol/operations.ts'
import { decref, incref } from '../../../runtime/refcount/biased.ts'
import { makeImmortal } from '../../../runtime/refcount/immortal.ts'
import type { Perform } from './operation.ts'

type Made = Extract<OperationName, 'object.create' | 'object.create-many' | 'object.incref' | 'object.decref' | 'object.decref-many'>

export const objects: { readonly [Op in Made]: Perform<Op> } = {
  'object.create'(actor, { object: name, references, collected, immortal, finalizer }) {
    // The host has numbered the finalizer and passes the number on as its last program.
    const object = actor.thread.createObject(finalizer ? actor.programs.length : 0, collected ?? false)
    actor.give('object', name, object)
    for (let more = (references ?? 1) - 1; more > 0; more--) incref(actor.thread, object)
    if (immortal) makeImmortal(actor.memory, object)
    return {}
  },

  'object.create-many'(actor, { prefix, count }) {
    for (const name of numbered(prefix, count)) actor.give('object', name, actor.thread.createObject(0, false))
    return {}
  },

  'object.incref'(actor, { object, times }) {
    const address = actor.address('object', object)
    for (let more = times ?? 1; more > 0; more--) incref(actor.thread, address)
    return {}
  },

  'object.decref'(actor, { object, times }) {
    const address = actor.address('object', object)
    for (let more = times ?? 1; more > 0; more--) decref(actor.thread, address)
    return {}
  },

  'object.decref-many'(actor, { prefix, count }) {
    for (const name of numbered(prefix, count)) decref(actor.thread, actor.address('object', name))
    return {}
  },
}

/** `prefix-1` … `prefix-count`. */
export const numbered = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, index) => `${prefix}-${index + 1}`)
