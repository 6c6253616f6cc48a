import { describe, expect, test } from 'vitest'
import { counted, threeCounters } from '../../testing/objects.ts'
import { scripted } from '../../testing/scripted.ts'
import { CACHE_LINE } from '../memory/memory.ts'
import {
  allowTryIncref,
  type Counter,
  decref,
  decrefShared,
  incref,
  increfAndAllow,
  isUniquelyReferenced,
  mergeCounts,
  NegativeCount,
  tryIncref,
} from './biased.ts'
import { IMMORTAL, LOCAL, MAYBE_WEAKREF, MERGED, NONE, ONE, OWNER, QUEUED, references, SHARED, UNOWNED } from './object-header.ts'

const OBJECT = 4 * CACHE_LINE
const [ADA, BEN] = [CACHE_LINE, 2 * CACHE_LINE]

/** An object that Ada owns, unless it is merged, and two threads that count. What they pass on is written down. */
function anObject(local = 1, shared = 0) {
  const memory = scripted(8 * CACHE_LINE)
  const said: string[] = []
  const counter = (identity: number, name: string): Counter => ({
    memory,
    identity,
    deallocate: () => said.push(`${name} deallocates`),
    askOwnerToMerge: () => said.push(`${name} asks`),
  })
  memory.set(OBJECT + OWNER, (shared & 3) === MERGED ? UNOWNED : ADA)
  memory.set(OBJECT + LOCAL, local)
  memory.set(OBJECT + SHARED, shared)
  return {
    memory,
    said,
    ada: counter(ADA, 'Ada'),
    ben: counter(BEN, 'Ben'),
    word: () => memory.get(OBJECT + SHARED),
    look: () => counted(memory, OBJECT),
    /** What another thread does right before a thread changes the shared word. */
    forestall: (act: () => void) => memory.before('compareExchange', OBJECT + SHARED, act),
  }
}

describe('the transitions of the shared word', () => {
  const [none, weak, queued, merged] = [NONE, MAYBE_WEAKREF, QUEUED, MERGED]

  test.for([
    [none, ONE],
    [weak, ONE | weak],
    [ONE, 2 * ONE],
    [queued, ONE | queued],
    [-ONE | queued, queued],
    [ONE | merged, (2 * ONE) | merged],
  ] as const)('another thread takes a reference: %i becomes %i', ([before, after]) => {
    const { ben, word, said, look } = anObject((before & 3) === merged ? 0 : 3, before)
    const { local } = look()
    incref(ben, OBJECT)
    expect([word(), look().local, said]).toEqual([after, local, []])
  })

  test.for([
    [none, queued, ['Ben asks']],
    [weak, queued, ['Ben asks']],
    [ONE, none, []],
    [ONE | weak, weak, []],
    [queued, -ONE | queued, []],
    [-ONE | queued, (-2 * ONE) | queued, []],
    [ONE | queued, queued, []],
    [(2 * ONE) | merged, ONE | merged, []],
    [ONE | merged, merged, ['Ben deallocates']],
  ] as const)('another thread drops a reference: %i becomes %i %j', ([before, after, then]) => {
    const { ben, word, said } = anObject((before & 3) === merged ? 0 : 3, before)
    decref(ben, OBJECT)
    expect([word(), said]).toEqual([after, then])
  })

  test.for([
    [none, none, false],
    [weak, ONE | weak, true],
    [ONE, 2 * ONE, true],
    [queued, ONE | queued, true],
    [-ONE | queued, queued, true],
    [merged, merged, false],
    [ONE | merged, (2 * ONE) | merged, true],
  ] as const)('another thread tries to take a reference: %i becomes %i, %j', ([before, after, granted]) => {
    const { ben, word } = anObject((before & 3) === merged ? 0 : 3, before)
    expect(tryIncref(ben, OBJECT)).toBe(granted)
    expect(word()).toBe(after)
  })

  test.for([
    [none, none, ADA, ['Ada deallocates']],
    [weak, merged, UNOWNED, ['Ada deallocates']],
    [queued, merged, UNOWNED, ['Ada deallocates']],
    [ONE, ONE | merged, UNOWNED, []],
    [ONE | weak, ONE | merged, UNOWNED, []],
    [ONE | queued, ONE | merged, UNOWNED, []],
  ] as const)('the owner drops its last reference: %i becomes %i, owner %i, %j', ([before, after, owner, then]) => {
    const { ada, word, said, look } = anObject(1, before)
    decref(ada, OBJECT)
    expect([word(), look().owner, look().local, said]).toEqual([after, owner, 0, then])
  })

  test.for([
    [none, weak],
    [weak, weak],
    [ONE, ONE | weak],
    [queued, queued],
    [-ONE | queued, -ONE | queued],
    [merged, merged],
    [ONE | merged, ONE | merged],
  ] as const)('attempts are allowed: %i becomes %i', ([before, after]) => {
    const { memory, word } = anObject((before & 3) === merged ? 0 : 3, before)
    allowTryIncref(memory, OBJECT)
    expect(word()).toBe(after)
  })

  test.for([
    [none, ONE | weak],
    [weak, ONE | weak],
    [ONE, (2 * ONE) | weak],
    [queued, ONE | queued],
    [-ONE | queued, queued],
    [ONE | merged, (2 * ONE) | merged],
  ] as const)('another thread takes a reference under a lock: %i becomes %i', ([before, after]) => {
    const { ben, word } = anObject((before & 3) === merged ? 0 : 3, before)
    increfAndAllow(ben, OBJECT)
    expect(word()).toBe(after)
  })

  test.for([
    [3, none, 0, 3],
    [3, queued, -1, 2],
    [3, -ONE | queued, -1, 1],
    [1, queued, -1, 0],
    [2, (2 * ONE) | weak, 0, 4],
    [0, ONE | merged, -1, 0],
    [0, (3 * ONE) | merged, 1, 4],
  ] as const)('%i local references and %i are merged, and %i more: %i are left', ([local, before, extra, left]) => {
    const { memory, look } = anObject(local, before)
    expect(mergeCounts(memory, OBJECT, extra)).toBe(left)
    expect(look()).toEqual({ owner: UNOWNED, local: 0, shared: left, state: 'merged' })
  })
})

