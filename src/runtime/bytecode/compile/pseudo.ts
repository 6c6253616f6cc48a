/**
 * Instructions that only the compiler knows, and what it knows of all of them.
 *
 * Jumps have no direction yet, and blocks of exception handlers are opened and closed by
 * instructions; in the end a table says which handler covers what.
 *
 * @see CPython Include/internal/pycore_opcode_utils.h and pycore_opcode_metadata.h
 */
import { OP } from './opcodes.ts'

export const PSEUDO = {
  JUMP: 256,
  /** Leave the value and jump, or fall through. */
  JUMP_IF_FALSE: 257,
  JUMP_IF_TRUE: 258,
  /** A jump at which other threads and signals need not be asked. */
  JUMP_NO_INTERRUPT: 259,
  /** Loads the cell itself. */
  LOAD_CLOSURE: 260,
  POP_BLOCK: 261,
  /** Opens a block whose handler also gets the place of the raising instruction. */
  SETUP_CLEANUP: 262,
  SETUP_FINALLY: 263,
  STORE_FAST_MAYBE_NULL: 265,
} as const

type Effect = (argument: number) => number

/** How many values an instruction adds to the stack; an effect that is missing is none. */
const EFFECTS: ReadonlyMap<number, number | Effect> = new Map<number, number | Effect>([
  [OP.BINARY_SLICE, -2],
  [OP.BINARY_SUBSCR, -1],
  [OP.CLEANUP_THROW, -1],
  [OP.DELETE_SUBSCR, -2],
  [OP.END_FOR, -1],
  [OP.END_SEND, -1],
  [OP.LOAD_BUILD_CLASS, 1],
  [OP.LOAD_LOCALS, 1],
  [OP.POP_EXCEPT, -1],
  [OP.POP_TOP, -1],
  [OP.PUSH_EXC_INFO, 1],
  [OP.PUSH_NULL, 1],
  [OP.STORE_SLICE, -4],
  [OP.STORE_SUBSCR, -3],
  [OP.BINARY_OP, -1],
  [OP.BUILD_LIST, (count) => 1 - count],
  [OP.BUILD_MAP, (count) => 1 - count * 2],
  [OP.BUILD_SET, (count) => 1 - count],
  [OP.BUILD_SLICE, (count) => 1 - count],
  [OP.BUILD_TUPLE, (count) => 1 - count],
  [OP.CALL, (count) => -1 - count],
  [OP.CALL_FUNCTION_EX, (flags) => -2 - (flags & 1)],
  [OP.CALL_KW, (count) => -2 - count],
  [OP.COMPARE_OP, -1],
  [OP.CONTAINS_OP, -1],
  [OP.COPY, 1],
  [OP.DELETE_ATTR, -1],
  [OP.DICT_MERGE, -1],
  [OP.DICT_UPDATE, -1],
  [OP.FOR_ITER, 1],
  [OP.IS_OP, -1],
  [OP.LIST_APPEND, -1],
  [OP.LIST_EXTEND, -1],
  [OP.LOAD_ATTR, (index) => index & 1],
  [OP.LOAD_COMMON_CONSTANT, 1],
  [OP.LOAD_CONST, 1],
  [OP.LOAD_DEREF, 1],
  [OP.LOAD_FAST, 1],
  [OP.LOAD_FAST_AND_CLEAR, 1],
  [OP.LOAD_FAST_CHECK, 1],
  [OP.LOAD_FAST_LOAD_FAST, 2],
  [OP.LOAD_GLOBAL, (index) => 1 + (index & 1)],
  [OP.LOAD_NAME, 1],
  [OP.LOAD_SMALL_INT, 1],
  [OP.LOAD_SUPER_ATTR, (index) => (index & 1) - 2],
  [OP.MAP_ADD, -2],
  [OP.POP_JUMP_IF_FALSE, -1],
  [OP.POP_JUMP_IF_NONE, -1],
  [OP.POP_JUMP_IF_NOT_NONE, -1],
  [OP.POP_JUMP_IF_TRUE, -1],
  [OP.RAISE_VARARGS, (count) => -count],
  [OP.RERAISE, -1],
  [OP.SET_ADD, -1],
  [OP.SET_FUNCTION_ATTRIBUTE, -1],
  [OP.SET_UPDATE, -1],
  [OP.STORE_ATTR, -2],
  [OP.STORE_DEREF, -1],
  [OP.STORE_FAST, -1],
  [OP.STORE_FAST_STORE_FAST, -2],
  [OP.STORE_GLOBAL, -1],
  [OP.STORE_NAME, -1],
  [OP.UNPACK_EX, (counts) => (counts & 0xff) + (counts >> 8)],
  [OP.UNPACK_SEQUENCE, (count) => count - 1],
  [PSEUDO.LOAD_CLOSURE, 1],
  [PSEUDO.STORE_FAST_MAYBE_NULL, -1],
])

/** How many values an instruction adds to the stack when it does not jump. */
export function stackEffect(opcode: number, argument: number): number {
  const effect = EFFECTS.get(opcode) ?? 0
  return typeof effect === 'number' ? effect : effect(argument)
}

/** How many values are on the stack at the target of an instruction, besides those before it. */
export function effectAtTarget(opcode: number, argument: number): number {
  if (opcode === PSEUDO.SETUP_CLEANUP) return 2
  return opcode === PSEUDO.SETUP_FINALLY ? 1 : stackEffect(opcode, argument)
}

const UNCONDITIONAL: ReadonlySet<number> = new Set<number>([PSEUDO.JUMP, PSEUDO.JUMP_NO_INTERRUPT])
const CONDITIONAL: ReadonlySet<number> = new Set<number>([
  PSEUDO.JUMP_IF_FALSE,
  PSEUDO.JUMP_IF_TRUE,
  OP.POP_JUMP_IF_FALSE,
  OP.POP_JUMP_IF_TRUE,
  OP.POP_JUMP_IF_NONE,
  OP.POP_JUMP_IF_NOT_NONE,
  OP.FOR_ITER,
  OP.SEND,
])
const EXITS: ReadonlySet<number> = new Set<number>([OP.RETURN_VALUE, OP.RAISE_VARARGS, OP.RERAISE])
/** Where requests of other threads are served. */
const EVAL_BREAKS: ReadonlySet<number> = new Set<number>([OP.CALL, OP.CALL_FUNCTION_EX, OP.RESUME, PSEUDO.JUMP])

/** Whether an instruction always jumps. */
export const isUnconditionalJump = (opcode: number): boolean => UNCONDITIONAL.has(opcode)
/** Whether an instruction may jump. */
export const isJump = (opcode: number): boolean => UNCONDITIONAL.has(opcode) || CONDITIONAL.has(opcode)
/** Whether an instruction opens the block of an exception handler. */
export const opensBlock = (opcode: number): boolean => opcode === PSEUDO.SETUP_CLEANUP || opcode === PSEUDO.SETUP_FINALLY
/** Whether an instruction leaves the frame. */
export const exitsScope = (opcode: number): boolean => EXITS.has(opcode)
/** Whether the thread serves requests at an instruction. */
export const hasEvalBreak = (opcode: number): boolean => EVAL_BREAKS.has(opcode)
/** Whether nothing can stand behind an instruction in its basic block. */
export const endsBlock = (opcode: number): boolean => isJump(opcode) || exitsScope(opcode)
