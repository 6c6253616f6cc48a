import { expect, test } from 'vitest'
import {
  argumentOf,
  baseOf,
  cachesOf,
  FIRST_INSTRUMENTED,
  FIRST_SPECIALIZED,
  isInstrumented,
  nameOf,
  OP,
  opcodeOf,
  UNDERLYING,
  unit,
} from './opcodes.ts'

const numbers: readonly number[] = Object.values(OP)

test('every instruction has a number of its own, by which it is found', () => {
  expect(new Set(numbers).size).toBe(numbers.length)
  expect(numbers.map(nameOf)).toEqual(Object.keys(OP))
  expect(() => nameOf(200)).toThrow('There is no instruction 200')
})

test('what is specialized has a generic form, and what is generic is its own', () => {
  const specialized = numbers.filter((opcode) => baseOf(opcode) !== opcode)
  expect(specialized.filter((opcode) => baseOf(opcode) >= FIRST_SPECIALIZED)).toEqual([])
  const inRange = numbers.filter((opcode) => opcode >= FIRST_SPECIALIZED && opcode < FIRST_INSTRUMENTED)
  expect(new Set(specialized)).toEqual(new Set([OP.BINARY_OP_INPLACE_ADD_UNICODE, ...inRange]))
  expect(baseOf(OP.RESUME_CHECK)).toBe(OP.RESUME)
})

test('what is instrumented stands in for the generic one of its name, or for any', () => {
  const instrumented = numbers.filter(isInstrumented)
  const anyone: readonly number[] = [OP.INSTRUMENTED_LINE, OP.INSTRUMENTED_INSTRUCTION]
  for (const opcode of instrumented) {
    const underlying = UNDERLYING.get(opcode)
    if (underlying === undefined) expect(anyone).toContain(opcode)
    else expect(nameOf(opcode)).toBe(`INSTRUMENTED_${nameOf(underlying)}`)
    expect(baseOf(opcode)).toBe(opcode)
  }
  expect(instrumented.length).toBe(UNDERLYING.size + anyone.length)
  expect(isInstrumented(OP.RESUME_CHECK)).toBe(false)
})

test('an inline cache is as long as what is kept in it', () => {
  expect([OP.BINARY_OP, OP.TO_BOOL, OP.CALL, OP.LOAD_GLOBAL, OP.LOAD_ATTR, OP.LOAD_FAST].map(cachesOf)).toEqual([1, 3, 3, 4, 9, 0])
})

test('a code unit holds an instruction and its argument', () => {
  const code = unit(OP.INSTRUMENTED_LINE, 255)
  expect([opcodeOf(code), argumentOf(code)]).toEqual([OP.INSTRUMENTED_LINE, 255])
  expect(unit(OP.CACHE, 0)).toBe(0)
})
