/**
 * Text that was written by a subject, made safe to show: nothing in it can steer a terminal,
 * reorder what stands beside it or hide.
 */

/** Controls, formats (the bidirectional ones among them), lone surrogates, line and paragraph separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** What most texts are, and what nothing has to be done to. */
const PLAIN = /^[ -~]*$/
const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/

/** Names whatever cannot be seen by its code point, as `⟨U+202E⟩`. Tabs and line feeds stay. */
export function visible(text: string): string {
  if (PLAIN.test(text)) return text
  return text.replace(UNSEEN, (character) => (character === '\n' || character === '\t' ? character : named(character)))
}

/** The same on one line: line feeds, tabs and runs of blanks become one blank. */
export function visibleLine(text: string): string {
  return PLAIN_LINE.test(text) ? text : visible(text.replace(/[ \t\n]+/g, ' ').trim())
}

/** At most `length` characters of a text, the last one an ellipsis if some are missing. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  const characters = [...text]
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, Math.max(0, length - 1))
        .join('')
        .trimEnd()}…`
}

function named(character: string): string {
  return `⟨U+${Number(character.codePointAt(0)).toString(16).toUpperCase().padStart(4, '0')}⟩`
}
