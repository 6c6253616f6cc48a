/**
 * `ftspec faults`: whether the specification notices what is wrong.
 */
import type { Fault } from '../faults/fault.ts'
import { scenariosByKind } from '../faults/kinds.ts'
import type { FaultOptions, FaultResult, Way } from '../faults/run.ts'
import { count } from '../verdict/count.ts'
import { EXIT } from '../verdict/gate.ts'
import { type Command, listed, optionsOf } from './command.ts'
import { proposal } from './near.ts'
import { UsageError } from './usage-error.ts'
import { wrapped } from './wrapped.ts'

/** Runs the specification once for each fault, and tells of each when it is done. */
export type FaultRunner = (faults: readonly Fault[], onResult: (result: FaultResult) => void, options: FaultOptions) => Promise<void>

const OPTIONS = {
  fault: { type: 'string', multiple: true },
  requirement: { type: 'string', multiple: true },
  everywhere: { type: 'boolean', default: false },
  list: { type: 'boolean', default: false },
} as const

const HELP = `Usage: npx ftspec faults [--fault IDS] [--requirement IDS] [--everywhere] [--list]

Builds one fault after the other into the reference and runs the scenario that is said to show
it. A fault is caught if a scenario of the requirement that it breaks fails: step by step, if actors
take turns in it, or in a race. Exits with 1 if a fault is not caught.

  --fault IDS          only these faults, separated by commas
  --requirement IDS    only faults that break these requirements
  --everywhere         run all scenarios of all requirements, and show which of them notice; of the
                       faults that break a requirement, one at least has to be noticed by it alone;
                       what is caught in a race then, no taking of turns has caught. Takes some
                       twenty seconds for each fault
  --list               say what the faults are and which scenario shows them, step by step or in a
                       race, and run nothing
  --help               this text

Example: npx ftspec faults --requirement QSBR-04
`

/** The command over these faults. */
export function faultsCommand(museum: readonly Fault[], runFaults: FaultRunner): Command {
  return {
    help: HELP,
    async run(args, { out, width }) {
      const { fault, requirement, everywhere, list } = optionsOf(OPTIONS, args)
      const chosen = choose(museum, listed(fault), listed(requirement))
      if (list) {
        const { races } = scenariosByKind()
        out.write(chosen.map((one) => description(one, races, width)).join(''))
        return EXIT.well
      }
      const results: FaultResult[] = []
      const tell = (result: FaultResult): void => {
        results.push(result)
        out.write(`${resultLine(result)}\n`)
      }
      await runFaults(chosen, tell, { everywhere })
      const problems = everywhere ? blurred(results, museum) : []
      for (const problem of problems) out.write(`${problem}\n`)
      const caught = results.filter((result) => result.caught).length
      const ways = WAYS.map((way) => `${results.filter((result) => result.way === way).length} ${way}`).join(', ')
      const caughtOf = `${caught} of ${count(chosen.length, 'fault')} ${chosen.length === 1 ? 'is' : 'are'} caught`
      out.write(`${caughtOf} by the requirement that they break: ${ways}\n`)
      return caught === chosen.length && problems.length === 0 ? EXIT.well : EXIT.failed
    },
  }
}

const WAYS: readonly Way[] = ['step by step', 'in a race']

/** The faults that were asked for: those named and those of the requirements named, or all. */
function choose(museum: readonly Fault[], ids: readonly string[], requirements: readonly string[]): Fault[] {
  const known = { fault: museum.map(({ id }) => id), requirement: [...new Set(museum.map(({ requirement }) => requirement))] }
  for (const id of ids) if (!known.fault.includes(id)) throw new UsageError(`there is no fault ${id}${proposal(id, known.fault)}`)
  for (const id of requirements) {
    if (!known.requirement.includes(id)) throw new UsageError(`no fault breaks ${id}${proposal(id, known.requirement)}`)
  }
  const all = ids.length === 0 && requirements.length === 0
  return museum.filter(({ id, requirement }) => all || ids.includes(id) || requirements.includes(requirement))
}

function description({ id, requirement, title, why, report, shownBy }: Fault, races: ReadonlySet<string>, width: number): string {
  const known = report === undefined ? '' : ` (${report})`
  return `${requirement}  ${id}: ${title}${known}, shown ${races.has(shownBy) ? 'in the race' : 'step by step by'} ${shownBy}\n${wrapped(why, width, '    ').join('\n')}\n`
}

function resultLine({ fault, caught, way, noticed, failed }: FaultResult): string {
  const others = failed.filter((id) => id !== fault.requirement)
  const also = others.length === 0 ? '' : `, noticed by ${others.join(', ')} too`
  const told = caught ? `caught ${way} by ${noticed?.scenario}` : `NOT CAUGHT${noticed ? ` (${noticed.scenario}: ${noticed.verdict})` : ''}`
  return `${fault.requirement}  ${fault.id}: ${told}${also}`
}

/**
 * Requirements whose every fault others notice too, so that nothing shows what the requirement
 * adds. Only of those can it be said that were run with all their faults.
 */
const blurred = (results: readonly FaultResult[], museum: readonly Fault[]): string[] =>
  [...Map.groupBy(results, ({ fault }) => fault.requirement)]
    .filter(([id, ofRequirement]) => museum.filter(({ requirement }) => requirement === id).length === ofRequirement.length)
    .filter(([, ofRequirement]) => !ofRequirement.some(({ caught, failed }) => caught && failed.length === 1))
    .map(([requirement]) => `${requirement} has no fault that its own scenarios alone notice`)
