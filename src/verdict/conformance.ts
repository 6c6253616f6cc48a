/**
 * What a subject claims to conform to.
 */
import type { Chapter, Hello, Level } from '../protocol/messages.ts'

/** What can be claimed: one level of one chapter. */
export interface Claim {
  readonly chapter: Chapter
  readonly level: Level
}

/** Whether a subject claims what belongs to this chapter and level. */
export function claims({ profiles }: Pick<Hello, 'profiles'>, { chapter, level }: Claim): boolean {
  return profiles.some((profile) => profile.chapter === chapter && profile.level === level)
}
