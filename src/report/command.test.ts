import { expect, test } from 'vitest'
import { commandFor } from './command.ts'

test('the reference needs no command', () => {
  expect(commandFor('BRC-03.1', { command: null })).toBe('npx ftspec run --scenario BRC-03.1')
})

test('a row is run with its outline', () => {
  expect(commandFor('BRC-03.1#2', { command: null })).toBe('npx ftspec run --scenario BRC-03.1')
})

test('it is run as it was run', () => {
  expect(commandFor('BRC-03.1', { command: './adapter', patience: 2.5, repeat: 50 })).toBe(
    'npx ftspec run --scenario BRC-03.1 --patience 2.5 --race-repeat 50 --subject ./adapter',
  )
})

test('an interpreter is named beside its adapter', () => {
  expect(commandFor('BRC-03.1', { command: 'cpython', python: '/opt/my pythons/python3.14t' })).toBe(
    "npx ftspec run --scenario BRC-03.1 --subject cpython --python '/opt/my pythons/python3.14t'",
  )
})

test('a command comes out of a shell as it went in', () => {
  expect(commandFor('BRC-03.1', { command: `node -e 'x' "$HOME"` })).toBe(
    `npx ftspec run --scenario BRC-03.1 --subject 'node -e '\\''x'\\'' "$HOME"'`,
  )
})
