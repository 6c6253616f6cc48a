/**
 * Prose drifts where nobody looks: the pages name only what exists.
 *
 * A name after a path, as in `src/runtime/reclaim/qsbr.ts` `poll`, is exported there. A word after
 * "fault" is a fault of the museum. A row under the heading "Numbers" ends with the constant that
 * it tells.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ROOT } from './commands/project.ts'
import { MUSEUM } from './faults/museum.ts'
import { CHAPTERS } from './protocol/messages.ts'
import { DOCUMENTS } from './requirements/documents.ts'
import { readFeatures } from './requirements/features.ts'
import { INVENTORY } from './requirements/inventory.ts'
import { notBuilt } from './requirements/requirement.ts'
import { liveIds } from './requirements/trace.ts'
import { RULES } from './subject/reference/invariants/index.ts'
import { requirementIds } from './verdict/tags.ts'

const FEATURES = readFeatures(ROOT)
const { requirements, scenarios } = liveIds(INVENTORY, FEATURES)
const IDS = new Set([...requirements, ...scenarios])
const FAULTS = new Set(MUSEUM.map(({ id }) => id))
const ALL = INVENTORY.flatMap((chapter) => chapter.requirements.map((requirement) => ({ chapter, requirement })))
const BUILT = ALL.filter(({ chapter, requirement }) => notBuilt(chapter, requirement) === undefined)

const ID = new RegExp(`\\b(?:${CHAPTERS.join('|').toUpperCase()})-[0-9]+(?:\\.[0-9]+)?\\b`, 'g')
const PATH = /`((?:src|steps|features|docs|\.ci)\/[\w./-]*)`/g
const NAMES = /`(src\/[\w./-]+\.ts)`[:,]?\s+((?:`\w+`(?:,\s+|\sand\s)?)+)/g
const EXPORT = /^export (?:async )?(?:function\*?|const|class|interface|type) (\w+)/gm
const FAULT = /\bfault\s+`([a-z-]+)`|--fault ([a-z-]+)/g
const LINK = /\]\(([^)\s]+)\)/g
const NUMBER = /^\| .+ \| ([\d,]+) \| `(src\/[\w./-]+\.ts)` `(\w+)` \|$/

const PAGES = globSync('{README.md,docs/**/*.md}', { cwd: ROOT })
const there = (path: string): boolean => existsSync(join(ROOT, path))
const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const captures = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, first, second]) => first ?? second ?? '')

