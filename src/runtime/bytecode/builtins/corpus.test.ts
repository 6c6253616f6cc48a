/**
 * What the programs in corpus/ come to is what they come to in CPython.
 *
 * What is different on purpose, and is in no program there: sets keep the order in which their elements came, there is
 * no `print`, and `compile` knows no mode `single`.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { listItems } from '../objects/list.ts'
import { repr } from '../objects/operate/repr.ts'

const FOLDER = join(import.meta.dirname, 'corpus')

const EXPECTED = readFileSync(join(FOLDER, 'expected.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): { readonly program: string; readonly out: readonly string[] } => JSON.parse(line))

test.for(EXPECTED)('$program', ({ program, out }) => {
  const { m, run, look } = programs()
  run(readFileSync(join(FOLDER, program), 'utf8'))
  expect(listItems(m, look('out')).map((item) => repr(m, item))).toEqual(out)
})
