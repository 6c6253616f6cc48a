/** What becomes of an instruction that is run again and again: for which operands it is specialized, and when that is tried. */
import { describe, expect, test } from 'vitest'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { KIND } from '../../refcount/object-header.ts'
import { baseOf, nameOf, OP, opcodeOf, unit } from '../compile/opcodes.ts'
import { Kind } from '../objects/kinds.ts'
import { uncounted } from '../objects/reference.ts'
import { specializeBinaryOp } from './binary-op.ts'
import { specializeContainsOp } from './contains-op.ts'
import { advance, backoffOf, fires, pause, remaining, setCounter, WARM_UP } from './counter.ts'

const UNIT = 64
const NEXT = UNIT + 8
const LOCALS = 128
const OBJECTS = 256

const ADD = 0
const MULTIPLY = 5
const SUBTRACT = 10
const IN_PLACE = 13

/** A memory with one object of each kind, the object of a kind at a place of its own; two strings. */
const object = (kind: number): number => OBJECTS + 32 * kind
const OTHER_STR = OBJECTS + 32 * 27

function site(opcode: number, argument: number) {
  const memory = new SharedMemory(new SharedArrayBuffer(2048))
  for (const kind of Object.values(Kind)) memory.set(object(kind) + KIND, kind)
  memory.set(OTHER_STR + KIND, Kind.STR)
  memory.set(UNIT, unit(opcode, argument))
  memory.set(NEXT, unit(OP.POP_TOP, 0))
  setCounter(memory, UNIT, WARM_UP)
  return {
    memory,
    name: () => nameOf(opcodeOf(memory.get(UNIT))),
    counter: (): [number, number] => [remaining(memory.get(UNIT + 4)), backoffOf(memory.get(UNIT + 4))],
  }
}

const repeatedly = (times: number, act: () => void): void => {
  for (let time = 0; time < times; time++) act()
}

/** A site of arithmetic, and how an evaluator runs it: `attempts` says in which executions it tried to specialize. */
function arithmetic(operation: number) {
  const place = site(OP.BINARY_OP, operation)
  const { memory } = place
  const attempts: number[] = []
  let executions = 0
  const run = (left: number, right: number = left): void => {
    executions += 1
    // A specialized form that fits runs without a look at the counter; here it is enough to know by the operands whether it fits.
    if (fits(opcodeOf(memory.get(UNIT)), left, right)) return
    if (fires(memory, UNIT)) {
      attempts.push(executions)
      specializeBinaryOp(memory, UNIT, object(left), object(right), operation, LOCALS)
      if (fits(opcodeOf(memory.get(UNIT)), left, right)) return
    }
    advance(memory, UNIT)
  }
  return { ...place, attempts, run, repeat: (times: number, kind: number) => repeatedly(times, () => run(kind)) }
}

function fits(opcode: number, left: number, right: number): boolean {
  const suffix = { [Kind.INT]: '_INT', [Kind.FLOAT]: '_FLOAT', [Kind.STR]: '_UNICODE' }[left]
  return left === right && baseOf(opcode) !== opcode && suffix !== undefined && nameOf(opcode).endsWith(suffix)
}

describe('arithmetic is specialized by the operation and the type of both operands', () => {
  const specialized = (operation: number, left: number, right: number = left): string => {
    const place = site(OP.BINARY_OP, operation)
    specializeBinaryOp(place.memory, UNIT, object(left), object(right), operation, LOCALS)
    return place.name().replace('BINARY_OP_', '')
  }

  test.for([0, IN_PLACE])('by the table, plain and in place alike: %i', (form) => {
    const row = (operation: number) => [Kind.INT, Kind.FLOAT, Kind.STR].map((kind) => specialized(operation + form, kind))
    expect(row(ADD)).toEqual(['ADD_INT', 'ADD_FLOAT', 'ADD_UNICODE'])
    expect(row(SUBTRACT)).toEqual(['SUBTRACT_INT', 'SUBTRACT_FLOAT', 'BINARY_OP'])
    expect(row(MULTIPLY)).toEqual(['MULTIPLY_INT', 'MULTIPLY_FLOAT', 'BINARY_OP'])
  })

  test('by nothing else', () => {
    const inTable = [ADD, MULTIPLY, SUBTRACT].flatMap((operation) => [operation, operation + IN_PLACE])
    for (let operation = 0; operation < 2 * IN_PLACE; operation++) {
      for (const left of Object.values(Kind)) {
        for (const right of Object.values(Kind)) {
          const types: readonly number[] = operation % IN_PLACE === ADD ? [Kind.INT, Kind.FLOAT, Kind.STR] : [Kind.INT, Kind.FLOAT]
          const expected = inTable.includes(operation) && left === right && types.includes(left)
          expect(specialized(operation, left, right) !== 'BINARY_OP').toBe(expected)
        }
      }
    }
  })

  test('references that are not counted are to the same objects', () => {
    const { memory, name } = site(OP.BINARY_OP, ADD)
    specializeBinaryOp(memory, UNIT, uncounted(object(Kind.INT)), object(Kind.INT), ADD, LOCALS)
    expect(name()).toBe('BINARY_OP_ADD_INT')
  })
})

