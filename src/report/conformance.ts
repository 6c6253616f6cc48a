/**
 * What a run says about the conformance of its subject, in one sentence. Every report says it in these words.
 */
import { claims } from '../verdict/conformance.ts'
import { count } from '../verdict/count.ts'
import { isFailure, isUnknown, type Verdict } from '../verdict/verdict.ts'
import type { RequirementResult, Results } from './results.ts'
import { visibleLine } from './visible.ts'

/** More ids than this are counted, not named. */
const MOST = 8

/** Whether a verdict says that the subject does not do what it claims; that a list knows of it changes nothing. */
const isWrong = (verdict: Verdict): boolean => isFailure(verdict) || verdict === 'expected-failure'

/** What a run says of its subject. */
export interface Conformance {
  readonly standing: 'conforms' | 'fails' | 'open'
  readonly sentence: string
}

/** Only a whole run, in which everything that is claimed passed and nothing was left open, says that a subject conforms. */
export function conformanceOf(results: Results): Conformance {
  const { hello, header } = results.log
  if (!hello) return { standing: 'open', sentence: 'The subject never said what it claims' }
  const name = visibleLine(`${hello.name} ${hello.version}`)
  const nothing = { standing: 'open', sentence: `${name} claims nothing that this suite can check` } as const
  if (hello.profiles.length === 0) return nothing
  const claimed = claimedIn(results)
  const run = claimed.filter(({ notRun, scenarios }) => notRun === undefined || scenarios.length > 0)
  const wrong = run.filter(({ verdict }) => isWrong(verdict)).map(({ id }) => id)
  if (wrong.length > 0) {
    const more = wrong.length > MOST ? ` and ${wrong.length - MOST} more` : ''
    return {
      standing: 'fails',
      sentence: `${name} does not conform: it claims ${wrong.slice(0, MOST).join(', ')}${more}, and does not pass`,
    }
  }
  const open = (why: string): Conformance => ({ standing: 'open', sentence: `Whether ${name} conforms is open: ${why}` })
  const passed = run.filter(({ verdict }) => verdict === 'pass')
  const { chapters, requirements: some, scenarios = [] } = header.selection
  if (chapters.length + some.length + scenarios.length > 0) {
    const good = results.scenarios.filter(({ verdict }) => verdict === 'pass').length
    return open(`only a part was run, of which ${good} of ${count(results.scenarios.length, 'scenario passes', 'scenarios pass')}`)
  }
  if (run.length === 0) return nothing
  const left = run.length - passed.length
  if (left > 0) return open(`of ${requirements(run.length)} that it claims, ${left} ${left === 1 ? 'was' : 'were'} not found out`)
  if (isIncomplete(results)) return open('not everything was found out')
  const unchecked = claimed.length - run.length
  const beyond = unchecked > 0 ? `; ${unchecked} more cannot be checked yet` : ''
  return {
    standing: 'conforms',
    sentence: `${name} conforms: all ${requirements(run.length)} that it claims and that this suite can check pass${beyond}`,
  }
}

const requirements = (many: number): string => count(many, 'requirement')

/** Whether something is left open, whether the subject claims it or not. */
const isIncomplete = ({ log, lost, scenarios }: Results): boolean =>
  !log.complete || lost > 0 || scenarios.some(({ verdict }) => isUnknown(verdict))

function claimedIn({ log, chapters }: Results): RequirementResult[] {
  const { hello } = log
  return chapters.flatMap(({ id, requirements }) => requirements.filter(({ level }) => hello && claims(hello, { chapter: id, level })))
}