describe('the owner', () => {
  test('counts on the local field alone', () => {
    const { ada, look, said, word } = anObject(1, (5 * ONE) | QUEUED)
    incref(ada, OBJECT)
    increfAndAllow(ada, OBJECT)
    expect(tryIncref(ada, OBJECT)).toBe(true)
    expect([look().local, word()]).toEqual([4, (5 * ONE) | QUEUED])
    decref(ada, OBJECT)
    expect([look().local, word(), said]).toEqual([3, (5 * ONE) | QUEUED, []])
  })

  test('may take a reference without having been allowed to try', () => {
    const { ada, word } = anObject()
    expect(tryIncref(ada, OBJECT)).toBe(true)
    expect(word()).toBe(NONE)
  })

  test('may count further than a signed number goes', () => {
    const { ada, memory, look } = anObject()
    memory.set(OBJECT + LOCAL, 0x7fff_ffff)
    incref(ada, OBJECT)
    expect(look().local).toBe(0x8000_0000)
    decref(ada, OBJECT)
    expect(look().local).toBe(0x7fff_ffff)
  })

  test('makes an object immortal by counting to the end', () => {
    const { ada, memory } = anObject()
    memory.set(OBJECT + LOCAL, 0xffff_fffe)
    incref(ada, OBJECT)
    expect(memory.get(OBJECT + LOCAL)).toBe(IMMORTAL)
    decref(ada, OBJECT)
    expect(memory.get(OBJECT + LOCAL)).toBe(IMMORTAL)
  })
})

test('an immortal object is never counted', () => {
  for (const who of ['ada', 'ben'] as const) {
    const object = anObject(IMMORTAL, 0)
    const counter = object[who]
    incref(counter, OBJECT)
    increfAndAllow(counter, OBJECT)
    allowTryIncref(object.memory, OBJECT)
    expect(tryIncref(counter, OBJECT)).toBe(true)
    decref(counter, OBJECT)
    expect(mergeCounts(object.memory, OBJECT, -1)).toBe(1)
    expect([object.memory.get(OBJECT + LOCAL), object.word(), object.said]).toEqual([IMMORTAL, 0, []])
  }
})

describe('dropping a reference that nobody held', () => {
  test('is reported when the owner does it, and changes nothing', () => {
    const { ada, look } = anObject(0, ONE)
    expect(() => decref(ada, OBJECT)).toThrow(NegativeCount)
    expect(look()).toMatchObject({ local: 0, shared: 1 })
  })

  test('is reported when the object is dead, and changes nothing', () => {
    const { ben, word, said } = anObject(0, MERGED)
    expect(() => decrefShared(ben, OBJECT)).toThrow(NegativeCount)
    expect([word(), said]).toEqual([MERGED, []])
  })
})

