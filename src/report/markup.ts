/**
 * HTML, SVG and XML in which every text is escaped unless it is markup already, so that forgetting
 * to escape is not possible.
 */
import { visible } from './visible.ts'

/** A piece of markup, whole and well formed. Only this file makes it from plain text. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What can stand in a template. Nothing is shown for `undefined`, `false` and empty lists. */
export type Part = string | number | Markup | undefined | false | readonly Part[]

/** A template whose parts are made harmless: as text between tags, or as an attribute's value in double quotes. */
export function markup(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(literals.map((literal, index) => literal + rendered(parts[index])).join(''))
}

function rendered(part: Part): string {
  if (part === undefined || part === false) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(rendered).join('')
  return typeof part === 'number' ? String(part) : escaped(part)
}

const HARMLESS = /^[^&<>"']*$/

function escaped(text: string): string {
  const seen = visible(text)
  if (HARMLESS.test(seen)) return seen
  return seen.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;')
}
