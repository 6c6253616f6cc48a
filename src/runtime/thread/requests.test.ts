import { expect, test } from 'vitest'
import { CACHE_LINE } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import * as requests from './requests.ts'

const { clear, request, REQUESTS, ...others } = requests
const AT = CACHE_LINE
const BITS = Object.values(others).filter((value) => typeof value === 'number')

test('each request has a bit of its own', () => {
  expect(BITS.length).toBe(8)
  expect(BITS.reduce((all, bit) => all | bit, 0)).toBe(REQUESTS)
  expect(BITS.every((bit) => (bit & (bit - 1)) === 0)).toBe(true)
})

test('a request leaves the others as they are, and is set once however often it is made', () => {
  const memory = new SharedMemory(new SharedArrayBuffer(2 * CACHE_LINE))
  for (const bit of [...BITS, ...BITS]) request(memory, AT, bit)
  expect(memory.get(AT)).toBe(REQUESTS)
  for (const bit of BITS) {
    clear(memory, AT, bit)
    expect(memory.get(AT) & bit).toBe(0)
    request(memory, AT, bit)
  }
  expect(memory.get(AT)).toBe(REQUESTS)
})

test('taking back a request that nobody made changes nothing', () => {
  const memory = new SharedMemory(new SharedArrayBuffer(2 * CACHE_LINE))
  request(memory, AT, requests.MERGE)
  clear(memory, AT, requests.STOP)
  expect(memory.get(AT)).toBe(requests.MERGE)
})
