/**
 * The objects that an interpreter has once and for all: None, the truth values, small numbers, what is empty.
 *
 * All of them lie in one block, at places that follow from what they are, and are immortal. So finding
 * one takes a read and an addition, and making a small number takes no memory.
 *
 * @see CPython Include/internal/pycore_global_objects.h, where they are static too
 */
import { type Address, type Memory, NULL } from '../../memory/memory.ts'
import { cell, record } from '../../memory/record.ts'
import { once } from '../../sync/once.ts'
import type { Mutator } from './mutator.ts'

export const Singletons = record('singletons', {
  /** Whether they have been made. */
  made: cell,
  /** Block of all of them; NULL before. */
  block: cell,
})

/** Smallest and largest of the numbers that are made once. */
export const SMALLEST = -5
export const LARGEST = 256
/** Strings of one letter below this are made once. */
export const LETTERS = 256

/** Bytes from one to the next: an object of up to two cells behind its header, and a string of one letter. */
const STRIDE = 32
const LETTER_STRIDE = 48

const NONE = 0
const ELLIPSIS = NONE + STRIDE
const NOT_IMPLEMENTED = ELLIPSIS + STRIDE
const FALSE = NOT_IMPLEMENTED + STRIDE
const TRUE = FALSE + STRIDE
const EMPTY_TUPLE = TRUE + STRIDE
const EMPTY_BYTES = EMPTY_TUPLE + STRIDE
const ZERO = EMPTY_BYTES + STRIDE * (1 - SMALLEST)
const EMPTY_STR = ZERO + STRIDE * (1 + LARGEST)
const FIRST_LETTER = EMPTY_STR + LETTER_STRIDE
const END = FIRST_LETTER + LETTER_STRIDE * LETTERS

const block = (m: Mutator): Address => m.memory.get(m.singletons + Singletons.offset.block)

/** None. Like all that this file answers with it is immortal, so the reference needs no counting. */
export const none = (m: Mutator): Address => block(m) + NONE
/** `...` */
export const ellipsis = (m: Mutator): Address => block(m) + ELLIPSIS
/** What says that an operation is not for these operands. */
export const notImplemented = (m: Mutator): Address => block(m) + NOT_IMPLEMENTED
/** True or False. */
export const truthValue = (m: Mutator, value: boolean): Address => block(m) + (value ? TRUE : FALSE)
/** `()` */
export const emptyTuple = (m: Mutator): Address => block(m) + EMPTY_TUPLE
/** `b''` */
export const emptyBytes = (m: Mutator): Address => block(m) + EMPTY_BYTES
/** `''` */
export const emptyStr = (m: Mutator): Address => block(m) + EMPTY_STR
/** @param value from SMALLEST to LARGEST. */
export const smallInt = (m: Mutator, value: number): Address => block(m) + ZERO + value * STRIDE
/** The string of one letter. @param letter its code point, below LETTERS. */
export const letter = (m: Mutator, letter: number): Address => block(m) + FIRST_LETTER + letter * LETTER_STRIDE

/**
 * Makes room for them, once per interpreter; the others wait meanwhile.
 * @param fill makes the objects, in memory that holds zeros.
 * @returns false without memory.
 */
export function makeOnce(m: Mutator, fill: () => void): boolean {
  return once(m.detaching, m.singletons + Singletons.offset.made, () => {
    const made = m.allocate(END, 'singletons')
    if (made === NULL) return false
    m.memory.set(m.singletons + Singletons.offset.block, made)
    fill()
    return true
  })
}

/** Frees them, when their interpreter has ended. @param singletons of the interpreter. */
export function endSingletons(memory: Memory, singletons: Address, free: (block: Address) => void): void {
  const made = memory.get(singletons + Singletons.offset.block)
  if (made !== NULL) free(made)
}
