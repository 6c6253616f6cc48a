/** `node src/differential/record.ts --python FILE`: asks CPython what it answers to the first generated cases, and writes that down. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { connectReference } from '../subject/reference.ts'
import { cpython } from './cpython.ts'
import { Asked } from './pair.ts'
import { RECORDED, record } from './recorded.ts'

const { values } = parseArgs({ options: { python: { type: 'string' }, cases: { type: 'string', default: '50' } } })
const one = new Asked(() => connectReference())
const other = await cpython(values.python)
try {
  const recorded = await record(Number(values.cases), one, other)
  writeFileSync(RECORDED, recorded.map((each) => `${JSON.stringify(each)}\n`).join(''))
} finally {
  await Promise.all([one.end(), other.end()])
}
