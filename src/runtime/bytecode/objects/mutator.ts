/**
 * The calling thread, as everything that runs code sees it.
 *
 * "Mutator" is what the literature on memory management calls a thread that makes and changes
 * objects. What lies above this layer, and only there can be said, is handed in through it: how
 * memory is had and given back, how the world is stopped, what happens at a safe point.
 */
import type { Chunks } from '../../memory/chunks.ts'
import type { Address } from '../../memory/memory.ts'
import type { Counter } from '../../refcount/biased.ts'
import type { Parker } from '../../sync/parking-lot.ts'
import type { SectionUser } from '../../thread/critical-section.ts'
import type { InterpreterCode } from '../code/interpreter-code.ts'
import type { ThreadCode } from '../code/thread-code.ts'
import type { Builtin } from './builtin-function.ts'

/** What others may look at, and set, of a thread while it is at rest. */
export interface AtRest {
  /** Its request word. */
  readonly requests: Address
  readonly own: ThreadCode
}

/** A thread that makes and changes objects. */
export interface Mutator extends Counter, SectionUser {
  /** What the interpreter's threads share for running code. */
  readonly shared: InterpreterCode
  /** Where the interpreter keeps its singletons; see `singletons.ts`. */
  readonly singletons: Address
  /** Where the interpreter keeps its classes; see `classes.ts`. */
  readonly classes: Address
  /** What this thread has for itself. */
  readonly own: ThreadCode
  /** The thread's request word: event bits, and above them the version of instrumentation. */
  readonly requests: Address
  /** Sleeps without detaching: for locks that are held for moments. */
  readonly attached: Parker
  /** Where chunks of queues, stacks and sections come from. */
  readonly chunks: Chunks

  /**
   * Memory for an object that this thread owns, with one reference. Everything behind the header is zero.
   * @param bytes of the whole object.
   * @param name of its record, for messages.
   * @throws OutOfMemory
   */
  newObject(kind: number, bytes: number, name: string): Address
  /** Gives an object's memory back; late readers may still look at its header. */
  freeObject(object: Address): void

  /** @returns zeroed raw memory, or NULL if there is none. */
  allocate(bytes: number, name: string): Address
  /** Frees raw memory at once. */
  free(address: Address): void
  /** Frees raw memory once nobody can be reading it. */
  retire(address: Address): void

  /** Runs an action while the other threads of the interpreter are at rest. */
  whileStopped<T>(action: () => T): T
  /** All threads of the interpreter, the caller too. For an action while the others are at rest. */
  threads(): readonly AtRest[]
  /** Reports a quiescent state and serves requests. @returns false if a handler failed. */
  passSafePoint(): boolean
}

/** A mutator that can run code: for what may call a method that a class defines. */
export interface Caller extends Mutator {
  /** What the objects of built-in functions, methods and attributes stand for, by number; see `builtin-function.ts`. */
  readonly builtins: readonly Builtin[]
  /**
   * Calls what can be called.
   * @param values borrowed. The last of them are passed by name.
   * @param names as many strings as are passed by name; none unless given.
   * @returns a new reference.
   * @throws Raised
   */
  call(callable: Address, values: readonly Address[], names?: readonly Address[]): Address
  /** Waits until the embedder lets a program go on that asked to wait. @param name as the program gave it. */
  wait(name: string): void
}