describe('a string is appended to in place if the sum goes back to the variable that holds it', () => {
  /** @param next what follows; the local variable 2 holds what `held` says. */
  const specialized = (next: number, held: number, operation = ADD): string => {
    const { memory, name } = site(OP.BINARY_OP, operation)
    memory.set(NEXT, next)
    memory.set(LOCALS + 2 * 4, held)
    specializeBinaryOp(memory, UNIT, object(Kind.STR), OTHER_STR, operation, LOCALS)
    return name().replace('BINARY_OP_', '')
  }

  test.for([ADD, ADD + IN_PLACE])('by either operator: %i', (operation) => {
    expect(specialized(unit(OP.STORE_FAST, 2), object(Kind.STR), operation)).toBe('INPLACE_ADD_UNICODE')
  })

  test('also if the variable does not count its reference', () => {
    expect(specialized(unit(OP.STORE_FAST, 2), uncounted(object(Kind.STR)))).toBe('INPLACE_ADD_UNICODE')
  })

  test('not if it holds the other operand, something else, or nothing', () => {
    const next = unit(OP.STORE_FAST, 2)
    expect([OTHER_STR, object(Kind.INT), 0].map((held) => specialized(next, held))).toEqual(Array(3).fill('ADD_UNICODE'))
  })

  test('not if the sum goes to another variable', () => {
    expect(specialized(unit(OP.STORE_FAST, 3), object(Kind.STR))).toBe('ADD_UNICODE')
  })

  test.for([
    'STORE_FAST_LOAD_FAST',
    'STORE_FAST_STORE_FAST',
    'STORE_DEREF',
    'STORE_GLOBAL',
    'STORE_NAME',
    'EXTENDED_ARG',
    'INSTRUMENTED_LINE',
    'INSTRUMENTED_INSTRUCTION',
  ] as const)('not if the next instruction is %s', (next) => {
    expect(specialized(unit(OP[next], 2), object(Kind.STR))).toBe('ADD_UNICODE')
  })

  test('nor if it is a number that is added to', () => {
    const { memory, name } = site(OP.BINARY_OP, ADD)
    memory.set(NEXT, unit(OP.STORE_FAST, 0))
    memory.set(LOCALS, object(Kind.INT))
    specializeBinaryOp(memory, UNIT, object(Kind.INT), object(Kind.INT), ADD, LOCALS)
    expect(name()).toBe('BINARY_OP_ADD_INT')
  })
})

test('a search is specialized for dictionaries, and for both kinds of sets', () => {
  const specialized = Object.entries(Kind).map(([kind, number]) => {
    const { memory, name } = site(OP.CONTAINS_OP, 0)
    specializeContainsOp(memory, UNIT, uncounted(object(number)))
    return [kind, name()] as const
  })
  expect(Object.fromEntries(specialized.filter(([, name]) => name !== 'CONTAINS_OP'))).toEqual({
    DICT: 'CONTAINS_OP_DICT',
    SET: 'CONTAINS_OP_SET',
    FROZENSET: 'CONTAINS_OP_SET',
  })
})

describe('when an attempt is made', () => {
  test('a site whose operands never change is specialized before its second execution, and its counter rests from then on', () => {
    const { run, repeat, name, counter, attempts } = arithmetic(ADD)
    run(Kind.INT)
    expect([name(), counter()]).toEqual(['BINARY_OP', [0, 1]])
    run(Kind.INT)
    expect([name(), counter()]).toEqual(['BINARY_OP_ADD_INT', [52, 0]])
    repeat(100, Kind.INT)
    expect([name(), counter()]).toEqual(['BINARY_OP_ADD_INT', [52, 0]])
    expect(attempts).toEqual([2])
  })

  test('a specialized site stays specialized for 52 misses, and the next makes an attempt, which may lead to another form', () => {
    const { repeat, run, name, counter, attempts } = arithmetic(ADD)
    repeat(2, Kind.INT)
    repeat(52, Kind.STR)
    expect([name(), counter()]).toEqual(['BINARY_OP_ADD_INT', [0, 0]])
    run(Kind.STR)
    expect([name(), counter()]).toEqual(['BINARY_OP_ADD_UNICODE', [52, 0]])
    expect(attempts).toEqual([2, 2 + 53])
  })

  test('hits in between do not count', () => {
    const { repeat, run, attempts } = arithmetic(ADD)
    repeat(2, Kind.INT)
    for (let misses = 1; misses <= 52; misses++) {
      run(Kind.FLOAT)
      repeat(3, Kind.INT)
    }
    expect(attempts).toEqual([2])
    run(Kind.FLOAT)
    expect(attempts).toEqual([2, 2 + 52 * 4 + 1])
  })

  test('an attempt that fails makes the site generic again, and its wait begins anew', () => {
    const { repeat, run, name, counter } = arithmetic(ADD)
    repeat(2, Kind.INT)
    repeat(52, Kind.LIST)
    expect([name(), counter()]).toEqual(['BINARY_OP_ADD_INT', [0, 0]])
    run(Kind.LIST)
    // It started at (1, 1), and that same execution counted.
    expect([name(), counter()]).toEqual(['BINARY_OP', [0, 1]])
  })

  test('a site that cannot be specialized is tried ever more rarely', () => {
    const { repeat, attempts, name } = arithmetic(ADD)
    repeat(16_369, Kind.LIST)
    expect(attempts).toEqual([2, 5, 12, 27, 58, 121, 248, 503, 1014, 2037, 4084, 8179, 12_274, 16_369])
    expect(name()).toBe('BINARY_OP')
  })

  test('a site that is paused before each execution is never tried', () => {
    const { memory, run, counter, name, attempts } = arithmetic(ADD)
    for (let execution = 0; execution < 200; execution++) {
      pause(memory, UNIT)
      run(Kind.INT)
    }
    expect([name(), counter(), attempts]).toEqual(['BINARY_OP', [0, 1], []])
  })
})
