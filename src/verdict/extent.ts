/**
 * How far a race was tried, in words. They say "every order" of nothing that left one out.
 */
import type { RaceLimit } from '../protocol/messages.ts'
import { count } from './count.ts'
import type { Tally } from './evidence.ts'

const REASONS: Readonly<Record<RaceLimit, string>> = {
  bound: 'a bound',
  budget: 'the time was up',
  size: 'there are too many',
}

/** `sampled, 2 of 3 expected outcomes seen in 1,000 runs`. */
export function extentText(tally: Tally): string {
  const { complete, schedules, rows } = tally
  const expected = rows.filter(({ grade }) => grade === 'expected')
  const seen = `${expected.filter(({ times }) => times > 0).length} of ${count(expected.length, 'expected outcome')} seen`
  const runs = complete ? '' : count(schedules, 'run')
  const found = expected.length === 0 ? runs : [seen, runs].filter(Boolean).join(' in ')
  return [effort(tally), found].filter(Boolean).join(', ')
}

/** Whether something that is expected was not seen, and may come all the same. */
export const isOpen = ({ complete, rows }: Tally): boolean =>
  !complete && rows.some(({ grade, times }) => grade === 'expected' && times === 0)

function effort({ how, complete, limitedBy, bound, failed }: Tally): string {
  if (how === 'sampled') return failed ? 'sampled until it failed' : 'sampled'
  if (complete) return 'every order'
  if (failed) return 'not every order (it failed)'
  const limit = bound === undefined ? undefined : `bound ${bound}`
  return `not every order (${limit ?? (limitedBy ? REASONS[limitedBy] : 'some were left out')})`
}
