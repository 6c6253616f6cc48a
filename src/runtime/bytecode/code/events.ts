/**
 * What a tool can be told of.
 *
 * The first ten are local: a tool may ask for them in one code object alone, and it costs nothing where
 * nobody has asked, because an instruction that may report one is another instruction. The
 * others happen while an exception is on its way. They are asked for everywhere or nowhere. The last two
 * follow a call, and go to whoever was told of it.
 *
 * @see CPython Include/cpython/monitoring.h, and PEP 669
 */

/** Events by name; their numbers are their places in tables. */
export const Event = {
  /** A function, module or class body begins. */
  START: 0,
  /** A generator goes on. */
  RESUME: 1,
  RETURN: 2,
  YIELD: 3,
  /** Something is about to be called. */
  CALL: 4,
  /** The first instruction of a line is about to run. */
  LINE: 5,
  INSTRUCTION: 6,
  /** A jump without a condition. */
  JUMP: 7,
  /** A jump that depends on something, taken or not. */
  BRANCH: 8,
  /** A generator has ended, and no exception says so because none is needed. */
  STOP_ITERATION: 9,
  RAISE: 10,
  /** An exception has found its handler. */
  HANDLED: 11,
  /** A frame ends by an exception. */
  UNWIND: 12,
  /** An exception was thrown into a generator. */
  THROW: 13,
  RERAISE: 14,
  /** What is not Python code has returned from a call. */
  C_RETURN: 15,
  C_RAISE: 16,
} as const
export type Event = (typeof Event)[keyof typeof Event]

/** Events below this are reported by instructions, and can be asked for in one code object. */
export const LOCAL_EVENTS = 10
/** Events from here on cannot be asked for: they come with `CALL`. */
export const FIRST_OF_CALLS = 15
/** Numbers of events are below this. */
export const EVENTS = 17

/** Numbers of tools are below this. */
export const TOOLS = 8
