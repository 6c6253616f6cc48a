/**
 * Conformance: what a subject claims, held against what was found.
 */
import type { Chapter, Hello, Level } from '../protocol/messages.ts'
import type { Verdict } from './verdict.ts'

/** What can be claimed: one level of one chapter. */
export interface Claim {
  readonly chapter: Chapter
  readonly level: Level
}

/** A requirement, and what came of all its scenarios. */
export interface Checked extends Claim {
  readonly id: string
  readonly verdict: Verdict
}

/** Whether a subject claims what belongs to this chapter and level. */
export function claims({ profiles }: Pick<Hello, 'profiles'>, { chapter, level }: Claim): boolean {
  return profiles.some((profile) => profile.chapter === chapter && profile.level === level)
}

/**
 * What stands between a subject and being called conformant: every claimed requirement that did
 * not pass, for whatever reason. Somebody who claims nothing is not conformant to anything.
 */
export function obstacles(hello: Pick<Hello, 'profiles'>, checked: readonly Checked[]): Checked[] {
  return checked.filter((requirement) => claims(hello, requirement) && requirement.verdict !== 'pass')
}

/** @param checked every requirement that this version of the suite can check, also those that were not run. */
export function isConformant(hello: Pick<Hello, 'profiles'>, checked: readonly Checked[]): boolean {
  return hello.profiles.length > 0 && obstacles(hello, checked).length === 0
}
