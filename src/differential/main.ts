/**
 * `npm run differential -- --python FILE`: holds the reference against CPython on generated programs, after every call.
 *
 * Options: --programs 500, --seed 1, --most 5 (differences after which it ends), --against FILE (another CPython in
 * place of the reference). Exits with 1 if there is a difference that is not known, a known one is gone, or enough
 * programs have not shown all that can become of an instruction.
 */
import { parseArgs } from 'node:util'
import { connectReference } from '../subject/reference.ts'
import { cpython } from './cpython.ts'
import { differential } from './differential.ts'
import { Asked } from './pair.ts'

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    programs: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '5' },
    against: { type: 'string' },
  },
})

const one = values.against === undefined ? new Asked(() => connectReference()) : await cpython(values.against)
const other = await cpython(values.python)
const extent = {
  programs: Number(values.programs),
  seed: Number(values.seed),
  most: Number(values.most),
  progress: (programs: number) => void (programs % 50 === 0 && process.stderr.write(`${programs} of ${values.programs} programs\n`)),
}
// Two builds of CPython agree in what the reference does otherwise.
const known = values.against === undefined ? {} : { known: [] }
try {
  const well = await differential({ ...extent, ...known }, one, other, (line) => process.stdout.write(`${line}\n`))
  process.exitCode = well ? 0 : 1
} finally {
  await Promise.all([one.end(), other.end()])
}
