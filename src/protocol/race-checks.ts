/**
 * What a race may ask, and what its answer must not claim.
 *
 * Nobody can see from outside whether a subject really ran every order. But an answer that
 * contradicts itself is a lie, and would otherwise be counted as a race in which nothing went wrong.
 */
import type { Params, Result } from './messages.ts'
import { isOperation, type OperationName, operations } from './operations.ts'
import { checkStates } from './state-checks.ts'
import { check, Violation } from './violation.ts'
import type { Program } from './vocabulary.ts'

/** @throws Violation by the suite if a program asks for something that is no operation, or has other args. */
export function checkPrograms({ programs }: Params<'race'>): void {
  for (const [actor, program] of Object.entries(programs)) {
    program.forEach(({ op, args }, index) => {
      const at = `params.programs.${actor}[${index}]`
      if (!isOperation(op)) throw new Violation('suite', `${at}.op: there is no operation ${op}`)
      check('suite', `${at}.args`, operations[op].args, args ?? {})
    })
  }
}

/**
 * Every actor answers for each of its operations, with the facts that this one owes, and the counts say what they can.
 *
 * @throws Violation by the subject.
 */
export function checkRace({ programs, observe }: Params<'race'>, result: Result<'race'>): void {
  const lie = lieIn(result)
  if (lie !== undefined) throw new Violation('subject', lie)
  result.outcomes.forEach(({ answers, states }, outcome) => {
    for (const [actor, program] of Object.entries(programs)) {
      const at = `result.outcomes[${outcome}].answers.${actor}`
      const given = answers[actor] ?? []
      if (given.length !== program.length) throw new Violation('subject', `${at}: ${program.length} answers are owed, ${given.length} came`)
      given.forEach((answer, index) => {
        const { op } = program[index] as Program[number]
        if ('facts' in answer) answer.facts = check('subject', `${at}[${index}].facts`, operations[op as OperationName].facts, answer.facts)
      })
    }
    checkStates({ what: observe }, { states }, `result.outcomes[${outcome}].states`)
  })
}

/** Where an answer contradicts itself, and how. */
function lieIn({ how, complete, limitedBy, schedules, outcomes, failure }: Result<'race'>): string | undefined {
  if (complete && how === 'sampled') return 'result.complete: attempts are never every order'
  if (complete && limitedBy !== undefined) return `result.limitedBy: no order was left out, and yet the ${limitedBy} made it leave some out`
  if (schedules === 0 && failure === undefined) {
    // Its budget may have been spent before the first order had come to its end.
    if (complete) return 'result.schedules: not one order was run, and yet none was left out'
    if (how === 'sampled') return 'result.schedules: there was not one attempt, and nothing that failed'
  }
  const told = outcomes.reduce((sum, { times }) => sum + times, 0)
  if (told > schedules || (told < schedules && failure === undefined)) {
    return `result.outcomes: ${schedules} ${how === 'sampled' ? 'attempts' : 'orders'} were run, and ${told} are told of`
  }
  return undefined
}
