/** `node src/differential/record.ts --python FILE`: asks CPython what it answers to the first generated cases, and writes that down. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { CPYTHON, chosenSubject } from '../commands/subject-option.ts'
import { LIMITS } from '../subject/isolation-limits.ts'
import { connectProgram } from '../subject/program.ts'
import { generate } from './generate.ts'
import { Asked } from './pair.ts'
import { brief, RECORDED, type Recorded } from './recorded.ts'

/** Cases longer than this are left out, in characters. */
const LONGEST = 9_000

const { values } = parseArgs({ options: { python: { type: 'string' }, cases: { type: 'string', default: '60' } } })
const tell = (text: string) => process.stderr.write(text)
const { command } = await chosenSubject({ subject: CPYTHON, python: values.python }, { env: process.env, tell })
const cpython = new Asked(() => connectProgram(command as string, LIMITS))
const lines: string[] = []
try {
  for (let seed = 1; lines.length < Number(values.cases); seed++) {
    const of = generate(seed)
    const recorded: Recorded = { of, answers: brief(await cpython.answers(of)) }
    // What the reference is known to do otherwise is compared where CPython is at hand.
    const line = JSON.stringify(recorded)
    if (line.length <= LONGEST && !line.includes('string formatting')) lines.push(line)
  }
} finally {
  await cpython.end()
}
writeFileSync(RECORDED, `${lines.join('\n')}\n`)
