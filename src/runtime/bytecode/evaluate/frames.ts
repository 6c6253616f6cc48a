/**
 * How frames begin and end.
 *
 * @see CPython Python/frame.c and Python/ceval.c, _PyEvalFramePushAndInit
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { decref } from '../../refcount/biased.ts'
import { CodeObject } from '../code/code-object.ts'
import {
  BUILTINS,
  ENTRY,
  FRAME_CODE,
  FRAME_FUNCTION,
  FRAME_GENERATOR,
  frameBytes,
  GLOBALS,
  LOCALS,
  NAMESPACE,
  PREVIOUS,
  TOP,
} from '../code/frame.ts'
import { FRAME_IN_GENERATOR, GENERATOR_HANDLED, GENERATOR_OUTER, GENERATOR_STATE, GeneratorState } from '../code/generator.ts'
import { startFrame } from '../copies/enter.ts'
import { FUNCTION_BUILTINS, FUNCTION_CODE, FUNCTION_GLOBALS } from '../objects/function.ts'
import type { Mutator } from '../objects/mutator.ts'
import { DEEPEST } from '../objects/operate/recursion.ts'
import { raise } from '../objects/raise.ts'
import { close, type Reference, uncounted } from '../objects/reference.ts'
import { popFrame, pushFrame } from './data-stack.ts'

const { localCount: LOCAL_COUNT, stackSize: STACK_SIZE } = CodeObject.offset

/** What RecursionError says. */
export const TOO_DEEP = 'maximum recursion depth exceeded'

/**
 * Makes a frame on the thread's data stack, without values. It runs nothing yet.
 * @param code which lives as long as the frame does.
 * @param globals dictionary, as is `builtins`; they live as long as the frame does, too.
 * @param runs a reference to the function, or NULL; given over.
 * @param namespace a reference to the dictionary that names live in, or NULL; given over.
 * @throws OutOfMemory, and then nothing was given over.
 */
export function newFrame(m: Mutator, code: Address, globals: Address, builtins: Address, runs: Reference, namespace: Reference): Address {
  const { memory } = m
  const locals = memory.get(code + LOCAL_COUNT)
  const frame = pushFrame(m, frameBytes(locals, memory.get(code + STACK_SIZE)))
  memory.set(frame + FRAME_FUNCTION, runs)
  memory.set(frame + FRAME_CODE, uncounted(code))
  memory.set(frame + GLOBALS, globals)
  memory.set(frame + BUILTINS, builtins)
  memory.set(frame + NAMESPACE, namespace)
  memory.set(frame + PREVIOUS, NULL)
  startFrame(m, frame)
  const top = frame + LOCALS + locals * CELL
  memory.set(frame + TOP, top)
  memory.set(frame + FRAME_GENERATOR, NULL)
  memory.set(frame + ENTRY, 0)
  for (let at = frame + LOCALS; at < top; at += CELL) memory.set(at, NULL)
  return frame
}

/** A frame for a call of a function, whose arguments are still to come. @throws OutOfMemory */
export function frameFor(m: Mutator, called: Address): Address {
  const { memory } = m
  return newFrame(
    m,
    memory.get(called + FUNCTION_CODE),
    memory.get(called + FUNCTION_GLOBALS),
    memory.get(called + FUNCTION_BUILTINS),
    NULL,
    NULL,
  )
}

/** Puts a frame on top of those that run. @throws Raised if there are too many, and then the frame is ended. */
export function link(m: Mutator, frame: Address): void {
  const { memory, own } = m
  memory.set(frame + PREVIOUS, memory.get(own.frame))
  memory.set(own.frame, frame)
  const generator = memory.get(frame + FRAME_GENERATOR)
  if (generator !== NULL) {
    memory.set(generator + GENERATOR_OUTER, memory.get(own.generator))
    memory.set(own.generator, generator)
  }
  const depth = memory.get(own.depth) + 1
  memory.set(own.depth, depth)
  if (depth <= DEEPEST) return
  unlink(m, frame)
  end(m, frame)
  raise(m, 'RecursionError', TOO_DEEP)
}

/** Takes the innermost frame off those that run. @returns the one that called it. */
export function unlink({ memory, own }: Mutator, frame: Address): Address {
  const previous = memory.get(frame + PREVIOUS)
  memory.set(own.frame, previous)
  memory.set(own.depth, memory.get(own.depth) - 1)
  // A frame that outlives its run keeps no way back.
  memory.set(frame + PREVIOUS, NULL)
  memory.set(frame + ENTRY, 0)
  const generator = memory.get(frame + FRAME_GENERATOR)
  if (generator !== NULL) {
    memory.set(own.generator, memory.get(generator + GENERATOR_OUTER))
    memory.set(generator + GENERATOR_OUTER, NULL)
  }
  return previous
}

/** Gives up all that a frame holds which runs no more, and its room. */
export function end(m: Mutator, frame: Address): void {
  const generator = m.memory.get(frame + FRAME_GENERATOR)
  if (generator === NULL) {
    clear(m, frame)
    popFrame(m.memory, m.own, frame)
  } else endGenerator(m, generator)
}

/** Gives up all that a generator's frame holds: the generator is done. Its frame is not running any more. */
export function endGenerator(m: Mutator, generator: Address): void {
  const { memory } = m
  memory.storeRelease(generator + GENERATOR_STATE, GeneratorState.CLEARED)
  clear(m, generator + FRAME_IN_GENERATOR)
  const handled = memory.get(generator + GENERATOR_HANDLED)
  memory.set(generator + GENERATOR_HANDLED, NULL)
  if (handled !== NULL) decref(m, handled)
}

function clear(m: Mutator, frame: Address): void {
  const { memory } = m
  const top = memory.get(frame + TOP)
  // Nothing is left to be given up twice, whatever ends because of this.
  memory.set(frame + TOP, frame + LOCALS)
  for (let at = frame + LOCALS; at < top; at += CELL) close(m, take(memory, at))
  close(m, take(memory, frame + NAMESPACE))
  close(m, take(memory, frame + FRAME_CODE))
  close(m, take(memory, frame + FRAME_FUNCTION))
}

function take(memory: Memory, at: Address): Reference {
  const reference = memory.get(at)
  memory.set(at, NULL)
  return reference
}
