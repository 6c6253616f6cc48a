/** Operations of the collector. */
import { collect, freezeObjects, unfreezeObjects } from '../../../runtime/interpreter/collect.ts'
import type { Performs } from './operation.ts'

export const collector: Performs<'collector'> = {
  'collector.run'(actor) {
    collect(actor.thread)
    return {}
  },

  'collector.freeze'(actor) {
    freezeObjects(actor.thread)
    return {}
  },

  'collector.unfreeze'(actor) {
    unfreezeObjects(actor.thread)
    return {}
  },
}
