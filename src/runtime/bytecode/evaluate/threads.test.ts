import { expect, test } from 'vitest'
import { beginPrograms, programs } from '../../../testing/programs.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import type { Thread } from '../../interpreter/thread.ts'
import { decref } from '../../refcount/biased.ts'
import { PENDING_CALLS, request } from '../../thread/requests.ts'
import { copyAt } from '../code/copy-array.ts'
import { INDEX } from '../code/frame.ts'
import { FRAME_IN_GENERATOR, GENERATOR_STATE, GeneratorState } from '../code/generator.ts'
import { instructionsOf } from '../code/monitoring.ts'
import { nameOf, opcodeOf } from '../compile/opcodes.ts'
import { newFloat } from '../objects/float.ts'
import { FUNCTION_CODE } from '../objects/function.ts'
import { newInt } from '../objects/int.ts'
import { repr } from '../objects/operate/repr.ts'

const setting = beginPrograms()
const ada = programs(setting)
const ben = enter(setting)
const { memory } = setting

/** The instructions of a function's copy, by the thread whose it is; undefined if it has none. */
function forms(m: Thread, name: string): string[] | undefined {
  const called = ada.look(name)
  const code = memory.get(called + FUNCTION_CODE)
  decref(ada.m, called)
  const copy = copyAt(memory, code, memory.get(m.own.index))
  return copy === 0 ? undefined : [...instructionsOf(memory, code)].map((offset) => nameOf(opcodeOf(memory.get(copy + offset * 4))))
}

const ask = (m: Thread, name: string, ...values: number[]): string => {
  const result = m.call(ada.look(name), values)
  const text = repr(m, result)
  decref(m, result)
  return text
}

test('each thread specializes a copy of its own, made when it first runs the code', () => {
  ada.run('def add(a, b):\n    return a + b')
  expect(ask(ada.m, 'add', newInt(ada.m, 1), newInt(ada.m, 2))).toBe('3')
  expect(forms(ada.m, 'add')).toEqual(['RESUME_CHECK', 'LOAD_FAST_LOAD_FAST', 'BINARY_OP', 'RETURN_VALUE'])
  expect(forms(ben, 'add')).toBeUndefined()
  for (let time = 0; time < 2; time++) {
    expect(ask(ada.m, 'add', newInt(ada.m, 1), newInt(ada.m, 2))).toBe('3')
    expect(ask(ben, 'add', newFloat(ben, 1), newFloat(ben, 2))).toBe('3.0')
  }
  expect(forms(ada.m, 'add')?.[2]).toBe('BINARY_OP_ADD_INT')
  expect(forms(ben, 'add')?.[2]).toBe('BINARY_OP_ADD_FLOAT')
})

test('a generator goes on in the copy of whoever takes it up', () => {
  ada.run('def count():\n    n = 0\n    while True:\n        n += 1\n        yield n\nit = count()\ndef step():\n    return next(it)')
  const it = ada.look('it')
  const index = () => memory.get(it + FRAME_IN_GENERATOR + INDEX)
  const indices = [ada.m, ben, ada.m, ben].map((m) => [ask(m, 'step'), index()])
  expect(indices).toEqual([ada.m, ben, ada.m, ben].map((m, place) => [`${place + 1}`, memory.get(m.own.index)]))
})

test('an exception that is thrown into a generator is raised in the copy of whoever throws it', () => {
  ada.run(`
def guarded():
    try:
        yield 1
    except ValueError:
        yield 2
guard = guarded()
next(guard)
def throw():
    return guard.throw(ValueError)`)
  expect(ask(ben, 'throw')).toBe('2')
  expect(memory.get(ada.look('guard') + FRAME_IN_GENERATOR + INDEX)).toBe(memory.get(ben.own.index))
  expect(memory.get(ada.look('guard') + GENERATOR_STATE)).toBe(GeneratorState.SUSPENDED)
})

test('functions that threads share are not counted in their frames', () => {
  ada.run('def inner():\n    return 1\ndef outer():\n    return inner() + inner()')
  const shared = ada.look('inner') + 8
  const before = memory.get(shared)
  expect(ask(ben, 'outer')).toBe('2')
  expect(memory.get(shared)).toBe(before)
})

test('what is asked of a thread is done at the next turn of a loop, and a failure is raised there', () => {
  let fails = false
  const served: number[] = []
  const cleo = enter(setting, {
    ...QUIET,
    serve(_thread, bit) {
      served.push(bit)
      return !fails
    },
  })
  const { run, failure } = programs(setting, cleo)
  run('def loop(n):\n    for i in range(n):\n        pass\nloop(3)')
  expect(served).toEqual([])
  request(memory, cleo.requests, PENDING_CALLS)
  run('loop(3)')
  fails = true
  const before = served.length
  request(memory, cleo.requests, 1)
  expect(failure('loop(3)')).toBe("RuntimeError('what the thread was asked to do failed')")
  expect(served.length).toBeGreaterThan(before)
})

test('a program that waits is its embedder’s business', () => {
  const waited: string[] = []
  const dora = enter(setting, { ...QUIET, wait: (_thread, name) => waited.push(name) })
  const { run, failure } = programs(setting, dora)
  run('wait("here")')
  expect(waited).toEqual(['here'])
  expect(failure('wait(5)')).toBe("TypeError('wait() argument must be str, not int')")
  ada.run('wait("nobody")')
})
