import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { begin, enter, QUIET } from '../../../testing/setting.ts'
import type { Thread } from '../../interpreter/thread.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { newInt } from '../objects/int.ts'

const small = () => programs(begin(new SharedMemory(new SharedArrayBuffer(1 << 20))))

test('a program that has used up all memory can give some back and go on', () => {
  const { told } = small()
  // What is given back serves only for what is as large, so nothing else is made afterwards.
  const source = `
out = [None, None, None]
def fill(which):
    kept = []
    try:
        while True:
            kept.append('x' * 1000)
    except MemoryError as e:
        kept = None
        out[which] = e
fill(0)
fill(1)
out[2] = ('y' * 1000)[0]`
  expect(told(source)).toBe("[MemoryError(), MemoryError(), 'y']")
})

test('a sequence for which no memory is large enough is not begun', () => {
  const source = `
out = []
for sequence in ([1], (1, 2), 'text', b'bytes'):
    kept = sequence
    try:
        kept *= 2 ** 60
    except MemoryError:
        out.append(kept is sequence and len(kept))
    try:
        2 ** 60 * sequence
    except MemoryError:
        out.append('again')
out.append([] * 2 ** 60)`
  expect(small().told(source)).toBe("[1, 'again', 2, 'again', 4, 'again', 5, 'again', []]")
})

test('a frame for which there is no memory is not entered', () => {
  const { told } = small()
  const variables = Array.from({ length: 900 }, (_, index) => `    v${index} = n\n`).join('')
  const source = `
out = []
def deep(n):
${variables}    return deep(n + 1)
try:
    deep(0)
except (MemoryError, RecursionError) as e:
    out.append(type(e).__name__)
out.append(1 + 1)`
  expect(told(source)).toBe("['MemoryError', 2]")
})

test('what an embedder throws is no exception of the program, which does not handle it', () => {
  const setting = begin(new SharedMemory(new SharedArrayBuffer(1 << 19)))
  const broken = enter(setting, {
    ...QUIET,
    wait() {
      throw new Error('the embedder is broken')
    },
  })
  const { run } = programs(setting, broken)
  expect(() => run('try:\n    wait("x")\nexcept BaseException:\n    pass')).toThrow('the embedder is broken')
})

test.for([
  ['closes a generator', 'del suspended'],
  ['throws into one that delegates', 'delegating.throw(ValueError())'],
  ['closes one that delegates', 'delegating.close()'],
])('nor is it where a program %s', ([, action]) => {
  const setting = begin(new SharedMemory(new SharedArrayBuffer(1 << 19)))
  const broken = enter(setting, {
    ...QUIET,
    wait() {
      throw new Error('the embedder is broken')
    },
  })
  const { run } = programs(setting, broken)
  run(`
class Waiting:
    def __iter__(self):
        return self
    def __next__(self):
        return 1
    def throw(self, error):
        wait('thrown')
    def close(self):
        wait('closed')
def suspend():
    try:
        yield
    finally:
        wait('ended')
def delegate():
    yield from Waiting()
suspended = suspend()
next(suspended)
delegating = delegate()
next(delegating)`)
  expect(() => run(`try:\n    ${action}\nexcept BaseException:\n    pass`)).toThrow('the embedder is broken')
})

test('a handler that cannot be told where an exception was raised, for lack of memory, is passed by', () => {
  const setting = begin(new SharedMemory(new SharedArrayBuffer(1 << 19)))
  const waits: string[] = []
  const starving = enter(setting, {
    ...QUIET,
    wait(thread, name) {
      waits.push(name)
      thread.runtime.arena.limit(name === 'nothing left' ? 0 : null)
      // What is kept for the next objects is used up too.
      if (name === 'nothing left') expect(() => useUp(thread)).toThrow(OutOfMemory)
    },
  })
  const { told } = programs(setting, starving)
  const source = `${raisingFarFromItsBeginning('nothing left')}
try:
    fail()
except MemoryError as caught:
    wait('caught')
    out = repr(caught)`
  expect(told(source)).toBe("'MemoryError()'")
  expect(waits).toEqual(['nothing left', 'caught'])
})

test('what else goes wrong on the way to a handler is told as it is', () => {
  const setting = begin(new SharedMemory(new SharedArrayBuffer(1 << 19)))
  const broken = enter(setting, {
    ...QUIET,
    wait(thread) {
      Object.defineProperty(thread, 'newObject', {
        value: () => {
          throw new RangeError('broken')
        },
      })
    },
  })
  const { run } = programs(setting, broken)
  expect(() => run(`${raisingFarFromItsBeginning('broken')}\nfail()`)).toThrow(RangeError)
})

/** A function that waits, and then raises at a place above 256: that needs an object of its own. */
const raisingFarFromItsBeginning = (name: string): string => `
error = ValueError()
def fail():
    try:
        raise error
    finally:
${'        x = 1\n'.repeat(200)}
        wait('${name}')
        raise error`

function useUp(thread: Thread): void {
  for (;;) newInt(thread, 1_000_000)
}
