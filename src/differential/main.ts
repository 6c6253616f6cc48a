/**
 * `npm run differential -- --python FILE`: holds the reference against CPython on generated programs, after every call.
 *
 * Options: --programs 500, --seed 1, --most 5 (differences after which it ends), --against FILE (another CPython in
 * place of the reference). Exits with 1 if there is a difference that is not known, a known one is gone, or enough
 * programs have not shown all that can become of an instruction; with 4 if it was called wrongly.
 */
import { optionsOf, wholeNumber } from '../commands/command.ts'
import { script } from '../commands/script.ts'
import { connectReference } from '../subject/reference.ts'
import { cpython } from './cpython.ts'
import { differential } from './differential.ts'
import { Asked } from './pair.ts'

const OPTIONS = {
  python: { type: 'string' },
  programs: { type: 'string', default: '500' },
  seed: { type: 'string', default: '1' },
  most: { type: 'string', default: '5' },
  against: { type: 'string' },
} as const

process.exitCode = await script('npm run differential', process.stderr, async () => {
  const { python, programs, seed, most, against } = optionsOf(OPTIONS, process.argv.slice(2))
  const extent = {
    programs: wholeNumber('--programs', programs, 1),
    seed: wholeNumber('--seed', seed, 0),
    most: wholeNumber('--most', most, 1),
    progress: (done: number) => void (done % 50 === 0 && process.stderr.write(`${done} of ${programs} programs\n`)),
  }
  // Two builds of CPython agree in what the reference does otherwise.
  const known = against === undefined ? {} : { known: [] }
  const other = await cpython(python)
  const one = against === undefined ? new Asked(() => connectReference()) : await cpython(against)
  try {
    return await differential({ ...extent, ...known }, one, other, (line) => process.stdout.write(`${line}\n`))
  } finally {
    await Promise.all([one.end(), other.end()])
  }
})
