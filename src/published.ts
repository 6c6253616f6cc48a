/**
 * Everything under docs that is written from the sources, by its path there.
 */
import { documents } from './protocol/schemas.ts'
import { logPage, logSchema } from './report/log-page.ts'
import { versionsPage } from './requirements/versions-page.ts'

export function published(): ReadonlyMap<string, string> {
  return new Map([
    ...[...documents()].map(([file, text]) => [`protocol/${file}`, text] as const),
    ['report-log.md', logPage()],
    ['report-log.schema.json', logSchema()],
    ['versions.md', versionsPage()],
  ])
}
