/**
 * Strings: code points, one in each cell.
 *
 * A string never changes while anybody else can see it. Only one that its thread alone holds may
 * grow in place, which is what makes building a string piece by piece cheap; then it has room to spare.
 *
 * @see CPython Objects/unicodeobject.c
 */
import { type Address, CELL, type Memory } from '../../memory/memory.ts'
import { cell, type Opened, record } from '../../memory/record.ts'
import { ObjectHeader } from '../../refcount/object-header.ts'
import { Kind } from './kinds.ts'
import type { Mutator } from './mutator.ts'
import { emptyStr, LETTERS, letter } from './singletons.ts'

export const Str = record('str', {
  base: ObjectHeader,
  /** Zero until it is asked for. Whoever computes it finds the same, so it needs no order. */
  hash: cell,
  /** Code points. */
  length: cell,
  /** Cells that there is room for. */
  capacity: cell,
  /** Whether it stands in the table of interned strings. */
  interned: cell,
  /** The first code point. */
  text: cell,
})
export type Str = Opened<typeof Str>

export const { hash: HASH, length: LENGTH, capacity: CAPACITY, interned: INTERNED, text: TEXT } = Str.offset

/** @param text as JavaScript has it. */
export function newStr(m: Mutator, text: string): Address {
  // Most are made of units that are code points each.
  if (!SURROGATE.test(text)) return newStrOf(m, text.length, (index) => text.charCodeAt(index))
  const points = Array.from(text, (point) => point.codePointAt(0) as number)
  return newStrOf(m, points.length, (index) => points[index] as number)
}

/** @param point the code point at each index. */
export function newStrOf(m: Mutator, length: number, point: (index: number) => number): Address {
  if (length === 0) return emptyStr(m)
  if (length === 1) return newLetter(m, point(0))
  const str = newBlankStr(m, length, length)
  for (let index = 0; index < length; index++) m.memory.set(str + TEXT + index * CELL, point(index))
  return str
}

/** A string of one code point. */
export function newLetter(m: Mutator, point: number): Address {
  if (point < LETTERS) return letter(m, point)
  const str = newBlankStr(m, 1, 1)
  m.memory.set(str + TEXT, point)
  return str
}

/** A string whose code points the caller writes before it gives it away. @param length more than one. */
export function newBlankStr(m: Mutator, length: number, capacity: number): Address {
  const { memory } = m
  const str = m.newObject(Kind.STR, TEXT + capacity * CELL, Str.name)
  memory.set(str + LENGTH, length)
  memory.set(str + CAPACITY, capacity)
  return str
}

/** Some of a string's code points as a string of their own. @returns a new reference. */
export function substring(m: Mutator, str: Address, from: number, to: number): Address {
  const { memory } = m
  return newStrOf(m, to - from, (index) => memory.get(str + TEXT + (from + index) * CELL))
}

/** How many code points a string has. */
export const lengthOf = (memory: Memory, str: Address): number => memory.get(str + LENGTH)

/** The code point at a place, which there is. */
export const pointAt = (memory: Memory, str: Address, index: number): number => memory.get(str + TEXT + index * CELL)

/** A string as JavaScript has it. */
export function textOf(memory: Memory, str: Address): string {
  const length = memory.get(str + LENGTH)
  let text = ''
  for (let index = 0; index < length; index++) text += String.fromCodePoint(memory.get(str + TEXT + index * CELL))
  return text
}

/** Whether two strings have the same code points. */
export function sameText(memory: Memory, one: Address, other: Address): boolean {
  const length = memory.get(one + LENGTH)
  if (one === other) return true
  if (length !== memory.get(other + LENGTH)) return false
  for (let at = TEXT; at < TEXT + length * CELL; at += CELL) if (memory.get(one + at) !== memory.get(other + at)) return false
  return true
}

/** Hash of a string: the same in every run. @see FNV-1a, with code points in place of octets */
export function hashOfStr(memory: Memory, str: Address): number {
  const known = memory.loadRelaxed(str + HASH)
  if (known !== 0) return known
  let hash = FNV_BASIS
  const end = str + TEXT + memory.get(str + LENGTH) * CELL
  for (let at = str + TEXT; at < end; at += CELL) hash = Math.imul(hash ^ memory.get(at), FNV_PRIME)
  const found = notZero(hash)
  memory.storeRelaxed(str + HASH, found)
  return found
}

/** Hash of a string that JavaScript has: what `hashOfStr` answers of one with the same text. */
export function hashOfText(text: string): number {
  let hash = FNV_BASIS
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) as number), FNV_PRIME)
  return notZero(hash)
}

const FNV_BASIS = 0x811c9dc5 | 0
const FNV_PRIME = 0x01000193

/** A hash of 30 bits that is never zero, which means that it is not known. */
const notZero = (hash: number): number => (hash >>> 2) + 1

const SURROGATE = /[\ud800-\udfff]/
