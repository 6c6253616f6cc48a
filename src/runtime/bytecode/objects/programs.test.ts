/**
 * What small programs come to is what they come to in CPython; see `programs.py`.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { borrowedItems } from './list.ts'
import { repr } from './operate/repr.ts'

const FOLDER = join(import.meta.dirname, 'programs')

describe.for(readdirSync(FOLDER))('%s', (file) => {
  const [, ...all] = `\n${readFileSync(join(FOLDER, file), 'utf8')}`.split('\n#: ')
  const judged = all.map((program) => {
    const [title, ...lines] = program.split('\n')
    const expected = lines.filter((line) => line.startsWith('#= ')).map((line) => line.slice(3))
    return [title, lines.join('\n'), expected] as const
  })

  test.for(judged)('%s', ([, program, expected]) => {
    const { m, run, look } = programs()
    run(program)
    expect(expected.length).toBeGreaterThan(0)
    expect(borrowedItems(m.memory, look('out')).map((item) => repr(m, item))).toEqual(expected)
  })
})
