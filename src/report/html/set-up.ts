/** The set-up of a scenario: the steps before the first that does or checks something. */
import type { Step } from '../log.ts'

/** How many of `steps` are its set-up: all of them, if nothing comes after. */
export function setUpLength(steps: readonly Step[]): number {
  const begins = steps.findIndex(({ keyword }) => keyword === 'When' || keyword === 'Then')
  return begins < 0 ? steps.length : begins
}
