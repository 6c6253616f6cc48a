import { expect, test } from 'vitest'
import { commandFor } from './command.ts'

test('the reference needs no command', () => {
  expect(commandFor('BRC-03', null)).toBe('npx ftspec run --requirement BRC-03')
})

test('a command of one word needs no quotes', () => {
  expect(commandFor('BRC-03', './adapter')).toBe('npx ftspec run --requirement BRC-03 --subject ./adapter')
})

test('a command comes out of a shell as it went in', () => {
  expect(commandFor('BRC-03', `node -e 'x' "$HOME"`)).toBe(`npx ftspec run --requirement BRC-03 --subject 'node -e '\\''x'\\'' "$HOME"'`)
})
