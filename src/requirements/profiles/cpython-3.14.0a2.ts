import type { Profile } from '../profiles.ts'
import { cpython313 } from './cpython-3.13.ts'

/** The commit that the source documents lead up to. */
export const cpython3140a2: Profile = {
  id: 'cpython-3.14.0a2',
  title: 'CPython at commit 32428cf9ea of 20 November 2024, free-threaded build',
  parameters: {
    ...cpython313.parameters,
    'tlbc.entries': 16,
    'tlbc.counter': {
      value: 12,
      warmUp: { value: 1, backoff: 1 },
      coolDown: { value: 52, backoff: 0 },
      restarts: [0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 2047, 4095],
      highest: 12,
      unreachable: 15,
    },
    'tlbc.families': ['BINARY_OP', 'CONTAINS_OP'],
    'tlbc.constants': 'at creation',
  },
  rules: {
    ...cpython313.rules,
    'uniq.none': -1,
    'uniq.first': 0,
    'uniq.failed-dictionary': 'gives back an id',
    'flist.limits': { ...cpython313.rules['flist.limits'], 'future iterators': 255, 'string writers': 1 },
    'gccount.default-build': 'incremental',
    'tlbc.copies': true,
    'tlbc.generation': false,
    'tlbc.copy-instrumented': false,
    'tlbc.families': ['BINARY_OP', 'CONTAINS_OP'],
    'immortal.deferred': false,
    'immortal.suppression': 'thread',
  },
}
