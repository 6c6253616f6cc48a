/**
 * What constants have in common: when two are one, and which are true.
 *
 * @see CPython Objects/codeobject.c (_PyCode_ConstantKey)
 */
import type { CompiledCode, Constant } from './compiled-code.ts'

export const NONE: Constant = { kind: 'none' }

/**
 * Text that is the same for constants that code may hold once. Of equal value is not enough: `1`,
 * `1.0` and `True` stay apart, and so do both zeros. Code is one only with itself, and so is what is
 * not a number.
 */
export type ConstantKey = (constant: Constant) => string

/** Tells constants apart as a code object does; the functions of one program share one. */
export function constantKeys(): ConstantKey {
  const numbers = new Map<CompiledCode | Constant, number>()
  /** For what is one only with itself. */
  const numberOf = (each: CompiledCode | Constant): number => {
    const number = numbers.get(each) ?? numbers.size
    numbers.set(each, number)
    return number
  }
  const keyOf = (constant: Constant): string => {
    switch (constant.kind) {
      case 'none':
      case 'ellipsis':
        return constant.kind
      case 'bool':
      case 'int':
        return `${constant.kind} ${constant.value}`
      case 'float':
        if (Number.isNaN(constant.value)) return `float nan ${numberOf(constant)}`
        return `float ${Object.is(constant.value, -0) ? '-0' : constant.value}`
      case 'str':
        return `str ${JSON.stringify(constant.value)}`
      case 'bytes':
        return `bytes ${constant.value.join()}`
      case 'tuple':
      case 'slice':
        return `${constant.kind} (${constant.items.map(keyOf).join()})`
      case 'frozenset':
        return `frozenset {${constant.items.map(keyOf).sort().join()}}`
      case 'code':
        return `code ${numberOf(constant.code)}`
    }
  }
  return keyOf
}

/** Whether a condition on a constant holds. */
export function isTrue(constant: Constant): boolean {
  switch (constant.kind) {
    case 'none':
      return false
    case 'bool':
      return constant.value
    case 'int':
      return constant.value !== 0n
    case 'float':
      return constant.value !== 0
    case 'str':
    case 'bytes':
      return constant.value.length > 0
    case 'tuple':
    case 'frozenset':
      return constant.items.length > 0
    default:
      return true
  }
}
