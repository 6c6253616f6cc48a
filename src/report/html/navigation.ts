/** The chapters and their requirements at a glance, each a link. */
import { type Markup, markup } from '../markup.ts'
import { type ChapterResult, totalsOf } from '../results.ts'
import { bar } from './verdict-badge.ts'

/** The list beside the chapters. */
export function navigation(chapters: readonly ChapterResult[]): Markup {
  return markup`<nav aria-label="Chapters"><ol>${chapters.map(chapterItem)}</ol></nav>`
}

function chapterItem({ id, title, verdict, requirements, scenarios }: ChapterResult): Markup {
  const passed = totalsOf(scenarios).get('pass') ?? 0
  const told = scenarios.length === 0 ? verdict : `${passed}/${scenarios.length}`
  const chips = requirements.map((requirement) => {
    const { id, verdict, sentence } = requirement
    return markup`<a class="chip ${verdict}" href="#${id}" title="${id} ${verdict}: ${sentence}">${id.slice(id.lastIndexOf('-') + 1)}<span class=h> ${verdict}</span></a>`
  })
  return markup`<li><a class=ch href="#${id}"><span>${title}</span><small>${told}</small></a>${scenarios.length > 0 && [bar(totalsOf(scenarios)), markup`<span class=chips>${chips}</span>`]}`
}
