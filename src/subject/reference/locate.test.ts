import { expect, test } from 'vitest'
import { MEMORY, OBJECTS } from '../../runtime/heap/allocators.ts'
import { bind, createThread } from '../../runtime/interpreter/lifecycle.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { CELL } from '../../runtime/memory/memory.ts'
import { QsbrSlot } from '../../runtime/reclaim/qsbr.ts'
import { ObjectHeader } from '../../runtime/refcount/object-header.ts'
import { Place } from '../../runtime/refcount/place.ts'
import { QUIET } from '../../testing/setting.ts'
import { isSequence, locate } from './locate.ts'
import { emptyMemory, Process } from './process.ts'

/** A process in which Ada has a thread state, and Ben has none. */
function aProcess() {
  const process = Process.begin(emptyMemory(0))
  const { runtime } = process
  const [os, ben] = [runtime.createOsThread(), runtime.createOsThread()]
  const interpreter = runtime.createInterpreter(sleeper(runtime, os))
  const thread = bind(runtime, os, createThread({ runtime, os }, interpreter), QUIET)
  process.give('actor Ada', os.address)
  process.give('actor Ben', ben.address)
  process.give('interpreter main', interpreter.address)
  process.give('thread Ada', thread.thread)
  process.give('thread Ben', 0)
  const at = (address: number) => {
    const found = locate(process, address)
    return found && [found.of, found.name, found.path]
  }
  return { process, runtime, os, interpreter, thread, at }
}

test('a field of a record is named with what it belongs to, also deep inside', () => {
  const { runtime, os, interpreter, thread, at } = aProcess()
  expect(at(thread.record.base.state)).toEqual(['thread', 'Ada', 'base.state'])
  expect(at(thread.record.freeQueue.tail)).toEqual(['thread', 'Ada', 'freeQueue.tail'])
  expect(at(interpreter.abandonedFrees.queue.head)).toEqual(['interpreter', 'main', 'abandonedFrees.queue.head'])
  expect(at(interpreter.mergeTable.buckets + 8)).toEqual(['interpreter', 'main', 'mergeTable.buckets'])
  expect(at(os.waiter.handedOff)).toEqual(['actor', 'Ada', 'waiter.handedOff'])
  expect(at(runtime.record.pauseOfAll.stopped)).toEqual(['runtime', null, 'pauseOfAll.stopped'])
})

test('objects, places and single cells are named by the scenario', () => {
  const { process, runtime, at } = aProcess()
  const object = runtime.allocate(OBJECTS, ObjectHeader.size, 'object')
  const place = runtime.allocate(MEMORY, Place.size, 'place')
  const cell = runtime.allocate(MEMORY, 4 * CELL, 'cell')
  process.give('object x', object)
  process.give('slot s', place)
  process.give('rwlock l', cell + CELL)
  expect([at(object + ObjectHeader.offset.shared), at(Place.at(place).value), at(cell + CELL)]).toEqual([
    ['object', 'x', 'shared'],
    ['slot', 's', 'value'],
    ['rwlock', 'l', ''],
  ])
  expect([at(cell), at(object + ObjectHeader.size), at(CELL)]).toEqual([undefined, undefined, undefined])
})

test('a sequence is named by the thread whose it is, and by nobody while it is free', () => {
  const { process, thread, at } = aProcess()
  const slot = thread.slot()
  expect(at(slot + QsbrSlot.offset.sequence)).toEqual(['sequence', 'Ada', 'sequence'])
  expect(at(slot - QsbrSlot.size + QsbrSlot.offset.deferrals)).toEqual(['sequence', null, 'deferrals'])
  expect([isSequence(process, slot), isSequence(process, slot + QsbrSlot.offset.deferrals), isSequence(process, thread.thread)]).toEqual([
    true,
    false,
    false,
  ])
})
