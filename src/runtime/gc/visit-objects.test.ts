import { expect, test } from 'vitest'
import { codeOf, tuple } from '../../testing/code.ts'
import { begin, enter } from '../../testing/setting.ts'
import { Kind } from '../bytecode/objects/kinds.ts'
import { FROZEN, MARKS } from '../refcount/object-header.ts'
import { visitObjects } from './visit-objects.ts'

test('objects of a kind are found, but for those that are dead or frozen', () => {
  const setting = begin()
  const { memory, runtime, interpreter } = setting
  const ada = enter(setting)
  const visited = (kind: number): number[] => {
    const found: number[] = []
    visitObjects(runtime.arena, interpreter.address, kind, (object) => found.push(object))
    return found
  }
  const [one, two, three] = [codeOf(ada), codeOf(ada), codeOf(ada)]
  const other = tuple(ada)
  // Raw memory whose sixth cell happens to hold the same number is no object.
  const raw = ada.allocate(64, 'raw')
  for (let at = raw; at < raw + 64; at += 4) memory.set(at, Kind.CODE)
  expect(visited(Kind.CODE)).toEqual([one, two, three])
  expect(visited(Kind.TUPLE)).toContain(other)
  ada.freeObject(two)
  memory.storeRelaxed(three + MARKS, memory.loadRelaxed(three + MARKS) | FROZEN)
  expect(visited(Kind.CODE)).toEqual([one])
})
