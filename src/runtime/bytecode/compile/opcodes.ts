/**
 * The instructions that our subset of Python can hold: their numbers, and what each is a form of.
 *
 * A number says which of three kinds an instruction is:
 *
 *     0 .. 149     generic: what the compiler writes
 *     150 .. 236   specialized: what a generic one becomes for the types that it has seen
 *     237 .. 255   instrumented: what reports an event and then does as the generic one
 *
 * (BINARY_OP_INPLACE_ADD_UNICODE is the exception: specialized, though its number is that of a generic one.)
 *
 * A code unit is one cell: the instruction in its low byte, the argument in the byte above. Behind
 * an instruction stand the units of its inline cache.
 *
 * @see CPython Include/opcode_ids.h and Include/internal/pycore_opcode_metadata.h
 */

export const OP = {
  CACHE: 0,
  BINARY_SLICE: 1,
  BINARY_SUBSCR: 2,
  BINARY_OP_INPLACE_ADD_UNICODE: 3,
  CHECK_EXC_MATCH: 5,
  CLEANUP_THROW: 6,
  DELETE_SUBSCR: 7,
  END_FOR: 9,
  END_SEND: 10,
  GET_ITER: 16,
  GET_YIELD_FROM_ITER: 19,
  LOAD_BUILD_CLASS: 21,
  LOAD_LOCALS: 22,
  MAKE_FUNCTION: 23,
  NOP: 27,
  POP_EXCEPT: 28,
  POP_TOP: 29,
  PUSH_EXC_INFO: 30,
  PUSH_NULL: 31,
  RETURN_GENERATOR: 32,
  RETURN_VALUE: 33,
  STORE_SLICE: 35,
  STORE_SUBSCR: 36,
  TO_BOOL: 37,
  UNARY_INVERT: 38,
  UNARY_NEGATIVE: 39,
  UNARY_NOT: 40,
  BINARY_OP: 42,
  BUILD_LIST: 43,
  BUILD_MAP: 44,
  BUILD_SET: 45,
  BUILD_SLICE: 46,
  BUILD_TUPLE: 48,
  CALL: 49,
  CALL_FUNCTION_EX: 50,
  CALL_INTRINSIC_1: 51,
  CALL_KW: 53,
  COMPARE_OP: 54,
  CONTAINS_OP: 55,
  COPY: 57,
  COPY_FREE_VARS: 58,
  DELETE_ATTR: 59,
  DELETE_DEREF: 60,
  DELETE_FAST: 61,
  DELETE_GLOBAL: 62,
  DELETE_NAME: 63,
  DICT_MERGE: 64,
  DICT_UPDATE: 65,
  EXTENDED_ARG: 66,
  FOR_ITER: 67,
  IS_OP: 71,
  JUMP_BACKWARD: 72,
  JUMP_BACKWARD_NO_INTERRUPT: 73,
  JUMP_FORWARD: 74,
  LIST_APPEND: 75,
  LIST_EXTEND: 76,
  LOAD_ATTR: 77,
  LOAD_COMMON_CONSTANT: 78,
  LOAD_CONST: 79,
  LOAD_DEREF: 80,
  LOAD_FAST: 81,
  LOAD_FAST_AND_CLEAR: 82,
  LOAD_FAST_CHECK: 83,
  LOAD_FAST_LOAD_FAST: 84,
  LOAD_FROM_DICT_OR_DEREF: 85,
  LOAD_GLOBAL: 87,
  LOAD_NAME: 88,
  LOAD_SMALL_INT: 89,
  LOAD_SUPER_ATTR: 91,
  MAKE_CELL: 92,
  MAP_ADD: 93,
  POP_JUMP_IF_FALSE: 95,
  POP_JUMP_IF_NONE: 96,
  POP_JUMP_IF_NOT_NONE: 97,
  POP_JUMP_IF_TRUE: 98,
  RAISE_VARARGS: 99,
  RERAISE: 100,
  SEND: 101,
  SET_ADD: 102,
  SET_FUNCTION_ATTRIBUTE: 103,
  SET_UPDATE: 104,
  STORE_ATTR: 105,
  STORE_DEREF: 106,
  STORE_FAST: 107,
  STORE_FAST_LOAD_FAST: 108,
  STORE_FAST_STORE_FAST: 109,
  STORE_GLOBAL: 110,
  STORE_NAME: 111,
  SWAP: 112,
  UNPACK_EX: 113,
  UNPACK_SEQUENCE: 114,
  YIELD_VALUE: 115,
  RESUME: 149,
  BINARY_OP_ADD_FLOAT: 150,
  BINARY_OP_ADD_INT: 151,
  BINARY_OP_ADD_UNICODE: 152,
  BINARY_OP_MULTIPLY_FLOAT: 153,
  BINARY_OP_MULTIPLY_INT: 154,
  BINARY_OP_SUBTRACT_FLOAT: 155,
  BINARY_OP_SUBTRACT_INT: 156,
  CONTAINS_OP_DICT: 188,
  CONTAINS_OP_SET: 189,
  LOAD_CONST_IMMORTAL: 207,
  RESUME_CHECK: 212,
  INSTRUMENTED_END_FOR: 237,
  INSTRUMENTED_END_SEND: 238,
  INSTRUMENTED_LOAD_SUPER_ATTR: 239,
  INSTRUMENTED_FOR_ITER: 240,
  INSTRUMENTED_CALL_KW: 241,
  INSTRUMENTED_CALL_FUNCTION_EX: 242,
  INSTRUMENTED_INSTRUCTION: 243,
  INSTRUMENTED_JUMP_FORWARD: 244,
  INSTRUMENTED_POP_JUMP_IF_TRUE: 245,
  INSTRUMENTED_POP_JUMP_IF_FALSE: 246,
  INSTRUMENTED_POP_JUMP_IF_NONE: 247,
  INSTRUMENTED_POP_JUMP_IF_NOT_NONE: 248,
  INSTRUMENTED_RESUME: 249,
  INSTRUMENTED_RETURN_VALUE: 250,
  INSTRUMENTED_YIELD_VALUE: 251,
  INSTRUMENTED_CALL: 252,
  INSTRUMENTED_JUMP_BACKWARD: 253,
  INSTRUMENTED_LINE: 254,
} as const
export type Mnemonic = keyof typeof OP
export type Opcode = (typeof OP)[Mnemonic]

