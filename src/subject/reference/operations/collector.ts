/** Operations of the collector. */
import { collect } from '../../../runtime/interpreter/collect.ts'
import { Unsupported } from '../actor.ts'
import type { Performs } from './operation.ts'

export const collector: Performs<'collector'> = {
  'collector.run'(actor) {
    collect(actor.thread)
    return {}
  },

  'collector.freeze'() {
    throw new Unsupported('freezing')
  },

  'collector.unfreeze'() {
    throw new Unsupported('unfreezing')
  },
}