/** The parts of a page, each from its heading to the next. */
const sections = (text: string): string[] => text.split(/^#{2,3} /m).slice(1)
const section = (text: string, heading: string): string => sections(text).find((part) => part.startsWith(heading)) ?? ''
const rows = (text: string): string[] => (text.match(/^\|.*\|$/gm) ?? []).slice(2)

const names = (text: string): string[] =>
  [...text.matchAll(NAMES)]
    .filter(([, path = '']) => there(path))
    .flatMap(([, path = '', list = '']) => {
      const exported = captures(textOf(path), EXPORT)
      return captures(list, /`(\w+)`/g).filter((name) => !exported.includes(name))
    })

/** Headings as links to them are written. */
const anchors = (text: string): string[] =>
  captures(text, /^#+ (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )

const leads = (page: string, text: string, link: string): boolean => {
  const [file = '', anchor] = link.split('#')
  const target = join(dirname(page), file)
  return there(target) && (anchor === undefined || anchors(file === '' ? text : textOf(target)).includes(anchor))
}

/** Whatever a page names that does not exist. */
const dangling = (page: string, text: string): string[] => [
  ...captures(text, PATH).filter((path) => !there(path)),
  ...(text.match(ID) ?? []).filter((id) => !IDS.has(id)),
  ...names(text),
  ...captures(text, FAULT).filter((fault) => !FAULTS.has(fault)),
  ...captures(text, LINK).filter((link) => !/^https?:/.test(link) && !leads(page, text, link)),
]

/** The rows under "Numbers" that do not tell the value of a constant. */
async function misquoted(text: string): Promise<string[]> {
  const checked = rows(section(text, 'Numbers\n')).map(async (row) => {
    const [, figure = '', path = '', name = ''] = NUMBER.exec(row) ?? []
    const constants = path !== '' && there(path) ? await import(pathToFileURL(join(ROOT, path)).href) : {}
    return constants[name] === Number(figure.replaceAll(',', '')) ? [] : [row]
  })
  return (await Promise.all(checked)).flat()
}

test.for(PAGES)('%s names only what exists', async (page) => {
  expect(dangling(page, textOf(page))).toEqual([])
  expect(await misquoted(textOf(page))).toEqual([])
})

test('what does not exist is found', async () => {
  const text = [
    '## What is there',
    'See `src/runtime/refcount/based.ts`, `docs/`, BRC-3 and BRC-03.99, but not UTF-8 or S1.',
    '`src/runtime/reclaim/qsbr.ts`: `poll`, `pool`,\n  `advance` and `retreat`.',
    'The fault `goal-compared-strictly` and the fault `goal-not-compared`: `ftspec faults --fault no-such`.',
    '[a](limits.md) [b](limit.md) [c](limits.md#memory-order) [d](limits.md#disorder) [e](#what-is-there) [f](#what-is-not)',
    '[g](https://example.org/limit.md)',
  ].join('\n')
  expect(dangling('docs/page.md', text)).toEqual([
    'src/runtime/refcount/based.ts',
    'BRC-3',
    'BRC-03.99',
    'pool',
    'retreat',
    'goal-not-compared',
    'no-such',
    'limit.md',
    'limits.md#disorder',
    '#what-is-not',
  ])
})

test('a number that is not the constant is found', async () => {
  const right = '| first | 1 | `src/runtime/reclaim/qsbr.ts` `FIRST` |'
  const wrong = [
    '| first | 2 | `src/runtime/reclaim/qsbr.ts` `FIRST` |',
    '| last | 1 | `src/runtime/reclaim/qsbr.ts` `LAST` |',
    '| first | 1 | `src/runtime/reclaim/clock.ts` `FIRST` |',
    '| first | one | `src/runtime/reclaim/qsbr.ts` `FIRST` |',
  ]
  expect(await misquoted(`## Numbers\n\n| what | figure | where |\n| --- | --- | --- |\n${[right, ...wrong].join('\n')}\n`)).toEqual(wrong)
})

test.for(BUILT.map(({ chapter, requirement }) => [requirement.id, chapter.id] as const))(
  '%s has a section on the page of its chapter, with scenarios that show it',
  ([id, chapter]) => {
    expect(section(textOf(`docs/${chapter}.md`), `${id}: `)).toContain(`${id}.`)
  },
)

test('the page on exploring lists the rules that are asked in every state, in their order', () => {
  const listed = rows(section(textOf('docs/exploring.md'), 'Rules that hold in every state')).map((row) =>
    row.split(' | ')[1]?.replace(/ \|$/, ''),
  )
  expect(listed).toEqual(RULES.map(({ name }) => name))
})

describe('the page of sources', () => {
  const page = textOf('docs/sources.md')
  const parts = sections(page)
  const documents = Object.entries(DOCUMENTS)

  test('begins with a section for each document, in their order', () => {
    const titles = documents.map(([id, { title, commit }]) => `${id} ${title} (${commit})`)
    expect(parts.slice(0, documents.length).map((part) => part.split('\n')[0])).toEqual(titles)
  })

  test.for(documents.map(([id]) => id))('leads from document %s to its requirements and to no other', (id) => {
    const stating = ALL.filter(({ requirement }) => requirement.sources.some((source) => source === id))
    const named = section(page, `${id} `).match(ID) ?? []
    expect(named).toEqual(stating.map(({ requirement }) => requirement.id))
  })

  test.for(BUILT.map(({ requirement }) => requirement.id))('leads from %s to the runtime and to the features that show it', (id) => {
    const showing = FEATURES.filter(({ rules }) => rules.some(({ tags }) => requirementIds(tags).includes(id)))
    const row = new RegExp(`^\\| ${id} \\| \`src/runtime/.+\\.ts\` \\| (.+) \\|$`, 'm').exec(page)
    expect(captures(row?.[1] ?? '', PATH).sort()).toEqual(showing.map(({ file }) => file).sort())
  })
})
