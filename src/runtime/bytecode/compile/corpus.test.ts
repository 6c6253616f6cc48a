/**
 * What the compiler makes of the programs in corpus/ is, number for number, what CPython makes of them.
 *
 * What is different on purpose, and is in no program there:
 * - `'…%s…' % (…)` stays an operator: CPython makes it the f-string that there is none of here.
 * - Text that opens a body, but is put together by an operator, is dropped like any constant: CPython
 *   keeps it among the constants.
 * - Elements of constant sets keep the order in which they are written. CPython's depends on hashes,
 *   which are other ones in every run, so that it is no order to compare with.
 * - What is worked out as a complex number is left to the program, because there are none.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile } from './compile.ts'
import type { CompiledCode, Constant } from './compiled-code.ts'

const FOLDER = join(import.meta.dirname, 'corpus')

interface Expected {
  readonly program: string
  readonly code: unknown
}

const EXPECTED = readFileSync(join(FOLDER, 'expected.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Expected => JSON.parse(line))

const byText = (one: unknown, other: unknown): number => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)

function bitsOf(value: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes.toString('hex')
}

/** A constant as it is written down in the corpus; sets are sorted. */
function plainConstant(constant: Constant): unknown {
  switch (constant.kind) {
    case 'int':
      return { kind: 'int', value: String(constant.value) }
    case 'float':
      return { kind: 'float', value: bitsOf(constant.value) }
    case 'bytes':
      return { kind: 'bytes', value: [...constant.value] }
    case 'tuple':
    case 'slice':
      return { kind: constant.kind, items: constant.items.map(plainConstant) }
    case 'frozenset':
      return { kind: 'frozenset', items: constant.items.map(plainConstant).sort(byText) }
    case 'code':
      return { kind: 'code', code: plainCode(constant.code) }
    default:
      return constant
  }
}

function plainCode({ filename, constants, ...rest }: CompiledCode): unknown {
  expect(filename).toBe('corpus')
  return { ...rest, constants: constants.map(plainConstant) }
}

/** Sorts the sets in what is expected in the same way. */
const sorted = (text: unknown): unknown =>
  JSON.parse(JSON.stringify(text), (_, value) => (value?.kind === 'frozenset' ? { ...value, items: value.items.toSorted(byText) } : value))

test.for(EXPECTED)('$program', ({ program, code }) => {
  const mode = program.endsWith('.eval.py') ? 'eval' : 'exec'
  const compiled = compile(readFileSync(join(FOLDER, program), 'utf8'), 'corpus', mode)
  expect(plainCode(compiled)).toEqual(sorted(code))
})