/** The numbers from here on are specialized forms; see above for the one below. */
export const FIRST_SPECIALIZED = 150
/** The numbers from here on are instrumented forms. */
export const FIRST_INSTRUMENTED = 237

/** How many units the inline cache of a generic instruction has; one that is missing has none. */
const CACHES: Readonly<Record<number, number>> = {
  [OP.TO_BOOL]: 3,
  [OP.BINARY_SUBSCR]: 1,
  [OP.STORE_SUBSCR]: 1,
  [OP.SEND]: 1,
  [OP.UNPACK_SEQUENCE]: 1,
  [OP.STORE_ATTR]: 4,
  [OP.LOAD_GLOBAL]: 4,
  [OP.LOAD_SUPER_ATTR]: 1,
  [OP.LOAD_ATTR]: 9,
  [OP.COMPARE_OP]: 1,
  [OP.CONTAINS_OP]: 1,
  [OP.JUMP_BACKWARD]: 1,
  [OP.POP_JUMP_IF_TRUE]: 1,
  [OP.POP_JUMP_IF_FALSE]: 1,
  [OP.POP_JUMP_IF_NONE]: 1,
  [OP.POP_JUMP_IF_NOT_NONE]: 1,
  [OP.FOR_ITER]: 1,
  [OP.CALL]: 3,
  [OP.CALL_KW]: 3,
  [OP.BINARY_OP]: 1,
}

/** The generic form of each specialized one. */
const GENERIC: Readonly<Record<number, Opcode>> = {
  [OP.BINARY_OP_ADD_FLOAT]: OP.BINARY_OP,
  [OP.BINARY_OP_ADD_INT]: OP.BINARY_OP,
  [OP.BINARY_OP_ADD_UNICODE]: OP.BINARY_OP,
  [OP.BINARY_OP_INPLACE_ADD_UNICODE]: OP.BINARY_OP,
  [OP.BINARY_OP_MULTIPLY_FLOAT]: OP.BINARY_OP,
  [OP.BINARY_OP_MULTIPLY_INT]: OP.BINARY_OP,
  [OP.BINARY_OP_SUBTRACT_FLOAT]: OP.BINARY_OP,
  [OP.BINARY_OP_SUBTRACT_INT]: OP.BINARY_OP,
  [OP.CONTAINS_OP_DICT]: OP.CONTAINS_OP,
  [OP.CONTAINS_OP_SET]: OP.CONTAINS_OP,
  [OP.LOAD_CONST_IMMORTAL]: OP.LOAD_CONST,
  [OP.RESUME_CHECK]: OP.RESUME,
}

