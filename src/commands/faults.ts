/**
 * `ftspec faults`: whether the specification notices what is wrong.
 */
import { EXIT } from '../verdict/gate.ts'
import { type Command, listed, optionsOf } from './command.ts'
import { proposal } from './near.ts'
import { UsageError } from './usage-error.ts'
import { wrapped } from './wrapped.ts'

/** What the command has to know of a fault. */
export interface Fault {
  readonly id: string
  /** The requirement that it breaks. */
  readonly requirement: string
  /** What is wrong with the runtime then, in a sentence. */
  readonly about: string
}

/** What came of a run with one fault built in. */
export interface FaultResult<Known extends Fault = Fault> {
  readonly fault: Known
  /** The requirements of which a scenario failed. */
  readonly failed: readonly string[]
}

/** Runs the specification once for each fault, and tells of each as soon as it is done. */
export type FaultRunner<Known extends Fault> = (faults: readonly Known[], onResult: (result: FaultResult<Known>) => void) => Promise<void>

const OPTIONS = {
  fault: { type: 'string', multiple: true },
  requirement: { type: 'string', multiple: true },
  list: { type: 'boolean' },
} as const

const HELP = `Usage: npx ftspec faults [--fault IDS] [--requirement IDS] [--list]

Runs the specification against the reference with one fault after the other built in, and shows
whose scenarios notice. A fault is caught if scenarios of the requirement that it breaks fail.
Of all faults that break a requirement, one at least has to be noticed by nobody else.

  --fault IDS          only these faults, separated by commas
  --requirement IDS    only faults that break these requirements
  --list               say what the faults are, and run nothing
  --help               this text

Example: npx ftspec faults --requirement QSBR-04
`

/** The command over these faults. */
export function faultsCommand<Known extends Fault>(museum: readonly Known[], runFaults: FaultRunner<Known>): Command {
  return {
    help: HELP,
    async run(args, { out, width }) {
      const values = optionsOf(OPTIONS, args)
      const chosen = choose(museum, listed(values.fault), listed(values.requirement))
      if (values.list) {
        for (const { id, requirement, about } of chosen) out.write(`${requirement}  ${id}\n${wrapped(about, width, '    ').join('\n')}\n`)
        return EXIT.well
      }
      const results: FaultResult[] = []
      await runFaults(chosen, (result) => {
        results.push(result)
        out.write(`${resultLine(result)}\n`)
      })
      const problems = [...missed(results), ...blurred(results)]
      for (const problem of problems) out.write(`${problem}\n`)
      out.write(`${results.filter(isCaught).length} of ${chosen.length} faults are caught by the requirement that they break\n`)
      return problems.length === 0 && results.length === chosen.length ? EXIT.well : EXIT.failed
    },
  }
}

/** The faults that were asked for: those named and those of the requirements named, or all. */
function choose<Known extends Fault>(museum: readonly Known[], ids: readonly string[], requirements: readonly string[]): Known[] {
  const known = { fault: museum.map(({ id }) => id), requirement: [...new Set(museum.map(({ requirement }) => requirement))] }
  for (const id of ids) if (!known.fault.includes(id)) throw new UsageError(`there is no fault ${id}${proposal(id, known.fault)}`)
  for (const id of requirements) {
    if (!known.requirement.includes(id)) throw new UsageError(`no fault breaks ${id}${proposal(id, known.requirement)}`)
  }
  const all = ids.length === 0 && requirements.length === 0
  return museum.filter(({ id, requirement }) => all || ids.includes(id) || requirements.includes(requirement))
}

const isCaught = ({ fault, failed }: FaultResult): boolean => failed.includes(fault.requirement)

function resultLine(result: FaultResult): string {
  const { fault, failed } = result
  const others = failed.filter((id) => id !== fault.requirement)
  const also = others.length === 0 ? '' : `, also by ${others.join(', ')}`
  return `${fault.requirement}  ${fault.id}: ${isCaught(result) ? `caught${also}` : `NOT CAUGHT${also.replace('also', 'only')}`}`
}

const missed = (results: readonly FaultResult[]): string[] =>
  results.filter((result) => !isCaught(result)).map(({ fault }) => `${fault.id} breaks ${fault.requirement}, and no scenario of it notices`)

/** Requirements whose every fault others notice too, so that nothing shows what the requirement adds. */
const blurred = (results: readonly FaultResult[]): string[] =>
  [...Map.groupBy(results, ({ fault }) => fault.requirement)]
    .filter(([, ofRequirement]) => !ofRequirement.some((result) => isCaught(result) && result.failed.length === 1))
    .map(([requirement]) => `${requirement} has no fault that its own scenarios alone notice`)
