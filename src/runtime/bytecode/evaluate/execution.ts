/**
 * One run of the evaluator: a stretch of frames that call each other, from the one that it was entered with to the innermost.
 *
 * The fields mirror the innermost frame, so that an instruction need not look there for them: a run is made anew for
 * each entry, and everything that others may see lies in memory. Before each instruction the frame is told where it is and how
 * high its stack stands (`evaluate.ts`), so whoever looks at frames in a pause finds them true.
 *
 * Instructions leave what they work on on the stack until they are done. When one fails, unwinding
 * gives back whatever lies there, and nothing needs to be cleaned up on the way.
 *
 * @see CPython Python/ceval.c
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { CONSTANTS, NAMES } from '../code/code-object.ts'
import { copyAt } from '../code/copy-array.ts'
import { ENTRY, FRAME_CODE, INDEX, INSTRUCTION, LOCALS, RETURN_OFFSET, TOP } from '../code/frame.ts'
import type { ThreadCode } from '../code/thread-code.ts'
import type { Watched } from '../instrument/watched.ts'
import type { Caller, Mutator } from '../objects/mutator.ts'
import { close, counted, duplicate, objectOf, type Reference } from '../objects/reference.ts'
import { TUPLE_ITEMS } from '../objects/tuple.ts'
import { link } from './frames.ts'

/** A thread that runs code, and tells tools of it. */
export interface Runner extends Caller, Watched {
  /**
   * Runs a frame until it returns or yields: the evaluator inside itself.
   * @param frame new, or a generator's at rest. It is ended, unless it yields.
   * @param thrown an exception to be raised where the frame stands, instead of going on; given over.
   * @throws Raised
   */
  evaluate(frame: Address, thrown?: Address): Outcome
}

/** Whoever ends objects, or calls, can run frames: there is one kind of thread. */
export const runner = (m: Mutator): Runner => m as Runner

/** What came of running a frame. */
export interface Outcome {
  /** A new reference. */
  readonly value: Address
  /** It stopped in the middle, and can be taken up again. */
  readonly yielded: boolean
}

/** One run; see above. Instructions change its fields, `evaluate.ts` follows them. */
export class Execution implements Outcome {
  readonly m: Runner
  readonly memory: Memory
  readonly own: ThreadCode
  /** False once the frame that the run was entered with is left. */
  running = true
  value: Address = NULL
  yielded = false
  /** Whether the exception that is about to be raised is raised again. Nobody is told of its origin twice. */
  again = false
  /** What it ended with instead of a value: an exception, with a reference. */
  exception: Address = NULL
  /** The innermost frame. */
  frame: Address = NULL
  /** The unit being executed, and the one that the frame executed before it. */
  at: Address = NULL
  previous: Address = NULL
  /** The unit to be executed next. */
  next: Address = NULL
  /** Behind the topmost value of the stack. */
  top: Address = NULL
  /** The frame's locals. */
  locals: Address = NULL
  /** The first of the code's constants, and of its names. */
  constants: Address = NULL
  names: Address = NULL

  constructor(m: Runner) {
    this.m = m
    this.memory = m.memory
    this.own = m.own
  }

  // The stack

  push(reference: Reference): void {
    this.memory.set(this.top, reference)
    this.top += CELL
  }

  /** Takes the topmost value off; its reference is the caller's now. */
  pop(): Reference {
    this.top -= CELL
    return this.memory.get(this.top)
  }

  /** The value at a depth: 1 for the topmost. It stays where it is. */
  peek(depth: number): Reference {
    return this.memory.get(this.top - depth * CELL)
  }

  /** The object at a depth. */
  object(depth: number): Address {
    return objectOf(this.memory.get(this.top - depth * CELL))
  }

  /** Puts another reference in the place of one, whose reference is the caller's now. */
  exchange(depth: number, reference: Reference): Reference {
    const at = this.top - depth * CELL
    const before = this.memory.get(at)
    this.memory.set(at, reference)
    return before
  }

  /** Gives up the topmost values. */
  drop(count: number): void {
    for (let left = count; left > 0; left--) close(this.m, this.pop())
  }

  /** Gives up the topmost values and pushes another. The last step of most instructions: from here on nothing fails. */
  replace(count: number, reference: Reference): void {
    this.drop(count)
    this.push(reference)
  }

  // Locals

  local(index: number): Reference {
    return this.memory.get(this.locals + index * CELL)
  }

  /** Stores into a local variable; the reference is given over. */
  setLocal(index: number, reference: Reference): void {
    const at = this.locals + index * CELL
    const before = this.memory.get(at)
    this.memory.set(at, reference)
    close(this.m, before)
  }

  pushLocal(index: number): void {
    this.push(duplicate(this.m, this.local(index)))
  }

  // Code

  /** The code of the innermost frame. */
  get code(): Address {
    return objectOf(this.memory.get(this.frame + FRAME_CODE))
  }

  /** Where the copy begins that the frame runs. */
  get start(): Address {
    return copyAt(this.memory, this.code, this.memory.get(this.frame + INDEX))
  }

  constant(index: number): Address {
    return this.memory.get(this.constants + index * CELL)
  }

  /** A name of the code's: a string. */
  name(index: number): Address {
    return this.memory.get(this.names + index * CELL)
  }

  /** Goes on at another unit, counted from the one behind the present instruction. */
  jump(units: number): void {
    this.next += units * CELL
  }

  /**
   * Goes back to the present instruction, which may have become another. It has no prefix, and has done nothing
   * yet: whoever reports its line must still find what the frame executed before it.
   */
  fetchAgain(): void {
    this.next = this.at
    this.at = this.previous
  }

  // Frames

  /** Makes a frame the innermost. Where it goes on is for the caller to say. */
  enter(frame: Address): void {
    const { memory } = this
    memory.set(this.own.frame, frame)
    this.frame = frame
    this.at = memory.get(frame + INSTRUCTION)
    const code = objectOf(memory.get(frame + FRAME_CODE))
    this.locals = frame + LOCALS
    this.top = memory.get(frame + TOP)
    this.constants = memory.get(code + CONSTANTS) + TUPLE_ITEMS
    this.names = memory.get(code + NAMES) + TUPLE_ITEMS
  }

  /**
   * Leaves the innermost frame for one that it calls, which is not linked yet.
   * @param after bytes from the present instruction to where it goes on afterwards.
   */
  callInto(frame: Address, after: number): void {
    const { memory } = this
    memory.set(this.frame + TOP, this.top)
    memory.set(this.frame + RETURN_OFFSET, after)
    link(this.m, frame)
    this.enter(frame)
    this.next = this.at
  }

  /** Goes on in the frame that called the one that was left, with what came of it. @param reference given over. */
  returnTo(frame: Address, reference: Reference): void {
    const { memory } = this
    this.enter(frame)
    this.push(reference)
    // At once: what the other frame held is given up next, and only here this value may still be found.
    memory.set(frame + TOP, this.top)
    this.next = this.at + memory.get(frame + RETURN_OFFSET)
  }

  /** Ends the run with a value; its reference is given over. */
  finish(reference: Reference): void {
    this.value = counted(this.m, reference)
    this.running = false
  }

  /** Whether the run ends when the innermost frame is left. */
  get isEntry(): boolean {
    return this.memory.get(this.frame + ENTRY) !== 0
  }
}
