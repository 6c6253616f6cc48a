/**
 * Finds the subcommand that was asked for and runs it.
 */
import { inspect } from 'node:util'
import { EXIT, type ExitCode } from '../verdict/gate.ts'
import type { Command } from './command.ts'
import { proposal } from './near.ts'
import { suiteVersion } from './project.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

interface Entry {
  /** One line for the list of commands. */
  readonly summary: string
  /** Loaded when it is asked for, since the test runner alone takes as long as all else. */
  load(): Promise<Command>
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  run: { summary: 'judge an implementation: run the features and write a report', load: async () => (await import('./run.ts')).run },
  baseline: {
    summary: 'write down what an implementation is known to fail',
    load: baseline,
  },
  list: { summary: 'show what is required, and how many scenarios show it', load: async () => (await import('./list.ts')).list },
  serve: { summary: 'be a subject: the reference, on standard input and output', load: async () => (await import('./serve.ts')).serve },
  explore: { summary: 'try every order of the races, and say how many there are', load: explore },
  replay: { summary: 'show one order of a race, step by step', load: replay },
  faults: { summary: 'break the reference on purpose, and see who notices', load: faults },
  compare: { summary: 'hold the verdicts of two runs against each other', load: async () => (await import('./compare.ts')).compare },
  trace: {
    summary: 'check that requirements, scenarios, faults and pages belong together',
    load: trace,
  },
}

async function baseline(): Promise<Command> {
  const [{ baselineCommand }, { judged }] = await Promise.all([import('./baseline.ts'), import('./judging.ts')])
  return baselineCommand(judged)
}

async function faults(): Promise<Command> {
  const [{ faultsCommand }, { MUSEUM }, { runFaults }] = await Promise.all([
    import('./faults.ts'),
    import('../faults/museum.ts'),
    import('../faults/run.ts'),
  ])
  return faultsCommand(MUSEUM, runFaults)
}

// One import after the other: modules that load each other in two ways cannot be loaded at once.
async function explore(): Promise<Command> {
  const { runRaces } = await import('./race-runs.ts')
  const { exploreCommand } = await import('./explore.ts')
  return exploreCommand(runRaces)
}

async function replay(): Promise<Command> {
  const { runRaces } = await import('./race-runs.ts')
  const { replayCommand } = await import('./replay.ts')
  return replayCommand(runRaces)
}

async function trace(): Promise<Command> {
  const [{ traceCommand }, { MUSEUM }] = await Promise.all([import('./trace.ts'), import('../faults/museum.ts')])
  return traceCommand(MUSEUM)
}

/** Runs a command line without the program's own name. Errors are told on the terminal; never rejects. */
export async function runCommand(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name = '--help', ...args] = words
  try {
    if (name === '--version') return tell(terminal, `${suiteVersion()}\n`)
    if (name === '--help' || name === '-h') return tell(terminal, overview())
    const command = await commandNamed(name)
    if (args.includes('--help') || args.includes('-h')) return tell(terminal, command.help)
    return await command.run(args, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      const help = Object.hasOwn(COMMANDS, name) ? `npx ftspec ${name} --help` : 'npx ftspec --help'
      terminal.err.write(`ftspec: ${error.message}\nTry: ${help}\n`)
      return EXIT.usage
    }
    terminal.err.write(`ftspec: the suite itself went wrong: ${inspect(error)}\n`)
    return EXIT.internal
  }
}

function tell({ out }: Terminal, text: string): ExitCode {
  out.write(text)
  return EXIT.well
}

async function commandNamed(name: string): Promise<Command> {
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (entry) return await entry.load()
  throw new UsageError(`there is no command ${name}${proposal(name, Object.keys(COMMANDS))}`)
}

function overview(): string {
  const lines = Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`)
  return `Usage: npx ftspec COMMAND [OPTIONS]

The executable specification of free-threaded runtime mechanisms.

${lines.join('\n')}

Each has --help. Example: npx ftspec run --chapter brc
`
}
