/** `node src/differential/record.ts --python FILE`: asks CPython what it answers to the first generated cases, and writes that down. */
import { writeFileSync } from 'node:fs'
import { optionsOf, wholeNumber } from '../commands/command.ts'
import { script } from '../commands/script.ts'
import { connectReference } from '../subject/reference.ts'
import { cpython } from './cpython.ts'
import { Asked } from './pair.ts'
import { RECORDED, record } from './recorded.ts'

const OPTIONS = { python: { type: 'string' }, cases: { type: 'string', default: '50' } } as const

process.exitCode = await script('node src/differential/record.ts', process.stderr, async () => {
  const { python, cases } = optionsOf(OPTIONS, process.argv.slice(2))
  const count = wholeNumber('--cases', cases, 1)
  const other = await cpython(python)
  const one = new Asked(() => connectReference())
  try {
    const recorded = await record(count, one, other)
    writeFileSync(RECORDED, recorded.map((each) => `${JSON.stringify(each)}\n`).join(''))
    return true
  } finally {
    await Promise.all([one.end(), other.end()])
  }
})
