import { expect, test } from 'vitest'
import { MEMORY, OBJECTS } from '../../runtime/heap/allocators.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { CELL, NULL } from '../../runtime/memory/memory.ts'
import { locate } from './locate.ts'
import { emptyMemory, Process } from './process.ts'
import { STATES } from './stepped-memory.ts'

function aProcess() {
  const process = Process.begin(emptyMemory(0))
  const { runtime } = process
  const allocate = (domain: typeof MEMORY | typeof OBJECTS = MEMORY, name = 'block') => runtime.allocate(domain, 32, name)
  return { process, allocate }
}

test('a process is told its settings when it starts, and so is every interpreter in it', () => {
  const { runtime } = Process.begin(emptyMemory(0), { freeThreaded: true, copying: false })
  const { code } = runtime.createInterpreter(sleeper(runtime, runtime.createOsThread()))
  expect([code.freeThreaded, code.copying].map((at) => runtime.memory.get(at))).toEqual([1, 0])
})

test('a name leads to an address, and the address back to the name that was given last', () => {
  const { process, allocate } = aProcess()
  const at = allocate()
  process.give('block a', at)
  process.give('block with a space', at)
  expect([process.address('block', 'a'), process.address('block', 'with a space')]).toEqual([at, at])
  expect(process.nameAt('block', at)).toBe('with a space')
  expect([process.nameAt('object', at), process.nameAt('block', at + CELL), process.address('object', 'a')]).toEqual([
    null,
    null,
    undefined,
  ])
  expect([...process.all('block')]).toEqual([
    ['a', at],
    ['with a space', at],
  ])
  expect([...process.all('mutex')]).toEqual([])
})

test('a name that is given anew is not that of something freed any more', () => {
  const { process, allocate } = aProcess()
  process.give('block a', allocate())
  process.freed.add('block a')
  process.give('block a', allocate())
  expect(process.freed.has('block a')).toBe(false)
})

test('a block is known by the allocator that it came from', () => {
  const { process, allocate } = aProcess()
  process.give('block raw', allocate())
  process.give('block other', allocate(OBJECTS))
  expect([process.domains.get('raw'), process.domains.get('other')]).toEqual(['memory', 'objects'])
})

test('what was found out about an address is forgotten when it is given another name, or a thread its end', () => {
  const { process, allocate } = aProcess()
  const at = allocate(OBJECTS, 'object')
  expect(locate(process, at)).toBeUndefined()
  process.give('object x', at)
  expect(locate(process, at)).toMatchObject({ of: 'object', name: 'x', path: 'owner' })
  const mutex = allocate()
  expect(locate(process, mutex)).toBeUndefined()
  process.give('mutex m', mutex)
  expect(locate(process, mutex)).toMatchObject({ of: 'mutex', name: 'm' })
  process.give('thread Ada', NULL)
  expect(process.nameAt('thread', NULL)).toBeNull()
})

test('the workers may use what was allocated from the host', () => {
  const { process, allocate } = aProcess()
  const at = allocate()
  const states = new Uint8Array(process.shared.states)
  expect(states[at / CELL]).toBe(0)
  process.admitBlocks()
  expect([states[at / CELL], states[at / CELL + 7], states[at / CELL - 1]]).toEqual([STATES.live, STATES.live, 0])
})

test('a fork is a copy: what happens to the one does not happen to the other', () => {
  const { process, allocate } = aProcess()
  const at = allocate()
  process.give('block a', at)
  process.give('object x', allocate(OBJECTS, 'object'))
  process.freed.add('object x')
  process.finalizations.set('x', 1)
  const child = process.fork(emptyMemory(1))
  expect([child.shared.index, child.address('block', 'a'), child.freed.has('object x'), child.finalizations.get('x')]).toEqual([
    1,
    at,
    true,
    1,
  ])
  child.memory.set(at, 9)
  child.give('block b', at)
  child.finalizations.set('x', 2)
  expect([process.memory.get(at), process.nameAt('block', at), process.finalizations.get('x')]).toEqual([0, 'a', 1])
})
