import { describe, expect, test } from 'vitest'
import { codeOf, tuple } from '../../../testing/code.ts'
import { BYTES, enter } from '../../../testing/setting.ts'
import { Runtime } from '../../interpreter/runtime.ts'
import { sleeper } from '../../interpreter/thread.ts'
import { CELL } from '../../memory/memory.ts'
import { SharedMemory } from '../../memory/shared-memory.ts'
import { IMMORTAL, LOCAL } from '../../refcount/object-header.ts'
import { mainCopy } from '../code/code-object.ts'
import { OP, unit } from '../compile/opcodes.ts'
import { JUMP, UNREACHABLE, WARM_UP } from '../specialize/counter.ts'
import { BRANCH_HISTORY, quickenMain } from './quicken.ts'

/** The units of code that was quickened. The first constant is immortal, and so is that with number 256. */
function quickened(units: readonly number[], settings = { freeThreaded: true, copying: true }): number[] {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, settings)
  const ada = enter({ runtime, interpreter: runtime.createInterpreter(sleeper(runtime, runtime.createOsThread())) })
  const [immortal, mortal] = [ada.createObject(0, false), ada.createObject(0, false)]
  memory.storeRelaxed(immortal + LOCAL, IMMORTAL)
  const constants = tuple(ada, ...Array.from({ length: 258 }, (_, index) => (index % 256 === 0 ? immortal : mortal)))
  const code = codeOf(ada, units, { constants })
  quickenMain(ada, code)
  return units.map((_, offset) => memory.get(mainCopy(code) + offset * CELL))
}

const CONDITIONAL_JUMPS = [OP.POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_TRUE, OP.POP_JUMP_IF_NONE, OP.POP_JUMP_IF_NOT_NONE]

test('an instruction that can be specialized begins with a counter that warms up', () => {
  expect(quickened([unit(OP.BINARY_OP, 5), 0, unit(OP.CONTAINS_OP, 0), 0])).toEqual([
    unit(OP.BINARY_OP, 5),
    WARM_UP,
    unit(OP.CONTAINS_OP, 0),
    WARM_UP,
  ])
})

test('only the first unit of an inline cache starts with anything, and what stands in a cache is no instruction', () => {
  // As an instruction, the second unit of that cache would load a constant.
  expect(quickened([unit(OP.CALL, 1), 0, unit(OP.LOAD_CONST, 0), 0, unit(OP.RETURN_VALUE, 0)])).toEqual([
    unit(OP.CALL, 1),
    WARM_UP,
    unit(OP.LOAD_CONST, 0),
    0,
    unit(OP.RETURN_VALUE, 0),
  ])
})

test('a backward jump begins with a counter of its own', () => {
  expect(quickened([unit(OP.JUMP_BACKWARD, 3), 0])).toEqual([unit(OP.JUMP_BACKWARD, 3), JUMP])
})

test.for(CONDITIONAL_JUMPS)('a conditional jump (%i) begins with a history of turns', (opcode) => {
  expect(quickened([unit(opcode, 3), 0])).toEqual([unit(opcode, 3), BRANCH_HISTORY])
})

describe('a constant', () => {
  test('that is immortal is loaded without counting it, and one that is not as before', () => {
    expect(quickened([unit(OP.LOAD_CONST, 0), unit(OP.LOAD_CONST, 1)])).toEqual([unit(OP.LOAD_CONST_IMMORTAL, 0), unit(OP.LOAD_CONST, 1)])
  })

  test('with a number that takes two units is the right one', () => {
    const extended = unit(OP.EXTENDED_ARG, 1)
    expect(quickened([extended, unit(OP.LOAD_CONST, 0), unit(OP.LOAD_CONST, 1), extended, unit(OP.LOAD_CONST, 1)])).toEqual([
      extended,
      unit(OP.LOAD_CONST_IMMORTAL, 0),
      unit(OP.LOAD_CONST, 1),
      extended,
      unit(OP.LOAD_CONST, 1),
    ])
  })
})

test('where threads share the main copy no counter can be reached, and what does not count is as elsewhere', () => {
  const units = [unit(OP.LOAD_CONST, 0), unit(OP.BINARY_OP, 0), 0, unit(OP.JUMP_BACKWARD, 1), 0, unit(OP.POP_JUMP_IF_TRUE, 1), 0]
  expect(quickened(units, { freeThreaded: true, copying: false })).toEqual([
    unit(OP.LOAD_CONST_IMMORTAL, 0),
    unit(OP.BINARY_OP, 0),
    UNREACHABLE,
    unit(OP.JUMP_BACKWARD, 1),
    UNREACHABLE,
    unit(OP.POP_JUMP_IF_TRUE, 1),
    BRANCH_HISTORY,
  ])
})

test('in a build without threads the main copy is specialized', () => {
  expect(quickened([unit(OP.BINARY_OP, 0), 0], { freeThreaded: false, copying: false })[1]).toBe(WARM_UP)
})
