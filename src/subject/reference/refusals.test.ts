import { expect, test } from 'vitest'
import { BlockMisuse } from '../../runtime/memory/arena.ts'
import { OutOfMemory } from '../../runtime/memory/out-of-memory.ts'
import { QsbrMisuse } from '../../runtime/reclaim/qsbr.ts'
import { NegativeCount } from '../../runtime/refcount/biased.ts'
import { LockMisuse } from '../../runtime/sync/mutex.ts'
import { ThreadMisuse } from '../../runtime/thread/thread-state.ts'
import { UnknownName, Unsupported } from './actor.ts'
import { refusalOf } from './refusals.ts'
import { MemoryViolation } from './stepped-memory.ts'

test.for([
  ['out-of-memory', new OutOfMemory('it')],
  ['misuse', new ThreadMisuse('it')],
  ['misuse', new LockMisuse('it')],
  ['misuse', new QsbrMisuse('it')],
  ['unknown-name', new UnknownName('it')],
  ['unsupported', new Unsupported('it')],
  ['corrupted', new BlockMisuse('it')],
  ['corrupted', new MemoryViolation('it')],
] as const)('%s is what the suite is told, with the message, of %s', ([code, error]) => {
  expect(refusalOf(error)).toEqual({ code, message: 'it' })
})

test('a count below zero is corruption', () => {
  expect(refusalOf(new NegativeCount()).code).toBe('corrupted')
})

test('anything else is the end of the actor, with all that is known about it', () => {
  const error = new TypeError('our own mistake')
  expect(refusalOf(error)).toEqual({ code: 'died', message: error.stack })
  delete error.stack
  expect(refusalOf(error)).toEqual({ code: 'died', message: 'our own mistake' })
  expect(refusalOf('thrown')).toEqual({ code: 'died', message: 'thrown' })
})
