import { expect, test } from 'vitest'
import { scripted } from '../../testing/scripted.ts'
import { EndlessSleep } from '../../testing/scripted-memory.ts'
import { BYTES, begin, enter } from '../../testing/setting.ts'
import { MEMORY, OBJECTS } from '../heap/allocators.ts'
import { BlockMisuse, FIRST_BLOCK } from '../memory/arena.ts'
import { NULL } from '../memory/memory.ts'
import { OutOfMemory } from '../memory/out-of-memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { isLocked, lock } from '../sync/mutex.ts'
import { Runtime } from './runtime.ts'

test('every view of a memory finds the same runtime', () => {
  const { memory, runtime, interpreter } = begin()
  const other = new Runtime(memory, BYTES)
  expect(other.record.address).toBe(runtime.record.address)
  expect([...other.interpreters()].map(({ address }) => address)).toEqual([interpreter.address])
  expect(other.record.address).toBe(FIRST_BLOCK)
})

test('a memory that is too small for a runtime is refused', () => {
  const bytes = FIRST_BLOCK + 64
  expect(() => Runtime.create(new SharedMemory(new SharedArrayBuffer(bytes)), bytes)).toThrow(OutOfMemory)
})

test('blocks in use are told by allocator', () => {
  const { runtime } = begin()
  const before = runtime.inUse()
  const raw = runtime.allocate(MEMORY, 8, 'raw')
  const object = runtime.allocate(OBJECTS, 8, 'object')
  expect(runtime.inUse()).toEqual({ memory: before.memory + 1, objects: before.objects + 1 })
  expect(() => runtime.free(OBJECTS, raw)).toThrow(BlockMisuse)
  runtime.free(MEMORY, raw)
  runtime.free(OBJECTS, object)
  expect(runtime.inUse()).toEqual(before)
})

test('interpreters are listed newest first', () => {
  const { runtime, parker, interpreter } = begin()
  const second = runtime.createInterpreter(parker)
  expect([...runtime.interpreters()].map(({ address }) => address)).toEqual([second.address, interpreter.address])
})

test('without memory there is neither an interpreter nor an operating-system thread, and nothing has changed', () => {
  const { runtime, parker, interpreter } = begin()
  const before = runtime.inUse()
  runtime.arena.limit(0)
  expect(() => runtime.createInterpreter(parker)).toThrow(OutOfMemory)
  expect(() => runtime.createOsThread()).toThrow(OutOfMemory)
  expect(runtime.inUse()).toEqual(before)
  expect([...runtime.interpreters()].length).toBe(1)
  expect(interpreter.address).not.toBe(NULL)
})

test('operating-system threads have identities of their own, none of them zero', () => {
  const { runtime } = begin()
  const identities = Array.from({ length: 20 }, () => runtime.createOsThread().address)
  expect(new Set(identities).size).toBe(20)
  expect(identities).not.toContain(NULL)
})

test('a pause of one interpreter concerns its threads, a pause of all those of every interpreter', () => {
  const setting = begin()
  const { runtime, parker, interpreter } = setting
  const second = runtime.createInterpreter(parker)
  const [ada, ben] = [enter(setting), enter({ runtime, interpreter: second })]
  const concerned = (scope: ReturnType<Runtime['scopeOf']>) => [...scope.threads()].map(({ address }) => address)
  expect(concerned(runtime.scopeOf(interpreter))).toEqual([ada.thread])
  expect(concerned(runtime.scopeOf(second))).toEqual([ben.thread])
  expect(concerned(runtime.scopeOfAll())).toEqual([ben.thread, ada.thread])
})

test('an action under the list lock is alone, and gives the lock back also when it fails', () => {
  const { memory, runtime, parker } = begin(scripted(BYTES))
  const { listLock } = runtime.record
  expect(runtime.locked(parker, () => isLocked(memory, listLock))).toBe(true)
  const failing = () => {
    throw new Error('no')
  }
  expect(() => runtime.locked(parker, failing)).toThrow('no')
  expect(isLocked(memory, listLock)).toBe(false)
  lock(parker, listLock)
  expect(() => runtime.locked(parker, () => expect.unreachable())).toThrow(EndlessSleep)
})
