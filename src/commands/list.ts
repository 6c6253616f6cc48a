/**
 * `ftspec list`: what the specification requires, and what shows it.
 */
import { readFeatures } from '../requirements/features.ts'
import { readLock } from '../requirements/lock.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, listed, optionsOf } from './command.ts'
import { LOCK_FILE, ROOT } from './project.ts'
import { requestOf, type Selected, select } from './selection.ts'
import { wrapped } from './wrapped.ts'

const OPTIONS = {
  chapter: { type: 'string', multiple: true },
  requirement: { type: 'string', multiple: true },
} as const

export const list: Command = {
  help: `Usage: npx ftspec list [--chapter NAMES] [--requirement IDS]

Shows the requirements of all chapters: id, level, source documents, how many scenarios
show it, and the rule in one sentence. Named by id, a requirement is shown with its scenarios.

  --chapter NAMES      only these chapters, separated by commas
  --requirement IDS    only these requirements, with their scenarios
  --help               this text

Example: npx ftspec list --requirement BRC-03
`,
  async run(args, { out, width }) {
    const values = optionsOf(OPTIONS, args)
    const request = requestOf(listed(values.chapter), listed(values.requirement), readLock(LOCK_FILE))
    const selected = select(request, readFeatures(ROOT))
    const blocks = [...Map.groupBy(selected, ({ chapter }) => chapter)].map(([chapter, requirements]) =>
      [
        `${chapter.id}: ${chapter.title}`,
        ...requirements.flatMap((one) => requirementLines(one, width, request.requirements.length > 0)),
      ].join('\n'),
    )
    out.write(`${blocks.join('\n\n')}\n`)
    return EXIT.well
  },
}

function requirementLines({ requirement, notRun, planned }: Selected, width: number, withScenarios: boolean): string[] {
  const { id, level, sources, sentence } = requirement
  return [
    `  ${id}  ${[level, ...sources].join(' ')}, ${notRun ?? `${planned.length} to run`}`,
    ...wrapped(sentence, width, '    '),
    ...(withScenarios ? planned.map(({ case: one, feature }) => `      ${one.id}  ${one.name}  (${feature.file}:${one.line})`) : []),
  ]
}
