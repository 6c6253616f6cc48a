/**
 * Jumps and loops.
 *
 * A conditional jump keeps a history of the ways that it went, one bit each, in its inline cache.
 */
import { type Address, CELL, type Memory, NULL } from '../../../memory/memory.ts'
import { OP } from '../../compile/opcodes.ts'
import type { Mutator } from '../../objects/mutator.ts'
import { iterate, next } from '../../objects/operate/iterate.ts'
import { close, given, objectOf } from '../../objects/reference.ts'
import { none, truthValue } from '../../objects/singletons.ts'
import { passSafePoint } from '../safe-point.ts'
import type { Handler, Handlers } from './handler.ts'

const HISTORY = 0xffff

/** Adds a way to the history of the conditional jump at an address. */
function record(memory: Memory, at: Address, taken: boolean): void {
  // Relaxed: where threads share one copy, several may write, and any of the histories will do.
  memory.storeRelaxed(at + CELL, ((memory.loadRelaxed(at + CELL) << 1) | (taken ? 1 : 0)) & HISTORY)
}

/** Jumps if the topmost value is a certain object, or if it is not. */
const jumpIf =
  (object: (m: Mutator) => Address, wanted: boolean): Handler =>
  (run, units) => {
    const value = run.pop()
    const taken = (objectOf(value) === object(run.m)) === wanted
    close(run.m, value)
    record(run.memory, run.at, taken)
    if (taken) run.jump(units)
  }

const trueObject = (m: Mutator): Address => truthValue(m, true)
const falseObject = (m: Mutator): Address => truthValue(m, false)

const jumpBackward: Handler = (run, units) => {
  passSafePoint(run.m)
  run.jump(-units)
}

/** At the end of the loop stand two instructions that take value and iterator off; they are jumped over. */
const AFTER_LOOP = 2

const forIter: Handler = (run, units) => {
  const value = next(run.m, run.object(1))
  if (value !== NULL) {
    run.push(given(run.memory, value))
    return
  }
  run.drop(1)
  run.jump(units + AFTER_LOOP)
}

export const JUMPS: Handlers = {
  [OP.JUMP_FORWARD]: (run, units) => run.jump(units),
  [OP.JUMP_BACKWARD]: jumpBackward,
  // Inside a delegation: whoever is to be interrupted is the innermost generator.
  [OP.JUMP_BACKWARD_NO_INTERRUPT]: (run, units) => run.jump(-units),
  [OP.POP_JUMP_IF_FALSE]: jumpIf(falseObject, true),
  [OP.POP_JUMP_IF_TRUE]: jumpIf(trueObject, true),
  [OP.POP_JUMP_IF_NONE]: jumpIf(none, true),
  [OP.POP_JUMP_IF_NOT_NONE]: jumpIf(none, false),
  [OP.GET_ITER]: (run) => run.replace(1, given(run.memory, iterate(run.m, run.object(1)))),
  [OP.FOR_ITER]: forIter,
}
