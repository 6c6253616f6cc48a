/** How verdicts look: always a word, never a colour alone. */
import type { Verdict } from '../../verdict/verdict.ts'
import { type Markup, markup } from '../markup.ts'

/** A verdict as a coloured word. */
export function badge(verdict: Verdict): Markup {
  return markup`<span class="v ${verdict}">${verdict}</span>`
}

/** Verdicts as a bar whose parts are as wide as they are many. It tells nothing that a text beside it does not. */
export function bar(totals: ReadonlyMap<Verdict, number>): Markup {
  const parts = [...totals].reverse().map(([verdict, count]) => markup`<i class="${verdict}" style="flex:${count}"></i>`)
  return markup`<span class=bar aria-hidden=true>${parts}</span>`
}
