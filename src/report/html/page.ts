/**
 * The report as one page that needs nothing else: no network, no server, and to be read no script.
 *
 * Nothing a subject wrote can become markup: every text passes the template of `markup.ts`, and the
 * page forbids itself to load anything and to run any script but its own.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Markup, markup } from '../markup.ts'
import type { Results } from '../results.ts'
import { chapterSection } from './chapter.ts'
import { masthead } from './masthead.ts'
import { navigation } from './navigation.ts'
import { STYLE } from './style.ts'

const SCRIPT = readFileSync(new URL('./page.js', import.meta.url), 'utf8')
const POLICY = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`
const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E%3Cpath d=%22M5 1v14M11 1v14M5 6h6%22 stroke=%22%23467%22 stroke-width=%222%22/%3E%3C/svg%3E'

/** The whole page as HTML. */
export function pageOf(results: Results): string {
  const { log, chapters } = results
  const name = log.hello ? `${log.hello.name} ${log.hello.version}` : 'unknown subject'
  return markup`<!doctype html>
<html lang=en>
<meta charset=utf-8>
<meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}">
<meta name=viewport content="width=device-width">
<meta name=color-scheme content="light dark">
<title>${!log.complete && 'INCOMPLETE '}${name} · ftspec</title>
<link rel=icon href="${new Markup(ICON)}">
<style>${new Markup(STYLE)}</style>
<a class=skip href="#main">To the chapters</a>
<div class=page><div class=top>${masthead(results)}</div>
${navigation(chapters)}
<main id=main>${chapters.map((chapter) => markup`${chapterSection(chapter, log.header)}\n`)}
<footer>Drawn from the executed trace, which lies beside this page.</footer></main></div>
<script>${new Markup(SCRIPT)}</script>
`.text
}
