/** Objects that two threads use at once, in every order. */
import { expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import { type Maker, type Stage, stage } from '../../../testing/explored-threads.ts'
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { decref, mergeCounts } from '../../refcount/biased.ts'
import { references } from '../../refcount/object-header.ts'
import { cellGet, cellSet, newCell } from './cell.ts'
import { DEFERRED, deferCounting, isDeferred } from './deferred.ts'
import { dictLength, newDict } from './dict.ts'
import { DICTIONARY, dictionaryAt, newInstance } from './instance.ts'
import { getName, getNameReference, setName } from './names.ts'
import { isCounted, objectOf } from './reference.ts'
import { hashOfStr, newStr } from './str.ts'

const BYTES = 1 << 16

interface Race<Things> {
  readonly begin: (ada: Maker) => Things
  readonly bodies: readonly ((thread: Maker, things: Things) => unknown)[]
  readonly observe: (ada: Maker, things: Things, results: readonly unknown[]) => string
}

/** All that may come of a race. */
function outcomes<Things>({ begin, bodies, observe }: Race<Things>): string[] {
  const exploration = explore<{ readonly stage: Stage; readonly things: Things }>({
    bytes: BYTES,
    setup(memory: Memory) {
      const begun = stage(memory, BYTES)
      return { stage: begun, things: begin(begun.threads[0]) }
    },
    bodies: bodies.map(
      (body, index) =>
        (_memory, { stage: { threads }, things }) =>
          body(threads[index] as Maker, things),
    ),
    observe: (_memory, results, { stage: { threads }, things }) => observe(threads[0], things, results),
  })
  expect(exploration.failure?.message).toBeUndefined()
  expect(exploration.complete).toBe(true)
  return [...exploration.outcomes.keys()].sort()
}

/** A string whose hash is known, so that looking for it writes nothing. */
function name(m: Maker, text: string): Address {
  const string = newStr(m, text)
  hashOfStr(m.memory, string)
  mergeCounts(m.memory, string, 0)
  return string
}

const shared = ({ memory }: Maker, object: Address): Address => {
  mergeCounts(memory, object, 0)
  return object
}

test('two threads that give an object its first attribute both succeed, in one dictionary', () => {
  const setting = (text: 'one' | 'two') => (m: Maker, things: Record<'object' | 'one' | 'two', Address>) => {
    const dictionary = dictionaryAt(m, things.object + DICTIONARY)
    setName(m, dictionary, things[text], things[text])
  }
  const found = outcomes({
    begin: (ada) => ({ object: newInstance(ada, newDict(ada)), one: name(ada, 'one'), two: name(ada, 'two') }),
    bodies: [setting('one'), setting('two')],
    observe(ada, { object, one, two }) {
      const dictionary = ada.memory.get(object + DICTIONARY)
      const values = [one, two].map((each) => getName(ada, dictionary, each) === each)
      return `${dictLength(ada.memory, dictionary)} attributes, found: ${values.join(' ')}`
    },
  })
  expect(found).toEqual(['2 attributes, found: true true'])
})

test('who reads a variable that another thread changes has the value before or the one after, and holds it', () => {
  const found = outcomes({
    begin(ada) {
      const before = shared(ada, name(ada, 'before'))
      const cell = newCell(ada, before)
      // From here on the variable alone holds it.
      decref(ada, before)
      return { cell, before, after: shared(ada, name(ada, 'after')) }
    },
    bodies: [
      (ada, { cell, after }) => {
        const before = cellSet(ada, cell, after)
        if (before !== NULL) decref(ada, before)
      },
      (ben, { cell }) => cellGet(ben, cell),
    ],
    observe(ada, { before }, [, value]) {
      const object = value as Address
      return `${object === before ? 'before' : 'after'}, ${references(ada.memory, object)} references`
    },
  })
  expect(found).toEqual(['after, 2 references', 'before, 1 references'])
})

test('of two threads that empty one variable, one is given what it held', () => {
  const emptying = (m: Maker, { cell }: { readonly cell: Address }) => cellSet(m, cell, NULL) !== NULL
  const found = outcomes({
    begin: (ada) => ({ cell: newCell(ada, name(ada, 'value')) }),
    bodies: [emptying, emptying],
    observe: (ada, { cell }, results) => `${results.join(' ')}, then ${cellGet(ada, cell) === NULL ? 'nothing' : 'something'}`,
  })
  expect(found).toEqual(['false true, then nothing', 'true false, then nothing'])
})

test('who looks up a name whose deferred value another thread replaces finds one of the two, and counts it only if it came in between', () => {
  const found = outcomes({
    begin(ada) {
      const dict = newDict(ada)
      const [key, before, after] = ['key', 'before', 'after'].map((text) => name(ada, text)) as [Address, Address, Address]
      for (const value of [before, after]) deferCounting(ada, value)
      setName(ada, dict, key, before)
      return { dict, key, before, after }
    },
    bodies: [(ada, { dict, key, after }) => setName(ada, dict, key, after), (ben, { dict, key }) => getNameReference(ben, dict, key)],
    observe(ada, { before, after }, [, found]) {
      const reference = found as number
      const counts = [before, after].map((value) => references(ada.memory, value) - DEFERRED)
      const which = objectOf(reference) === before ? 'before' : 'after'
      return `${which}, ${isCounted(reference) ? 'counted' : 'not counted'}, ${counts.join(' and ')} references, ${isDeferred(ada.memory, before)}`
    },
  })
  expect(found).toEqual([
    'after, counted, 1 and 3 references, true',
    'after, not counted, 1 and 2 references, true',
    'before, not counted, 1 and 2 references, true',
  ])
})
