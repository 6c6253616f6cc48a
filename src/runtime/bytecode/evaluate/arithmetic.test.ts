/** Specialized arithmetic against the same programs where nothing is ever specialized. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { programs } from '../../../testing/programs.ts'
import { SEEDED } from '../../../testing/seeded.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { sleeper } from '../../interpreter/thread.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { mainCopy } from '../code/code-object.ts'
import { instructionsOf } from '../code/monitoring.ts'
import { nameOf, opcodeOf } from '../compile/opcodes.ts'
import { DEFAULT_SETTINGS } from '../copies/settings.ts'
import { FUNCTION_CODE } from '../objects/function.ts'

const BYTES = 1 << 22

/** @param copying without it nothing is specialized. */
function room(copying: boolean) {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, { ...DEFAULT_SETTINGS, copying })
  const os = runtime.createOsThread()
  const parker = sleeper(runtime, os)
  const setting = { memory, runtime, interpreter: runtime.createInterpreter(parker), os, parker }
  return programs(setting, enter(setting, { ...QUIET }))
}

const specialized = room(true)
const plain = room(false)

/** The forms of a function's arithmetic. */
function forms(name: string): string[] {
  const { m, look } = specialized
  const called = look(name)
  const code = m.memory.get(called + FUNCTION_CODE)
  decref(m, called)
  const names = [...instructionsOf(m.memory, code)].map((offset) => nameOf(opcodeOf(m.memory.loadRelaxed(mainCopy(code) + offset * 4))))
  return names.filter((each) => each.startsWith('BINARY_OP'))
}

/** Sums of three terms in which the one in the middle is nobody else's, called often enough to be specialized. */
const source = (one: string, other: string): string => `def work(a, b, c):\n    return (a ${one} b) ${other} c, a, b, c\nout = None\n`

const SIGNS = { '+': 'ADD', '-': 'SUBTRACT', '*': 'MULTIPLY' } as const
const signs = fc.constantFrom('+', '-', '*') as fc.Arbitrary<keyof typeof SIGNS>
const around = (...values: bigint[]) => fc.oneof(...values.map((value) => fc.bigInt({ min: value - 3n, max: value + 3n })))
const ints = around(
  0n,
  256n,
  -5n,
  2n ** 15n,
  2n ** 29n,
  -(2n ** 29n),
  2n ** 30n,
  -(2n ** 30n),
  2n ** 53n,
  -(2n ** 53n),
  2n ** 60n,
  10n ** 30n,
)

test('sums, differences and products of ints are the same in any form, and operands stay what they are', () => {
  fc.assert(
    fc.property(signs, signs, ints, ints, ints, (one, other, a, b, c) => {
      const values = `${a}, ${b}, ${c}`
      const program = `${source(one, other)}for i in range(4):\n    out = work(${values})\n`
      expect(specialized.told(program)).toBe(plain.told(program))
      expect(forms('work')).toEqual([`BINARY_OP_${SIGNS[one]}_INT`, `BINARY_OP_${SIGNS[other]}_INT`])
    }),
    { ...SEEDED, numRuns: 100 },
  )
})

const floats = fc.constantFrom('0.0', '-0.0', '1.5', '-2.25', '1e308', '-1e308', '1e-308', '3.0')

test('so are those of floats', () => {
  fc.assert(
    fc.property(signs, signs, floats, floats, floats, (one, other, a, b, c) => {
      const program = `${source(one, other)}for i in range(4):\n    out = work(${a}, ${b}, ${c})\n`
      expect(specialized.told(program)).toBe(plain.told(program))
      expect(forms('work')).toEqual([`BINARY_OP_${SIGNS[one]}_FLOAT`, `BINARY_OP_${SIGNS[other]}_FLOAT`])
    }),
    { ...SEEDED, numRuns: 100 },
  )
})

test('a sum that a variable holds, too, is not changed by what is added to it', () => {
  for (const [first, step] of [
    ['1000', '1'],
    ['0.5', '0.25'],
  ]) {
    const program = `
def work():
    a = ${first}
    kept = []
    for i in range(6):
        a = a + ${step}
        kept.append(a)
    return kept
out = work()`
    expect(specialized.told(program)).toBe(plain.told(program))
  }
})

test('operands of other types than a form is for are operated on all the same', () => {
  for (const other of ["'b'", '2.5', 'True', '10 ** 20']) {
    const program = `
def add(a, b):
    return a + b
out = []
for a, b in [(1, 2), (1.5, 2.5), ('x', 'y')]:
    for i in range(60):
        add(a, b)
    try:
        out.append(add(a, ${other}))
    except TypeError as error:
        out.append(str(error))
    out.append(add(a, b))`
    expect(specialized.told(program)).toBe(plain.told(program))
  }
})

test('strings are joined in any form', () => {
  const program = "def work(a, b):\n    return a + b + a\nfor i in range(4):\n    out = work('ab', 'c')\n"
  expect(specialized.told(program)).toBe("'abcab'")
  expect(forms('work')).toEqual(['BINARY_OP_ADD_UNICODE', 'BINARY_OP_ADD_UNICODE'])
})

test('containers are searched in any form, also by one that is for another', () => {
  const program = `
def has(a, b):
    return a in b, a not in b
out = []
for container in [{1: 2}, {1, 2}, frozenset([1]), [1], {}, set()]:
    for item in [1, 3]:
        for i in range(4):
            out.append(has(item, container))
try:
    has([], {})
except TypeError as error:
    out.append(str(error))
out.append(has({1}, {frozenset([1])}))`
  expect(specialized.told(program)).toBe(plain.told(program))
})
