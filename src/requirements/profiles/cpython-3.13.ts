import type { Profile } from '../profiles.ts'

export const cpython313: Profile = {
  id: 'cpython-3.13',
  title: 'CPython 3.13.0, free-threaded build',
  parameters: {
    'qsbr.sequence-bits': 64,
    'qsbr.first': '1',
    'qsbr.step': 2,
    'qsbr.deferral': { rule: 'calls', limit: 10 },
    'qsbr.slots': 8,
    'dfree.chunk': 254,
    'dfree.at-safe-point': false,
    'brc.chunk': 254,
    'brc.buckets': 257,
    'brc.local-limit': '4294967294',
    'brc.immortal-count': '3221225472',
    'mutex.fair-after': 1,
    'world.poll-every': 1,
  },
  rules: {
    'thread.states': ['detached', 'attached', 'suspended'],
    'thread.safe-point': ['stop', 'signals', 'pending calls', 'merge', 'collect', 'cold code', 'drop lock', 'exception'],
    'thread.exception-at-signal-poll': false,
    'mutex.attempt-spins': true,
    'section.nested': 'relocks',
    'section.while-stopped': 'locks',

    'brc.resurrected': 'owned',
    'brc.merge-immortal': 'becomes mortal',
    'brc.immortal-twice': 'overwrites',
    'brc.frozen-freed': false,

    'qsbr.page-bytes': 'absent',
    'qsbr.index-locked': false,
    'qsbr.failed-thread-leaks': true,

    'dfree.at-exit': false,
    'dfree.object-item': 'memory',

    'uniq.none': 'absent',
    'uniq.first': 'absent',
    'uniq.failed-dictionary': 'absent',

    'flist.limits': {
      tuples: 2000,
      lists: 80,
      dicts: 80,
      'dict keys': 80,
      floats: 100,
      contexts: 255,
      'asynchronous generators': 80,
      'asynchronous generator sends': 80,
      'object stack chunks': 4,
      slices: 1,
    },

    'gccount.quarter-suffices': false,
    'gccount.memory-test': false,
    'gccount.negative': true,
    'gccount.exit-loses': true,
    'gccount.default-build': 'generational',

    'heap.raw': 'system',
    'heap.emptied-page': 'running thread',
    'heap.full-page-usable': false,

    'tlbc.copies': false,
    'tlbc.generation': 'absent',
    'tlbc.copy-instrumented': 'absent',
    'tlbc.families': [],
    'tlbc.integers': 'all',
    'tlbc.mixed-numbers': false,
    'tlbc.disable': 'location',

    'immortal.deferred': true,
    'immortal.constants': 'all',
    'immortal.unhashable': 'fatal',
    'immortal.suppression': 'interpreter',

    'interp.not-shareable': 'refused',
    'interp.unbounded-full': true,
    'interp.invalid-name': 'crash',
  },
}
