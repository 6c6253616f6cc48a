import { describe, expect, test } from 'vitest'
import { explore } from '../../../explore/explore.ts'
import { type Stage, stage } from '../../../testing/explored-threads.ts'
import type { Thread } from '../../interpreter/thread.ts'
import type { Address, Memory } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { decref, incref } from '../../refcount/biased.ts'
import { isImmortal, references } from '../../refcount/object-header.ts'
import { newStr, textOf } from '../objects/str.ts'
import { endStrings, intern, internMortal, internText, isInterned } from './intern.ts'

const BYTES = 1 << 18

function attached() {
  const { threads, ...rest } = stage(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES)
  const [ada, ben] = threads
  return { ...rest, ada, ben, memory: ada.memory }
}

describe('where threads run at once', () => {
  test('the first string of a text is the interned one, and immortal; equal ones are replaced by it', () => {
    const { memory, ada, ben } = attached()
    const first = newStr(ada, 'spam')
    expect(intern(ada, first)).toBe(first)
    expect([isImmortal(memory, first), isInterned(memory, first)]).toEqual([true, true])
    const second = newStr(ben, 'spam')
    expect(intern(ben, second)).toBe(first)
    expect([references(memory, second), isInterned(memory, second)]).toEqual([1, false])
    expect(intern(ben, first)).toBe(first)
  })

  test('different texts stay different, the empty one and those that begin alike too', () => {
    const { memory, ada } = attached()
    const texts = ['', 'a', 'ab', 'ba', 'ac', '\0', 'a\0', 'ä', '€', '😀', '\ud800']
    const interned = texts.map((text) => internText(ada, text))
    expect(new Set(interned).size).toBe(texts.length)
    expect(interned.map((string) => textOf(memory, string))).toEqual(texts)
    expect(texts.map((text) => internText(ada, text))).toEqual(interned)
  })

  test('a string that others may be counting is left as it is, and a copy of it interned', () => {
    const { memory, ada, ben } = attached()
    const string = newStr(ada, 'spam')
    incref(ben, string)
    const interned = intern(ada, string)
    expect(interned).not.toBe(string)
    expect([textOf(memory, interned), isImmortal(memory, interned)]).toEqual(['spam', true])
    expect([references(memory, string), isInterned(memory, string)]).toEqual([2, false])
  })

  test('nothing is left of a text whose string was interned before', () => {
    const { runtime, ada } = attached()
    internText(ada, 'spam')
    const before = runtime.inUse()
    internText(ada, 'spam')
    expect(runtime.inUse()).toEqual(before)
  })

  test.for([0, 1, 2])('without memory for its %i. block nothing is interned, and nothing is left', (allowed) => {
    const { runtime, ada, ben } = attached()
    const string = newStr(ada, 'spam')
    incref(ben, string)
    const before = runtime.inUse()
    runtime.arena.limit(allowed)
    if (allowed < 2) expect(() => intern(ada, string)).toThrow(OutOfMemory)
    runtime.arena.limit(null)
    // The table itself may have got its block.
    expect(runtime.inUse().objects).toBe(before.objects)
    expect(isImmortal(ada.memory, intern(ada, string))).toBe(true)
  })

  test('at the end all of them are freed', () => {
    const { runtime, ada } = attached()
    const before = runtime.inUse()
    for (let index = 0; index < 50; index++) internText(ada, `name ${index}`)
    endStrings(ada)
    expect(runtime.inUse()).toEqual(before)
  })
})

