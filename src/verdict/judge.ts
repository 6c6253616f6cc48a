/**
 * The verdict of one scenario, from what became of its steps.
 *
 * Only the first thing that went wrong counts: what follows it, and what the scenario left behind
 * after breaking off, says nothing more about the subject.
 */
import type { Ending } from './evidence.ts'
import type { Verdict } from './verdict.ts'

/** A step, or a hook before or after the steps, as the test runner reports it. */
export interface StepOutcome {
  readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'undefined' | 'ambiguous' | 'unknown'
  /** What was thrown: the name of its class, and its message. */
  readonly error?: { readonly type: string; readonly message: string } | undefined
  readonly ending?: Ending | undefined
}

export interface Judgement {
  readonly verdict: Verdict
  /** Why, unless it is a plain pass. */
  readonly reason?: string
  /** What is known of a failure that is expected. */
  readonly known?: { readonly reason: string; readonly link?: string }
  /** The last that the subject wrote to its standard error. */
  readonly stderr?: string
}

/** What a step throws if the subject's answer is not the one the rule asks for. Anything else is a mistake of ours. */
const THEIRS: ReadonlySet<string> = new Set(['AssertionError', 'Refusal'])

/** What means the same whether the subject claims the requirement or not. */
const SAYS_ENOUGH: ReadonlySet<Verdict> = new Set(['pass', 'error', 'not-run', 'unsupported'])

/**
 * @param steps in the order in which they ran, hooks included.
 * @param claimed whether the subject claims the requirement that the scenario belongs to.
 */
export function judge(steps: readonly StepOutcome[], claimed: boolean): Judgement {
  const judgement = judgeSteps(steps, claimed)
  if (claimed || SAYS_ENOUGH.has(judgement.verdict)) return judgement
  return { ...judgement, verdict: 'unsupported', reason: `the subject does not claim this; it came to: ${judgement.reason}` }
}

function judgeSteps(steps: readonly StepOutcome[], claimed: boolean): Judgement {
  if (steps.length === 0) return { verdict: 'not-run', reason: 'nothing of it was run' }
  const first = steps.find(({ status }) => status !== 'passed')
  return first ? judgeStep(first, claimed) : { verdict: 'pass' }
}

function judgeStep({ status, error, ending }: StepOutcome, claimed: boolean): Judgement {
  if (ending?.ending === 'unsupported') return notOffered(ending.message, claimed)
  if (ending?.verdict === 'not-run') return { verdict: 'not-run', reason: ending.message }
  if (ending) return { verdict: ending.verdict, reason: `${ending.message} (during ${ending.during})`, stderr: ending.stderr }
  if (error) return { verdict: THEIRS.has(error.type) ? 'fail' : 'error', reason: error.message }
  if (status === 'skipped') return { verdict: 'skipped', reason: 'it was skipped' }
  return { verdict: 'error', reason: `a step is ${status}` }
}

const notOffered = (message: string, claimed: boolean): Judgement =>
  claimed
    ? { verdict: 'untestable', reason: `the subject claims this and does not offer it: ${message}` }
    : { verdict: 'unsupported', reason: `the subject does not claim this, and does not offer it: ${message}` }
