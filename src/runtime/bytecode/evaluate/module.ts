/**
 * Running code that is no function: the body of a module, an expression, the body of a class.
 */
import { type Address, NULL } from '../../memory/memory.ts'
import { FRAME_FUNCTION, NAMESPACE } from '../code/frame.ts'
import { refer } from '../objects/reference.ts'
import type { Runner } from './execution.ts'
import { frameFor, newFrame } from './frames.ts'

/**
 * Runs code whose names live in dictionaries.
 * @param code borrowed, as are the dictionaries: the caller holds them meanwhile.
 * @param namespace where names are stored; the same as `globals` for a module.
 * @returns what the expression comes to; None for a module. A new reference.
 * @throws Raised
 */
export function runCode(m: Runner, code: Address, globals: Address, namespace: Address): Address {
  return m.evaluate(newFrame(m, code, globals, m.memory.get(m.shared.builtins), NULL, refer(m, namespace))).value
}

/** Runs a class's body, which lies in a function, with the dictionary that becomes the class's. @returns what it returns: a new reference. */
export function runClassBody(m: Runner, body: Address, namespace: Address): Address {
  const { memory } = m
  const frame = frameFor(m, body)
  memory.set(frame + FRAME_FUNCTION, refer(m, body))
  memory.set(frame + NAMESPACE, refer(m, namespace))
  return m.evaluate(frame).value
}