describe('in the default build', () => {
  function alone() {
    const { threads, ...rest } = stage(new SharedMemory(new SharedArrayBuffer(BYTES)), BYTES, { freeThreaded: false, copying: false })
    const [ada, ben] = threads
    // It would have to come to a safe point when the world is stopped.
    ben.detach()
    return { ...rest, ada, memory: ada.memory }
  }

  test('an interned string is mortal, and counted', () => {
    const { memory, ada } = alone()
    const first = newStr(ada, 'spam')
    expect(internMortal(ada, first)).toBe(first)
    expect([references(memory, first), isInterned(memory, first)]).toEqual([2, true])
    expect(internMortal(ada, first)).toBe(first)
    expect(internMortal(ada, newStr(ada, 'spam'))).toBe(first)
    expect(references(memory, first)).toBe(4)
  })

  test('it ends with its last reference, and another takes its place', () => {
    const { runtime, memory, ada } = alone()
    internText(ada, 'eggs')
    const before = runtime.inUse()
    const first = newStr(ada, 'spam')
    internMortal(ada, first)
    decref(ada, first)
    decref(ada, first)
    expect(runtime.inUse()).toEqual(before)
    const second = newStr(ada, 'spam')
    expect([internMortal(ada, second), isInterned(memory, second)]).toEqual([second, true])
  })

  test('a string that others may be counting is left as it is here too', () => {
    const { memory, ada } = alone()
    const string = newStr(ada, 'spam')
    incref(ada, string)
    const interned = internMortal(ada, string)
    expect([interned === string, references(memory, interned), references(memory, string)]).toEqual([false, 1, 2])
  })

  test('a name that was a constant before becomes immortal', () => {
    const { memory, ada } = alone()
    const string = newStr(ada, 'spam')
    internMortal(ada, string)
    expect([internText(ada, 'spam'), isImmortal(memory, string)]).toEqual([string, true])
  })

  test('at the end the immortal ones are freed, and mortal ones live as long as they are used', () => {
    const { runtime, memory, ada } = alone()
    const before = runtime.inUse()
    const string = newStr(ada, 'spam')
    internMortal(ada, string)
    decref(ada, string)
    internText(ada, 'eggs')
    endStrings(ada)
    expect([references(memory, string), isInterned(memory, string)]).toEqual([1, false])
    expect(runtime.inUse().objects).toBe(before.objects + 1)
    decref(ada, string)
    expect(runtime.inUse()).toEqual(before)
  })
})

describe('in every order', () => {
  const SMALL = 1 << 16

  /** All that may come of what two threads do. */
  function outcomes(setup: (memory: Memory) => Stage, bodies: readonly ((thread: Thread) => unknown)[], observe: Observer): string[] {
    const exploration = explore<Stage>({
      bytes: SMALL,
      setup,
      bodies: bodies.map(
        (body, index) =>
          (_memory, { threads }) =>
            body(threads[index] as Thread),
      ),
      observe: (_memory, results, context) => `${observe(context, results)}, ${inTable(context)} in the table`,
    })
    expect(exploration.failure?.message).toBeUndefined()
    expect(exploration.complete).toBe(true)
    return [...exploration.outcomes.keys()].sort()
  }
  type Observer = (stage: Stage, results: readonly unknown[]) => string

  const inTable = ({ runtime, interpreter }: Stage): number => runtime.memory.get(interpreter.code.strings.count)

  test('two threads that intern the same text at once get the same string', () => {
    const interns = (thread: Thread): Address => internText(thread, 'xy')
    const begins = (memory: Memory): Stage => stage(memory, SMALL)
    expect(outcomes(begins, [interns, interns], (_, [one, other]) => (one === other ? 'one string' : 'two strings'))).toEqual([
      'one string, 1 in the table',
    ])
  })

  test('a mortal string that ends while another thread looks for it is kept by that one, or ends and another takes its place', () => {
    let string = 0
    const begins = (memory: Memory): Stage => {
      const begun = stage(memory, SMALL)
      const [ada] = begun.threads
      string = newStr(ada, 'xy')
      decref(ada, internMortal(ada, string))
      return begun
    }
    const drops = (thread: Thread): void => decref(thread, string)
    const looks = (thread: Thread): Address => {
      const other = newStr(thread, 'xy')
      const interned = internMortal(thread, other)
      decref(thread, other)
      return interned
    }
    const observe: Observer = ({ runtime: { memory } }, [, found]) => {
      const interned = found as Address
      return `${interned === string ? 'kept' : 'another'}: ${textOf(memory, interned)}, ${references(memory, interned)} reference`
    }
    expect(outcomes(begins, [drops, looks], observe)).toEqual([
      'another: xy, 1 reference, 1 in the table',
      'kept: xy, 1 reference, 1 in the table',
    ])
  })
})
