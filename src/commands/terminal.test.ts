import { expect, test } from 'vitest'
import { terminalOf, tolerate } from './terminal.ts'

const pipe = { write: () => true }
const screen = { ...pipe, isTTY: true, columns: 90 }

test('a line is written over, and coloured, only while a person watches', () => {
  expect(terminalOf(screen, pipe, { TERM: 'xterm' }, '/')).toMatchObject({ live: true, color: true, width: 90 })
  expect(terminalOf(pipe, screen, { TERM: 'xterm' }, '/')).toMatchObject({ live: false, color: false, width: 120 })
  expect(terminalOf(screen, pipe, { TERM: 'dumb' }, '/')).toMatchObject({ live: false, color: false })
})

test('NO_COLOR forbids colours if it is not empty', () => {
  expect(terminalOf(screen, pipe, { NO_COLOR: '1' }, '/')).toMatchObject({ live: true, color: false })
  expect(terminalOf(screen, pipe, { NO_COLOR: '' }, '/').color).toBe(true)
})

test('a reader that went away is no error, anything else is', () => {
  expect(() => tolerate(Object.assign(new Error('gone'), { code: 'EPIPE' }))).not.toThrow()
  expect(() => tolerate(Object.assign(new Error('full'), { code: 'ENOSPC' }))).toThrow('full')
})
