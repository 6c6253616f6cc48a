import { expect, test } from 'vitest'
import { shortened, visible, visibleLine } from './visible.ts'

test('what steers a terminal or reorders a line is named instead', () => {
  expect(visible('\u001b[2J\u0007')).toBe('⟨U+001B⟩[2J⟨U+0007⟩')
  expect(visible('\u202egpj.exe\u2066')).toBe('⟨U+202E⟩gpj.exe⟨U+2066⟩')
  expect(visible('\u0000\u009b\u200b\ufeff\u2028')).toBe('⟨U+0000⟩⟨U+009B⟩⟨U+200B⟩⟨U+FEFF⟩⟨U+2028⟩')
})

test('half a character is named instead', () => {
  expect(visible('a\ud800b')).toBe('a⟨U+D800⟩b')
})

test('tags that nobody sees are named by their whole code point', () => {
  expect(visible('\u{e0041}')).toBe('⟨U+E0041⟩')
})

test('ordinary text, line feeds and tabs stay as they are', () => {
  expect(visible('Bénédicte\n\t日本 שלום 🧵')).toBe('Bénédicte\n\t日本 שלום 🧵')
})

test('a visible line is one line', () => {
  expect(visibleLine(' a\n\n b\tc\rd ')).toBe('a b c⟨U+000D⟩d')
})

test('a text is shortened only if it is too long, and never beyond its length', () => {
  expect(shortened('queued', 6)).toBe('queued')
  expect(shortened('queued', 5)).toBe('queu…')
  expect(shortened('a b', 3)).toBe('a b')
  expect(shortened('ab cd', 4)).toBe('ab…')
  expect(shortened('🧵🧵🧵', 2)).toBe('🧵…')
  expect(shortened('🧵🧵', 2)).toBe('🧵🧵')
  expect(shortened('abc', 0)).toBe('…')
})