/**
 * The generic form that each instrumented one stands in for. INSTRUMENTED_LINE and
 * INSTRUMENTED_INSTRUCTION stand in for any: what they hide is kept beside the code.
 */
export const UNDERLYING: ReadonlyMap<number, Opcode> = new Map<number, Opcode>([
  [OP.INSTRUMENTED_END_FOR, OP.END_FOR],
  [OP.INSTRUMENTED_END_SEND, OP.END_SEND],
  [OP.INSTRUMENTED_LOAD_SUPER_ATTR, OP.LOAD_SUPER_ATTR],
  [OP.INSTRUMENTED_FOR_ITER, OP.FOR_ITER],
  [OP.INSTRUMENTED_CALL_KW, OP.CALL_KW],
  [OP.INSTRUMENTED_CALL_FUNCTION_EX, OP.CALL_FUNCTION_EX],
  [OP.INSTRUMENTED_JUMP_FORWARD, OP.JUMP_FORWARD],
  [OP.INSTRUMENTED_POP_JUMP_IF_TRUE, OP.POP_JUMP_IF_TRUE],
  [OP.INSTRUMENTED_POP_JUMP_IF_FALSE, OP.POP_JUMP_IF_FALSE],
  [OP.INSTRUMENTED_POP_JUMP_IF_NONE, OP.POP_JUMP_IF_NONE],
  [OP.INSTRUMENTED_POP_JUMP_IF_NOT_NONE, OP.POP_JUMP_IF_NOT_NONE],
  [OP.INSTRUMENTED_RESUME, OP.RESUME],
  [OP.INSTRUMENTED_RETURN_VALUE, OP.RETURN_VALUE],
  [OP.INSTRUMENTED_YIELD_VALUE, OP.YIELD_VALUE],
  [OP.INSTRUMENTED_CALL, OP.CALL],
  [OP.INSTRUMENTED_JUMP_BACKWARD, OP.JUMP_BACKWARD],
])

const NAMES = new Map<number, string>(Object.entries(OP).map(([name, opcode]) => [opcode, name]))

/** The name of an instruction. */
export function nameOf(opcode: number): string {
  const name = NAMES.get(opcode)
  if (name === undefined) throw new Error(`There is no instruction ${opcode}`)
  return name
}

/** How many units of inline cache stand behind a generic instruction. */
export const cachesOf = (generic: number): number => CACHES[generic] ?? 0

/** What a specialized instruction is a form of; every other one is its own base, an instrumented one too. */
export const baseOf = (opcode: number): number => GENERIC[opcode] ?? opcode

const CONDITIONAL_JUMPS: ReadonlySet<number> = new Set([
  OP.POP_JUMP_IF_FALSE,
  OP.POP_JUMP_IF_TRUE,
  OP.POP_JUMP_IF_NONE,
  OP.POP_JUMP_IF_NOT_NONE,
])

/** Whether a generic instruction jumps or does not, by the value on top. It keeps a history where others keep a counter. */
export const isConditionalJump = (generic: number): boolean => CONDITIONAL_JUMPS.has(generic)

/** Whether an instruction belongs to the tools: nobody else may change it. */
export const isInstrumented = (opcode: number): boolean => opcode >= FIRST_INSTRUMENTED

/** The code unit of an instruction and its argument, both 0..255. */
export const unit = (opcode: number, argument: number): number => opcode | (argument << 8)
/** The opcode of a code unit. */
export const opcodeOf = (unit: number): number => unit & 0xff
/** The argument of a code unit: eight bits of it. */
export const argumentOf = (unit: number): number => (unit >>> 8) & 0xff
/** The same instruction with another opcode. */
export const withOpcode = (unit: number, opcode: number): number => (unit & ~0xff) | opcode
