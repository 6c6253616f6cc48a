/** The reference's numbers that are not law. */
import type { Parameters } from '../../protocol/parameters.ts'
import { FIRST_SIZE } from '../../runtime/bytecode/code/copy-array.ts'
import {
  backoffOf,
  COOL_DOWN,
  MAX_BACKOFF,
  remaining,
  UNREACHABLE_BACKOFF,
  VALUE_BITS,
  WARM_UP,
} from '../../runtime/bytecode/specialize/counter.ts'
import { CHUNK as FREES_PER_CHUNK } from '../../runtime/reclaim/free-queue.ts'
import { DEFERRAL_LIMIT, FIRST, STEP } from '../../runtime/reclaim/qsbr.ts'
import { SMALLEST } from '../../runtime/reclaim/qsbr-slots.ts'
import { BUCKETS } from '../../runtime/refcount/merge-queue.ts'
import { IMMORTAL_REFERENCES, LOCAL_LIMIT } from '../../runtime/refcount/object-header.ts'
import { CHUNK as OBJECTS_PER_CHUNK } from '../../runtime/refcount/object-stack.ts'
import { FAIR_AFTER } from '../../runtime/sync/mutex.ts'
import { LOOK_AGAIN } from '../../runtime/thread/stop-the-world.ts'

const MICROSECONDS = 1000

const parts = (word: number) => ({ value: remaining(word), backoff: backoffOf(word) })

export const PARAMETERS: Parameters = {
  'qsbr.sequence-bits': 32,
  'qsbr.first': String(FIRST),
  'qsbr.step': STEP,
  'qsbr.deferral': { rule: 'calls', limit: DEFERRAL_LIMIT },
  'qsbr.slots': SMALLEST,
  'dfree.chunk': FREES_PER_CHUNK,
  'dfree.at-safe-point': false,
  'brc.chunk': OBJECTS_PER_CHUNK,
  'brc.buckets': BUCKETS,
  'brc.local-limit': String(LOCAL_LIMIT),
  'brc.immortal-count': String(IMMORTAL_REFERENCES),
  'tlbc.entries': FIRST_SIZE,
  'tlbc.counter': {
    value: VALUE_BITS,
    warmUp: parts(WARM_UP),
    coolDown: parts(COOL_DOWN),
    restarts: Array.from({ length: MAX_BACKOFF + 1 }, (_, backoff) => 2 ** backoff - 1),
    highest: MAX_BACKOFF,
    unreachable: UNREACHABLE_BACKOFF,
  },
  'tlbc.families': ['BINARY_OP', 'CONTAINS_OP'],
  'tlbc.constants': 'at creation',
  'mutex.fair-after': FAIR_AFTER / MICROSECONDS,
  'world.poll-every': LOOK_AGAIN / MICROSECONDS,
}
