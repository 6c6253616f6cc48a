import { expect, test } from 'vitest'
import { badge, bar } from './verdict-badge.ts'

test('a verdict is a word', () => {
  expect(badge('protocol-violation').text).toBe('<span class="v protocol-violation">protocol-violation</span>')
})

test('a bar begins with the best, and parts are as wide as they are many', () => {
  expect(
    bar(
      new Map([
        ['fail', 1],
        ['pass', 7],
      ]),
    ).text,
  ).toMatch(/<i class="pass" style="flex:7"><\/i><i class="fail" style="flex:1">/)
})
