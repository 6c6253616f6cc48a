import { expect, test } from 'vitest'
import { type Fault, FaultError, withFault } from './fault.ts'

const fault: Fault = {
  id: 'one-too-many',
  title: '',
  requirement: 'QSBR-04',
  shownBy: 'QSBR-04.1',
  file: 'reclaim/count.ts',
  text: 'n + 1',
  replacement: 'n + 2',
  why: '',
}

test('the text that stands there once is replaced, and nothing else', () => {
  expect(withFault(fault, 'const next = (n: number) => n + 1 // $& $1\n')).toBe('const next = (n: number) => n + 2 // $& $1\n')
})

test('a replacement is taken as it is', () => {
  expect(withFault({ ...fault, replacement: "n + $& $' $1" }, 'n + 1')).toBe("n + $& $' $1")
})

test.for([
  ['nothing', 0],
  ['n + 1, and n + 1 again', 2],
] as const)('a text that does not stand there once is an error that names fault, file and count: %s', ([source, count]) => {
  expect(() => withFault(fault, source)).toThrow(FaultError)
  expect(() => withFault(fault, source)).toThrow(`fault one-too-many: reclaim/count.ts holds its text ${count} times`)
})
