/** How the page looks: small files, each about one thing, in the order in which they stand on the page. */
import { readFileSync } from 'node:fs'

/** Later ones take precedence. */
export const PARTS = [
  'colors',
  'text',
  'layout',
  'navigation',
  'verdicts',
  'masthead',
  'chapters',
  'scenarios',
  'schedule',
  'trace',
  'diagram',
  'bytecode',
  'race',
  'narrow',
  'print',
] as const

/** The whole style as it stands in the page, without comments and indentation. */
export const STYLE = PARTS.map((part) => readFileSync(new URL(`./style/${part}.css`, import.meta.url), 'utf8'))
  .join('')
  .replace(/\/\*.*?\*\//gs, '')
  .replace(/\s+/g, ' ')
