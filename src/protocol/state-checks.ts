/** Whether the states that came are those that were asked for. */
import type { Params, Result } from './messages.ts'
import { Violation } from './violation.ts'

/**
 * One state for each query, in the same order.
 *
 * @param at Where in the message the states stand.
 * @throws Violation by the subject.
 */
export function checkStates({ what }: Params<'observe'>, { states }: Result<'observe'>, at = 'result.states'): void {
  if (what.length !== states.length) throw new Violation('subject', `${at}: ${what.length} were asked for, ${states.length} came`)
  what.forEach(({ of }, index) => {
    const came = states[index]?.of
    if (came !== of) throw new Violation('subject', `${at}[${index}]: "${of}" was asked for, "${came}" came`)
  })
}
