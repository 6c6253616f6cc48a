/**
 * The one line that runs a scenario again.
 */
import type { Header } from './log.ts'

/** How a run was started, as its log says it. */
export type Started = Pick<Header, 'command' | 'python' | 'patience' | 'repeat'>

/** What to type to run only that scenario, as it was run. The row of an outline is run with all others of it. */
export function commandFor(scenario: string, { command, python, patience, repeat }: Started): string {
  const [id] = scenario.split('#')
  return [
    `npx ftspec run --scenario ${id}`,
    ...(patience === undefined ? [] : [`--patience ${patience}`]),
    ...(repeat === undefined ? [] : [`--race-repeat ${repeat}`]),
    ...(command === null ? [] : [`--subject ${quoted(command)}`]),
    ...(python === undefined ? [] : [`--python ${quoted(python)}`]),
  ].join(' ')
}

function quoted(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
