import type { Profile } from '../profiles.ts'
import { cpython3140a2 } from './cpython-3.14.0a2.ts'

/** The documented commit on cells of 32 bits, and the intended rule wherever the commit breaks it. */
export const reference: Profile = {
  id: 'reference',
  title: 'The reference runtime of this suite',
  parameters: { ...cpython3140a2.parameters, 'qsbr.sequence-bits': 32, 'brc.immortal-count': '805306368' },
  rules: {
    ...cpython3140a2.rules,
    'mutex.attempt-spins': false,
    'brc.resurrected': 'merged',
    'brc.merge-immortal': 'stays immortal',
    'brc.immortal-twice': 'does nothing',
    'brc.frozen-freed': true,
    'qsbr.index-locked': true,
    'qsbr.failed-thread-leaks': false,
    'uniq.failed-dictionary': 'nothing',
    'gccount.negative': false,
    'gccount.exit-loses': false,
    'heap.emptied-page': 'owner',
    'tlbc.copy-instrumented': true,
    'immortal.unhashable': 'accepted',
    'interp.unbounded-full': false,
    'interp.invalid-name': 'refused',
  },
}
