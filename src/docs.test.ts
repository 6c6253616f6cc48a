/**
 * Prose drifts where nobody looks: the pages name only paths and ids that exist.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './commands/project.ts'
import { CHAPTERS } from './protocol/messages.ts'
import { DOCUMENTS } from './requirements/documents.ts'
import { readFeatures } from './requirements/features.ts'
import { INVENTORY } from './requirements/inventory.ts'
import { notBuilt } from './requirements/requirement.ts'
import { liveIds } from './requirements/trace.ts'

const { requirements, scenarios } = liveIds(INVENTORY, readFeatures(ROOT))
const IDS = new Set([...requirements, ...scenarios])
const ID = new RegExp(`\\b(?:${CHAPTERS.join('|').toUpperCase()})-[0-9]+(?:\\.[0-9]+)?\\b`, 'g')
const PATH = /`((?:src|steps|features|docs|\.ci)\/[\w./-]*)`/g

const PAGES = globSync('{README.md,docs/**/*.md}', { cwd: ROOT })
const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8')

/** Paths and ids on a page that lead nowhere. */
const dangling = (text: string): string[] => [
  ...[...text.matchAll(PATH)].flatMap(([, path = '']) => (existsSync(join(ROOT, path)) ? [] : [path])),
  ...(text.match(ID) ?? []).filter((id) => !IDS.has(id)),
]

test.for(PAGES)('%s names only paths and ids that exist', (page) => {
  expect(dangling(textOf(page))).toEqual([])
})

test('what does not exist is found', () => {
  const text = 'See `src/runtime/refcount/based.ts`, `docs/`, BRC-3 and BRC-03.99, but not UTF-8 or S1.'
  expect(dangling(text)).toEqual(['src/runtime/refcount/based.ts', 'BRC-3', 'BRC-03.99'])
})

describe('the page of sources', () => {
  const sections = textOf('docs/sources.md').split(/^## /m).slice(1)
  const all = INVENTORY.flatMap((chapter) => chapter.requirements.map((requirement) => ({ chapter, requirement })))

  test('has a section for each document, in their order', () => {
    const titles = Object.entries(DOCUMENTS).map(([id, { title, commit }]) => `${id} ${title} (${commit})`)
    expect(sections.map((section) => section.split('\n')[0])).toEqual(titles)
  })

  test.for(Object.keys(DOCUMENTS).entries().toArray())('leads from document %i to its requirements and to no other', ([index, id]) => {
    const stating = all.filter(({ requirement }) => requirement.sources.some((source) => source === id))
    const named = (sections[index]?.match(ID) ?? []).filter((one) => !one.includes('.'))
    expect(named).toEqual(stating.map(({ requirement }) => requirement.id))
  })

  test('leads from each requirement that is built to a module of the runtime and to a scenario of its own', () => {
    for (const { chapter, requirement } of all) {
      if (requirement.level !== 'core' || notBuilt(chapter, requirement) !== undefined) continue
      expect(textOf('docs/sources.md')).toMatch(
        new RegExp(`^\\| ${requirement.id} \\| \`src/runtime/.+\` \\| ${requirement.id}\\.\\d+ \\|$`, 'm'),
      )
    }
  })
})
