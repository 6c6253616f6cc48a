/**
 * What breaks the protocol, and who broke it.
 *
 * A message that does not fit its description is the fault of whoever sent it: the suite or the
 * subject. Both directions are always checked, so that a fault of the suite is never charged to
 * an implementation.
 */
import type { z } from 'zod'

/** The two ends of a conversation. */
export type Party = 'suite' | 'subject'

/** A message does not fit the protocol. `message` says where in it, and what belongs there. */
export class Violation extends Error {
  override readonly name = 'Violation'
  /** Who sent it. */
  readonly culprit: Party
  constructor(culprit: Party, message: string) {
    super(message)
    this.culprit = culprit
  }
}

/**
 * The value as its description gives it: unknown fields are left out, nothing else changes.
 *
 * @param at Where in the message the value stands, for example "result.facts".
 * @throws Violation by the culprit if the value does not fit.
 */
export function check<Schema extends z.ZodType>(culprit: Party, at: string, schema: Schema, value: unknown): z.output<Schema> {
  const checked = schema.safeParse(value)
  if (checked.success) return checked.data
  throw new Violation(culprit, problems(at, checked.error, value))
}

/** Each thing that is wrong with the value: where, what belongs there, and the usual cause if there is one. */
export const problems = (at: string, error: z.ZodError, value: unknown): string =>
  error.issues.map((issue) => inWords(at, issue, value)).join('; ')

function inWords(at: string, issue: z.core.$ZodIssue, value: unknown): string {
  const place = issue.path.reduce<string>((path, key) => (typeof key === 'number' ? `${path}[${key}]` : `${path}.${String(key)}`), at)
  return `${place}: ${issue.message.replace(/^Invalid input: /, '')}${trap(issue, find(value, issue.path))}`
}

/** The usual cause, where the mistake has one. */
function trap(issue: z.core.$ZodIssue, found: unknown): string {
  if (issue.code !== 'invalid_type') return ''
  if ((issue.expected === 'object' || issue.expected === 'record') && Array.isArray(found) && found.length === 0) {
    return ' (an empty object {} was written as an empty array [])'
  }
  if (issue.expected === 'string' && typeof found === 'number') return ' (ids and 64-bit numbers travel as strings)'
  return ''
}

const find = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value)
