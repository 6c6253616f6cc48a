import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { PARTS, STYLE } from './style.ts'

test('every part of the style stands in the page, and nothing else', () => {
  const files = readdirSync(new URL('./style/', import.meta.url))
  expect([...PARTS].map((part) => `${part}.css`).sort()).toEqual(files.sort())
})

test('the style loads nothing, and has no comments', () => {
  expect(STYLE).not.toMatch(/@import|url\(|\/\*/)
  expect(STYLE).not.toContain('</')
})
