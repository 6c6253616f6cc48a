import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { begin, enter, QUIET } from '../../../testing/setting.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'

const small = () => programs(begin(new SharedMemory(new SharedArrayBuffer(1 << 19))))

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
