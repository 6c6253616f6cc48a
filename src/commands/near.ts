/**
 * Which of the names that exist a user may have meant.
 */

/** At most this many are proposed. */
const MOST = 3

/** The names nearest to `word` by edits of one letter, the nearest first; none that shares too little with it. */
export function near(word: string, names: readonly string[]): string[] {
  const wanted = word.toLowerCase()
  return names
    .map((name) => ({ name, distance: edits(wanted, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.min(wanted.length, name.length) / 2))
    .sort((one, other) => one.distance - other.distance)
    .slice(0, MOST)
    .map(({ name }) => name)
}

/** "did you mean a or b?", to be put after an error; empty if nothing is near. */
export function proposal(word: string, names: readonly string[]): string {
  const found = near(word, names)
  return found.length === 0 ? '' : `: did you mean ${new Intl.ListFormat('en', { type: 'disjunction' }).format(found)}?`
}

/** How many letters have to be added, left out, replaced or swapped with their neighbour to make one word from the other. */
function edits(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const row = [i]
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1]
      let least = Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, (above[j - 1] as number) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      if (swapped) least = Math.min(least, (before[j - 2] as number) + 1)
      row.push(least)
    }
    before = above
    above = row
  }
  return above[other.length] as number
}
