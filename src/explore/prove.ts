/**
 * `node src/explore/prove.ts 100000`: compares the explorer with plain enumeration on so many small
 * programs, from a seed on that may be given too. Ends at the first that differs.
 */
import { compare, type Verdict } from './comparison.ts'

/** Not a number of programs, or of a seed. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments'
}

const PROGRAMS = 2000
/** Programs between two lines of progress. */
const LINE = 5000

/**
 * @param comparing compares on the program of one seed.
 * @returns whether all were alike.
 * @throws BadArguments
 */
export function prove(args: readonly string[], write: (line: string) => void, comparing: (seed: number) => Verdict = compare): boolean {
  const [programs = PROGRAMS, first = 1] = args.map(wholeNumber)
  if (args.length > 2) throw new BadArguments('how many programs, and from which seed on: no more')
  const counts = { alike: 0, disorderly: 0, 'too large': 0 }
  for (let done = 0; done < programs; done++) {
    const verdict = comparing(first + done)
    if (typeof verdict !== 'string') {
      write(`seed ${verdict.seed}: ${verdict.message}`)
      return false
    }
    counts[verdict] += 1
    if ((done + 1) % LINE === 0 || done + 1 === programs) {
      write(
        `${done + 1} programs: ${counts.alike + counts.disorderly} as enumerated, ${counts.disorderly} of them with unordered accesses; ${counts['too large']} too large`,
      )
    }
  }
  return true
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new BadArguments(`programs and seeds are whole numbers from 1 to 999,999,999, not ${text}`)
  return Number(text)
}

/* c8 ignore start -- tests call `prove` itself */
if (import.meta.main) {
  try {
    process.exitCode = prove(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`)) ? 0 : 1
  } catch (error) {
    if (!(error instanceof BadArguments)) throw error
    process.stderr.write(`npm run prove: ${error.message}\n`)
    process.exitCode = 4
  }
}
/* c8 ignore stop */
