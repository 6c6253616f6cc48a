import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { loadText } from './code.ts'

test('there is no other way to compile than as a module or an expression', () => {
  const { failure } = programs()
  expect(failure("compile('1', 'text', 'single')")).toBe(`ValueError("compile() mode must be 'exec' or 'eval'")`)
})

test('what goes wrong in the compiler itself is no SyntaxError of the program', () => {
  const { m } = programs()
  expect(() => loadText(m, undefined as never, 'text', 'exec')).toThrow(TypeError)
})
