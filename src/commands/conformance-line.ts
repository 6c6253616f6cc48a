/**
 * What a run says about the conformance of its subject, in one line.
 */
import type { Hello } from '../protocol/messages.ts'
import { type Checked, claims, isConformant, obstacles } from '../verdict/conformance.ts'
import { isFailure } from '../verdict/verdict.ts'

/** More ids than this are counted, not named. */
const MOST = 8

/** @param checked every requirement that this version of the suite can check; those that nobody asked for are skipped. */
export function conformanceLine(hello: Hello, checked: readonly Checked[]): string {
  const name = `${hello.name} ${hello.version}`
  const claimed = checked.filter((requirement) => claims(hello, requirement)).length
  if (claimed === 0) return `${name} claims nothing that this suite can check`
  if (isConformant(hello, checked)) return `${name} conforms: all ${claimed} requirements that it claims pass`
  const open = obstacles(hello, checked)
  const wrong = open.filter(({ verdict }) => isFailure(verdict)).map(({ id }) => id)
  if (wrong.length === 0)
    return `Whether ${name} conforms is open: of ${claimed} requirements that it claims, ${open.length} were not found out`
  const more = wrong.length > MOST ? ` and ${wrong.length - MOST} more` : ''
  return `${name} does not conform: it claims ${wrong.slice(0, MOST).join(', ')}${more}, and does not pass`
}
