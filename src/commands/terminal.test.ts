import { expect, test } from 'vitest'
import { terminalOf } from './terminal.ts'

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
