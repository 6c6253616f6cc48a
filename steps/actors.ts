/**
 * The threads of the scenarios, by name.
 */

/** Everybody who can act in a scenario, in the order in which they are usually introduced. */
export const ACTORS = ['Ada', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn', 'Gus', 'Hal', 'Ida', 'Jon'] as const

/** One actor's name within the text of a step. */
export const ACTOR = new RegExp(ACTORS.join('|'))

/** Who acts in a scenario with these texts, in the order in which they appear. */
export function actorsIn(texts: readonly string[]): string[] {
  const names = texts.flatMap((text) => text.match(new RegExp(`\\b(?:${ACTOR.source})\\b`, 'g')) ?? [])
  return [...new Set(names)]
}
