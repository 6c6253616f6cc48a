/**
 * The name that was probably meant by one that does not exist.
 *
 * @see CPython Python/suggestions.c
 */

/** What it costs to insert, delete or exchange a letter, and to exchange its case. */
const MOVE = 2
const CASE = 1
/** No more than a third of the letters may need to change. */
const SHARE = 6
/** Longer middles are not compared. */
const LONGEST = 40

/** The candidate that is nearest to a name, if any is near. */
export function suggestion(name: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let distance = Infinity
  for (const candidate of candidates) {
    const limit = Math.min(Math.floor(((name.length + candidate.length + 3) * MOVE) / SHARE), distance - 1)
    const cost = costOf(name, candidate)
    if (cost > limit) continue
    best = candidate
    distance = cost
  }
  return best
}

/** The cost of making one name of the other. */
function costOf(one: string, other: string): number {
  const [a, b] = middles(one, other)
  if (a.length > LONGEST || b.length > LONGEST) return Infinity
  let row = Array.from({ length: a.length + 1 }, (_, index) => index * MOVE)
  for (const letter of b) {
    const above = row
    row = [(above[0] as number) + MOVE]
    for (let index = 0; index < a.length; index++) {
      const moved = Math.min(above[index + 1] as number, row[index] as number) + MOVE
      row.push(Math.min(moved, (above[index] as number) + exchangeCost(a[index] as string, letter)))
    }
  }
  return row.at(-1) as number
}

/** What is left of both without what they begin and end with alike. */
function middles(one: string, other: string): [string, string] {
  let start = 0
  while (start < one.length && start < other.length && one[start] === other[start]) start++
  let [a, b] = [one.slice(start), other.slice(start)]
  while (a !== '' && b !== '' && a.at(-1) === b.at(-1)) [a, b] = [a.slice(0, -1), b.slice(0, -1)]
  return [a, b]
}

function exchangeCost(a: string, b: string): number {
  if (a === b) return 0
  return a.toLowerCase() === b.toLowerCase() ? CASE : MOVE
}