test.for([
  [1, NONE, true],
  [2, NONE, false],
  [1, MAYBE_WEAKREF, false],
  [1, ONE, false],
] as const)('with %i local references and the word %i, the owner holds the only one: %j', ([local, shared, unique]) => {
  const { ada, ben } = anObject(local, shared)
  expect(isUniquelyReferenced(ada, OBJECT)).toBe(unique)
  expect(isUniquelyReferenced(ben, OBJECT)).toBe(false)
})

describe('when another thread changes the word first', () => {
  test('a drop starts again from the new word', () => {
    const { ben, word, said, forestall } = anObject(3, NONE)
    forestall(() => incref({ ...ben, identity: 3 }, OBJECT))
    decref(ben, OBJECT)
    expect([word(), said]).toEqual([NONE, []])
  })

  test('only one of two drops asks the owner', () => {
    const { ben, word, said, forestall } = anObject(3, NONE)
    forestall(() => decref({ ...ben, identity: 3 }, OBJECT))
    decref(ben, OBJECT)
    expect([word(), said]).toEqual([-ONE | QUEUED, ['Ben asks']])
  })

  test('an attempt starts again, and fails on an object that has died', () => {
    const { ada, ben, word, said, forestall } = anObject(1, MAYBE_WEAKREF)
    forestall(() => decref(ada, OBJECT))
    expect(tryIncref(ben, OBJECT)).toBe(false)
    expect([word(), said]).toEqual([MERGED, ['Ada deallocates']])
  })

  test('an attempt that comes first keeps the object alive', () => {
    const { ada, ben, word, said, forestall } = anObject(1, MAYBE_WEAKREF)
    forestall(() => expect(tryIncref(ben, OBJECT)).toBe(true))
    decref(ada, OBJECT)
    expect([word(), said]).toEqual([ONE | MERGED, []])
    decref(ben, OBJECT)
    expect(said).toEqual(['Ben deallocates'])
  })

  test('an attempt that has been given up again leaves the end to the owner', () => {
    const { ada, ben, word, said, forestall } = anObject(1, MAYBE_WEAKREF)
    forestall(() => {
      tryIncref(ben, OBJECT)
      decref(ben, OBJECT)
    })
    decref(ada, OBJECT)
    expect([word(), said]).toEqual([MERGED, ['Ada deallocates']])
  })

  test('allowing attempts starts again, and leaves a queued object as it is', () => {
    const { memory, ben, word, forestall } = anObject(3, NONE)
    forestall(() => decref(ben, OBJECT))
    allowTryIncref(memory, OBJECT)
    expect(word()).toBe(QUEUED)
  })

  test('taking a reference under a lock starts again', () => {
    const { ben, word, forestall } = anObject(3, NONE)
    forestall(() => decref({ ...ben, identity: 3 }, OBJECT))
    increfAndAllow(ben, OBJECT)
    expect(word()).toBe(ONE | QUEUED)
  })

  test('a merge loses no count', () => {
    const { memory, ben, look, forestall } = anObject(3, NONE)
    forestall(() => {
      // No owner is written any more, and the word does not say merged yet.
      expect(look()).toMatchObject({ owner: UNOWNED, local: 0, state: 'none' })
      incref(ben, OBJECT)
      incref(ben, OBJECT)
    })
    expect(mergeCounts(memory, OBJECT, 0)).toBe(5)
    expect(look()).toMatchObject({ shared: 5, state: 'merged' })
  })

  test('an owner that gives up ownership loses no count', () => {
    const { ada, ben, look, said, forestall } = anObject(1, ONE)
    forestall(() => {
      expect(look()).toMatchObject({ owner: UNOWNED, local: 0 })
      incref(ben, OBJECT)
    })
    decref(ada, OBJECT)
    expect([look(), said]).toEqual([{ owner: UNOWNED, local: 0, shared: 2, state: 'merged' }, []])
  })
})

test('a reader of the count during a merge sees at most the old total, less what was local, or the new one', () => {
  for (const access of ['loadRelaxed', 'compareExchange'] as const) {
    const { memory } = anObject(3, (2 * ONE) | QUEUED)
    const seen: number[] = []
    memory.before(access, OBJECT + SHARED, () => seen.push(references(memory, OBJECT)))
    mergeCounts(memory, OBJECT, -1)
    seen.push(references(memory, OBJECT))
    expect(seen).toEqual([2, 4])
  }
})

test('an object that only its owner ever had is ended by it, without a merge', () => {
  const { ada, look, alive } = threeCounters()
  const object = ada.createObject(0, false)
  decref(ada, object)
  expect([alive(object), look(object)]).toEqual([false, { owner: ada.identity, local: 0, shared: 0, state: 'none' }])
})
