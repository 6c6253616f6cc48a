import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wrapped } from './wrapped.ts'

test('lines break between words and are indented', () => {
  expect(wrapped('one two three', 9, '  ')).toEqual(['  one two', '  three'])
})

test('a word that is too long stands alone', () => {
  expect(wrapped('a incomprehensibilities b', 8)).toEqual(['a', 'incomprehensibilities', 'b'])
})

test('no word is lost, and no line is longer than it has to be', () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 1, max: 40 }), (words, width) => {
      const lines = wrapped(words.join(' '), width)
      expect(lines.join(' ')).toBe(words.join(' '))
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true)
    }),
  )
})
