import { expect, test } from 'vitest'
import { OBJECTS } from '../../runtime/heap/allocators.ts'
import { IMMORTAL, MERGED, ObjectHeader, ONE, QUEUED } from '../../runtime/refcount/object-header.ts'
import { MERGE, STOP } from '../../runtime/thread/requests.ts'
import type { Location } from './locate.ts'
import { emptyMemory, Process } from './process.ts'
import { valueText } from './values.ts'

const process = Process.begin(emptyMemory(0))
const x = process.runtime.allocate(OBJECTS, ObjectHeader.size, 'object')
const ada = process.runtime.createOsThread().address
process.give('object x', x)
process.give('actor Ada', ada)

test.for([
  ['object owner', ada, 'Ada'],
  ['object owner', 0, 'nobody'],
  ['object owner', 64, 'somebody at 64'],
  ['object local', 3, '3'],
  ['object local', IMMORTAL, 'immortal'],
  ['object shared', 2 * ONE, '2'],
  ['object shared', MERGED + ONE, '1 merged'],
  ['object shared', QUEUED - ONE, '-1 queued'],
  ['thread base.state', 2, 'suspended'],
  ['thread base.state', 7, '7'],
  ['thread base.requests', STOP | MERGE, 'stop, merge'],
  ['thread base.requests', 0, 'none'],
  ['interpreter qsbr.writeSequence', -1, '4294967295'],
  ['actor pause', 0, 'no'],
  ['interpreter pause.stopped', 1, 'yes'],
  ['interpreter pause.stopped', 0, 'no'],
  ['mutex', 3, 'locked, somebody waits'],
  ['slot value', x, 'x'],
  ['slot value', 0, 'nothing'],
  ['event', 2, 'awaited'],
  ['cell', -5, '-5'],
] as const)('%s: %i is "%s"', ([field, value, text]) => {
  expect(valueText(process, { field } as Location, value)).toBe(text)
})
