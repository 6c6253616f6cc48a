import type { Profile } from '../profiles.ts'
import { cpython314 } from './cpython-3.14.ts'

export const cpython315: Profile = {
  id: 'cpython-3.15',
  title: 'CPython 3.15, free-threaded build, as far as its pre-releases show',
  parameters: {
    ...cpython314.parameters,
    'tlbc.counter': {
      value: 13,
      warmUp: { value: 1, backoff: 1 },
      coolDown: { value: 52, backoff: 0 },
      restarts: [1, 6, 30, 126, 508, 2052, 8190],
      highest: 6,
      unreachable: 7,
    },
    'tlbc.constants': 'never',
  },
  rules: {
    ...cpython314.rules,
    'thread.exception-at-signal-poll': true,
    'section.nested': 'skipped, also of two',
    'section.while-stopped': 'does not lock',
    'brc.frozen-freed': true,
    'qsbr.failed-thread-leaks': false,
    'gccount.quarter-suffices': 'unknown',
    'gccount.memory-test': false,
    'gccount.negative': false,
    'gccount.exit-loses': false,
    'gccount.default-build': 'generational',
    'heap.raw': 'heap',
    'heap.emptied-page': 'owner',
    'heap.full-page-usable': true,
    'tlbc.integers': 'compact',
    'tlbc.disable': 'code object',
  },
}
