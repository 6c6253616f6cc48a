import type { OperationName } from '../../../protocol/operations.ts'
import { allowTryIncref, increfAndAllow, isUniquelyReferenced, tryIncref } from '../../../runtime/refcount/biased.ts'
import { addReferences, makeImmortal, makeMortal, setCount } from '../../../runtime/refcount/immortal.ts'
import type { Perform } from './operation.ts'

type Counted = Extract<
  OperationName,
  | 'object.try-incref'
  | 'object.locked-incref'
  | 'object.allow-try-incref'
  | 'object.set-count'
  | 'object.add-count'
  | 'object.make-immortal'
  | 'object.make-mortal'
  | 'object.is-unique'
>

export const counts: { readonly [Op in Counted]: Perform<Op> } = {
  'object.try-incref'(actor, { object }) {
    return { granted: tryIncref(actor.thread, actor.address('object', object)) }
  },

  'object.locked-incref'(actor, { object }) {
    increfAndAllow(actor.thread, actor.address('object', object))
    return {}
  },

  'object.allow-try-incref'(actor, { object }) {
    allowTryIncref(actor.memory, actor.address('object', object))
    return {}
  },

  'object.set-count'(actor, { object, count }) {
    setCount(actor.thread, actor.address('object', object), BigInt(count))
    return {}
  },

  'object.add-count'(actor, { object, count }) {
    addReferences(actor.thread, actor.address('object', object), BigInt(count))
    return {}
  },

  'object.make-immortal'(actor, { object }) {
    makeImmortal(actor.memory, actor.address('object', object))
    return {}
  },

  'object.make-mortal'(actor, { object, count }) {
    makeMortal(actor.memory, actor.address('object', object), Number(count))
    return {}
  },

  'object.is-unique'(actor, { object }) {
    return { unique: isUniquelyReferenced(actor.thread, actor.address('object', object)) }
  },
}
