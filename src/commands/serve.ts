/**
 * `ftspec serve`: the reference runtime as a program that speaks the protocol.
 */
import { connectReference, RACES, type Races } from '../subject/reference.ts'
import { serve as serveSubject } from '../subject/serve.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, optionsOf } from './command.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = { races: { type: 'string', default: 'explored' } } as const

export const serve: Command = {
  help: `Usage: npx ftspec serve [--races explored|sampled]

Runs the reference runtime as a program: reads requests from standard input, one per line, and
writes the answers to standard output, until the input ends. docs/protocol.md describes both.

  --races HOW          explored, a race is run in every order, or sampled, real threads race freely,
                       as often as the suite asks for, like those of an implementation that nobody
                       can stop between two operations (explored)
  --help               this text

Example: npx ftspec run --subject "npx ftspec serve"
`,
  async run(args) {
    const subject = await connectReference(racesOf(optionsOf(OPTIONS, args).races))
    try {
      await serveSubject(subject, process.stdin, process.stdout)
    } finally {
      await subject.end()
    }
    return EXIT.well
  },
}

function racesOf(word: string): Races {
  const races = RACES.find((one) => one === word)
  if (races) return races
  throw new UsageError(`--races takes ${RACES.join(' or ')}, not ${word}`)
}
