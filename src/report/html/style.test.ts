import { readdirSync, readFileSync } from 'node:fs'
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

const COLORS = readFileSync(new URL('./style/colors.css', import.meta.url), 'utf8')
const [LIGHT = '', DARK = ''] = COLORS.split('@media')

type Rgb = readonly [number, number, number]

/** The colours of one scheme by their names, as far as they are written in six digits. */
function coloursIn(css: string): Map<string, Rgb> {
  return new Map(
    [...css.matchAll(/--([\w-]+): #([\da-f]{2})([\da-f]{2})([\da-f]{2});/g)].map(([, name = '', ...parts]) => [
      name,
      parts.map((part) => Number.parseInt(part, 16)) as unknown as Rgb,
    ]),
  )
}

/** The contrast of two colours, as WCAG 2 defines it. */
function contrast(one: Rgb, other: Rgb): number {
  const [bright = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a)
  return (bright + 0.05) / (dark + 0.05)
}

function luminance(color: Rgb): number {
  const [red = 0, green = 0, blue = 0] = color.map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** `color` with so much of it over `ground`. */
const over = (color: Rgb, ground: Rgb, share: number): Rgb =>
  color.map((part, index) => part * share + (ground[index] as number) * (1 - share)) as unknown as Rgb

test.each([
  ['light', LIGHT],
  ['dark', DARK],
])('in %s colours every text, the quiet ones too, can be read on whatever it stands on', (_, css) => {
  const colours = coloursIn(css)
  const colour = (name: string): Rgb => colours.get(name) as Rgb
  for (const text of ['ink', 'quiet', 'link', 'pass', 'bad', 'warn', 'odd', 'none']) {
    const grounds = [colour('paper'), colour('raised'), over(colour(text), colour('paper'), 0.08)]
    for (const ground of grounds) expect(contrast(colour(text), ground), text).toBeGreaterThan(4.5)
  }
  for (const text of ['ink', 'quiet', 'bad', 'warn']) expect(contrast(colour(text), colour('bad-wash')), text).toBeGreaterThan(4.5)
  expect(contrast(colour('new-ink'), colour('new-wash'))).toBeGreaterThan(4.5)
})
