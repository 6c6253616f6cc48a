/**
 * The rows of outlines, which have ids too: `BRC-09.1#2` is the second row of BRC-09.1, for ever.
 *
 * The lock file records the rows of each outline in their order. A row that is given up leaves its number empty, so that
 * those behind it keep theirs. New rows come last.
 */

/** By the id of the outline: the text of each row that ever was, or nothing for one that was given up. */
export type RecordedRows = Readonly<Record<string, readonly string[]>>

const GIVEN_UP = ''

/** The recorded rows that are in use, with their numbers, counted from one. */
const kept = (recorded: readonly string[]): { readonly text: string; readonly number: number }[] =>
  recorded.flatMap((text, index) => (text === GIVEN_UP ? [] : [{ text, number: index + 1 }]))

/** The numbers of so many rows, in their order. */
export function rowNumbers(recorded: readonly string[] = [], many: number): number[] {
  const numbers = kept(recorded).map(({ number }) => number)
  return Array.from({ length: many }, (_, index) => numbers[index] ?? recorded.length + 1 + index - numbers.length)
}

/** The recorded rows with those of the features that are new. Nothing is recorded of an outline whose rows are not in order. */
export function extendRows(recorded: RecordedRows, live: RecordedRows): Record<string, readonly string[]> {
  const extended: Record<string, readonly string[]> = { ...recorded }
  for (const [id, rows] of Object.entries(live)) {
    const before = recorded[id] ?? []
    const inUse = kept(before)
    if (rows.length > 0 && inUse.every(({ text }, index) => rows[index] === text)) extended[id] = [...before, ...rows.slice(inUse.length)]
  }
  return extended
}

/** What is wrong with the rows of the features, as sentences. */
export function rowProblems(recorded: RecordedRows, live: RecordedRows): string[] {
  return Object.entries(live).flatMap(([id, rows]) => {
    const inUse = kept(recorded[id] ?? [])
    const known = new Set(inUse.map(({ text }) => text))
    return [
      ...inUse.flatMap(({ text, number }, index) => (rows[index] === text ? [] : [misplaced(`${id}#${number}`, text, rows)])),
      ...rows
        .filter((row) => !known.has(row))
        .map((row) => `${id}: the row "${row}" is new: \`npx ftspec trace --add-ids\` puts it into the lock file if it comes last`),
    ]
  })
}

const misplaced = (id: string, text: string, rows: readonly string[]): string =>
  rows.includes(text)
    ? `${id}: the row "${text}" has moved: no row changes its place, and new ones come last`
    : `${id}: the row "${text}" has changed or vanished: a row that is given up leaves its number empty ("") in the lock file`
