/**
 * What a requirement is: one rule in one sentence, under an id that never changes its meaning.
 */
import type { Chapter, Level } from '../protocol/messages.ts'
import type { DocumentId } from './documents.ts'

export interface Requirement {
  /** Chapter and number: "QSBR-04". Never renumbered, never given to another rule. */
  readonly id: string
  /** `core` is what a source document says; `extended` what holds beneath it. */
  readonly level: Level
  /** The documents that state it. Empty for what goes beyond them. */
  readonly sources: readonly DocumentId[]
  /** The rule. */
  readonly sentence: string
  /** The chapter that has to be built before this rule can be shown. */
  readonly awaits?: Chapter
}

/** A mechanism, and everything that is required of it. */
export interface ChapterInventory {
  readonly id: Chapter
  readonly title: string
  /** Whether it has features, faults and a page. One without is reported as not run, never as missing. */
  readonly built: boolean
  readonly requirements: readonly Requirement[]
}

/** Why nothing shows a requirement yet, or nothing if scenarios have to. */
export function notBuilt(chapter: ChapterInventory, requirement: Requirement): string | undefined {
  if (!chapter.built) return `chapter ${chapter.id} is not built yet`
  return requirement.awaits && `it needs chapter ${requirement.awaits}, which is not built yet`
}

/** A rule that a source document states. */
export const core = (id: string, sources: readonly DocumentId[], sentence: string): Requirement => ({
  id,
  level: 'core',
  sources,
  sentence,
})

/** A rule that goes beyond the source documents. `awaits` names the chapter that has to be built first, if any. */
export const extended = (id: string, sentence: string, awaits?: Chapter): Requirement => ({
  id,
  level: 'extended',
  sources: [],
  sentence,
  ...(awaits && { awaits }),
})
