/**
 * `ftspec serve`: the reference runtime as a program that speaks the protocol.
 */
import { connectReference } from '../subject/reference.ts'
import { serve as serveSubject } from '../subject/serve.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, optionsOf } from './command.ts'

export const serve: Command = {
  help: `Usage: npx ftspec serve

Runs the reference runtime as a program: reads requests from standard input, one per line, and
writes the answers to standard output, until the input ends. docs/protocol.md describes both.

  --help               this text

Example: npx ftspec run --subject "npx ftspec serve"
`,
  async run(args) {
    optionsOf({}, args)
    const subject = await connectReference()
    try {
      await serveSubject(subject, process.stdin, process.stdout)
    } finally {
      await subject.end()
    }
    return EXIT.well
  },
}
