import { expect, test } from 'vitest'
import { CACHE_LINE } from '../memory/memory.ts'
import { FREE_CHUNK } from '../reclaim/free-queue.ts'
import { SLOT_TABLE } from '../reclaim/qsbr-slots.ts'
import { ObjectHeader } from '../refcount/object-header.ts'
import { MERGE_CHUNK } from '../refcount/object-stack.ts'
import { Place } from '../refcount/place.ts'
import { OsThread, ThreadState } from '../thread/thread-state.ts'
import { InterpreterRecord, RuntimeRecord, ThreadRecord } from './records.ts'

test('going from the public view of a thread to its private record and back gives the same record', () => {
  const view = ThreadState.at(5 * CACHE_LINE)
  const whole = ThreadRecord.at(view.address)
  expect(whole.base.address).toBe(view.address)
  expect(ThreadRecord.offset.base).toBe(0)
})

test('the private record has parts that the public view does not show', () => {
  const { base, ...parts } = ThreadRecord.offset
  expect(base).toBe(0)
  expect(Object.keys(parts)).toEqual(['sections', 'mergeQueue', 'slot', 'freeQueue', 'objectCache', 'code'])
  for (const offset of Object.values(parts)) expect(offset).toBeGreaterThanOrEqual(ThreadState.size)
})

test('what blocks are called fits where the arena keeps it', () => {
  const records = [ThreadRecord, InterpreterRecord, RuntimeRecord, OsThread, Place, ObjectHeader].map(({ name }) => name)
  for (const name of [...records, SLOT_TABLE, FREE_CHUNK, MERGE_CHUNK]) expect(name).toMatch(/^[a-z ]{1,16}$/)
})
