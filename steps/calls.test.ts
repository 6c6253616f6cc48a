import { expect, test } from 'vitest'
import { CALL, callOf } from './calls.ts'

test.for([
  ['f()', { function: 'f', args: [] }],
  ['f(1, -2.5)', { function: 'f', args: ['1', '-2.5'] }],
  ["g.send('a, b')", { function: 'g.send', args: ["'a, b'"] }],
  ['f((1, 2), [3, 4], x.y)', { function: 'f', args: ['(1, 2)', '[3, 4]', 'x.y'] }],
] as const)('%s is read as what is called and its arguments', ([text, call]) => {
  expect(callOf(text)).toEqual(call)
  expect(CALL.exec(`Ada calls ${text} 3 times`)?.[0]).toBe(text)
})
