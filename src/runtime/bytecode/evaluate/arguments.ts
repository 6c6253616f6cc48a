/**
 * Binding: which argument of a call becomes which local variable of the function, and what is said if that cannot be.
 *
 * @see CPython Python/ceval.c, initialize_locals
 */
import { type Address, CELL, type Memory, NULL } from '../../memory/memory.ts'
import { CodeObject, FLAGS } from '../code/code-object.ts'
import { LOCALS } from '../code/frame.ts'
import { VAR_ARGUMENTS, VAR_KEYWORDS } from '../compile/compiled-code.ts'
import { newDict } from '../objects/dict.ts'
import { DEFAULTS, FUNCTION_CODE, FUNCTION_QUALIFIED_NAME, KEYWORD_DEFAULTS } from '../objects/function.ts'
import type { Caller } from '../objects/mutator.ts'
import { getName, setName } from '../objects/names.ts'
import { equal } from '../objects/operate/compare.ts'
import { raise } from '../objects/raise.ts'
import { given, refer } from '../objects/reference.ts'
import { textOf } from '../objects/str.ts'
import { newTuple, tupleItem, tupleLength } from '../objects/tuple.ts'
import { suggestion } from './suggestion.ts'

const { argumentCount: COUNT, positionalOnlyCount: POSITIONAL_ONLY, keywordOnlyCount: KEYWORD_ONLY, localNames: NAMES } = CodeObject.offset

/** Whether a function takes exactly that many positional arguments, and nothing else. */
export function fitsExactly(memory: Memory, called: Address, count: number): boolean {
  const code = memory.get(called + FUNCTION_CODE)
  const others = memory.get(code + FLAGS) & (VAR_ARGUMENTS | VAR_KEYWORDS)
  return memory.get(code + COUNT) === count && memory.get(code + KEYWORD_ONLY) === 0 && others === 0
}

/** A call as it is being bound. */
interface Binding {
  readonly m: Caller
  readonly memory: Memory
  readonly called: Address
  readonly code: Address
  /** The first local. */
  readonly locals: Address
  /** Parameters that take a positional argument, and all that can be named. */
  readonly count: number
  readonly total: number
  /** Arguments without a name. */
  readonly given: number
}

/**
 * Fills the locals of a function's new frame, which are all NULL.
 * @param values borrowed; the last of them have names.
 * @throws Raised
 */
export function bind(m: Caller, frame: Address, called: Address, values: readonly Address[], names: readonly Address[]): void {
  const { memory } = m
  const code = memory.get(called + FUNCTION_CODE)
  const count = memory.get(code + COUNT)
  const total = count + memory.get(code + KEYWORD_ONLY)
  const positional = values.length - names.length
  const binding: Binding = { m, memory, called, code, locals: frame + LOCALS, count, total, given: positional }
  const flags = memory.get(code + FLAGS)
  const takesMore = (flags & VAR_ARGUMENTS) !== 0
  const others = (flags & VAR_KEYWORDS) === 0 ? NULL : newDict(m)
  if (others !== NULL) setLocal(binding, takesMore ? total + 1 : total, others)
  for (let index = 0; index < Math.min(positional, count); index++) setLocal(binding, index, refer(m, values[index] as Address))
  if (takesMore) setLocal(binding, total, given(memory, newTuple(m, values.slice(count, Math.max(count, positional)))))
  for (const [index, name] of names.entries()) bindName(binding, name, values[positional + index] as Address, others, names)
  if (positional > count && !takesMore) raiseTooMany(binding)
  if (positional < count) fillDefaults(binding)
  if (total > count) fillKeywordDefaults(binding)
}

const local = ({ memory, locals }: Binding, index: number): number => memory.get(locals + index * CELL)
const setLocal = ({ memory, locals }: Binding, index: number, reference: number): void => memory.set(locals + index * CELL, reference)
const nameOf = ({ memory, code }: Binding, index: number): Address => tupleItem(memory, memory.get(code + NAMES), index)
const nameText = (binding: Binding, index: number): string => textOf(binding.memory, nameOf(binding, index))

/** How the function is called in messages. */
const title = ({ m, memory, called }: Binding): string => `${textOf(m.memory, memory.get(called + FUNCTION_QUALIFIED_NAME))}()`

const fail = (binding: Binding, message: string): never => raise(binding.m, 'TypeError', `${title(binding)} ${message}`)

function bindName(binding: Binding, name: Address, value: Address, others: Address, names: readonly Address[]): void {
  const { m } = binding
  const index = parameterNamed(binding, name)
  if (index >= 0) {
    if (local(binding, index) !== NULL) fail(binding, `got multiple values for argument '${textOf(m.memory, name)}'`)
    setLocal(binding, index, refer(m, value))
  } else if (others !== NULL) setName(m, others, name, value)
  else raiseUnexpected(binding, name, names)
}

function parameterNamed(binding: Binding, name: Address): number {
  const { m, memory, code, total } = binding
  const first = memory.get(code + POSITIONAL_ONLY)
  // Names are interned, so that this finds them in most cases.
  for (let index = first; index < total; index++) if (nameOf(binding, index) === name) return index
  for (let index = first; index < total; index++) if (equal(m, nameOf(binding, index), name)) return index
  return -1
}

function raiseUnexpected(binding: Binding, name: Address, names: readonly Address[]): never {
  const { m, memory, code, total } = binding
  const first = memory.get(code + POSITIONAL_ONLY)
  const called = names.map((each) => textOf(m.memory, each))
  const clashing = indices(0, first).map((index) => nameText(binding, index))
  const passed = clashing.filter((each) => called.includes(each))
  if (passed.length > 0) fail(binding, `got some positional-only arguments passed as keyword arguments: '${passed.join(', ')}'`)
  const nearest = suggestion(
    textOf(m.memory, name),
    indices(first, total).map((index) => nameText(binding, index)),
  )
  const hint = nearest === undefined ? '' : `. Did you mean '${nearest}'?`
  return fail(binding, `got an unexpected keyword argument '${textOf(m.memory, name)}'${hint}`)
}

const indices = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index)

const plural = (count: number): string => (count === 1 ? '' : 's')

function raiseTooMany(binding: Binding): never {
  const { count, total, given } = binding
  const named = indices(count, total).filter((index) => local(binding, index) !== NULL).length
  const defaults = defaultCount(binding)
  const takes = defaults > 0 ? `from ${count - defaults} to ${count}` : `${count}`
  const also = named > 0 ? ` positional argument${plural(given)} (and ${named} keyword-only argument${plural(named)})` : ''
  const were = given === 1 && named === 0 ? 'was' : 'were'
  return fail(binding, `takes ${takes} positional argument${defaults > 0 ? 's' : plural(count)} but ${given}${also} ${were} given`)
}

function defaultCount({ memory, called }: Binding): number {
  const defaults = memory.get(called + DEFAULTS)
  return defaults === NULL ? 0 : tupleLength(memory, defaults)
}

function fillDefaults(binding: Binding): void {
  const { m, memory, called, count } = binding
  const defaults = defaultCount(binding)
  const first = count - defaults
  const missing = indices(binding.given, Math.max(binding.given, first)).filter((index) => local(binding, index) === NULL)
  if (missing.length > 0) raiseMissing(binding, 'positional', missing)
  for (let index = first; index < count; index++) {
    if (local(binding, index) === NULL) setLocal(binding, index, refer(m, tupleItem(memory, memory.get(called + DEFAULTS), index - first)))
  }
}

function fillKeywordDefaults(binding: Binding): void {
  const { m, memory, called, count, total } = binding
  const defaults = memory.get(called + KEYWORD_DEFAULTS)
  const missing = indices(count, total).filter((index) => {
    if (local(binding, index) !== NULL) return false
    const found = defaults === NULL ? NULL : getName(m, defaults, nameOf(binding, index))
    if (found !== NULL) setLocal(binding, index, given(memory, found))
    return found === NULL
  })
  if (missing.length > 0) raiseMissing(binding, 'keyword-only', missing)
}

function raiseMissing(binding: Binding, kind: string, missing: readonly number[]): never {
  const quoted = missing.map((index) => `'${nameText(binding, index)}'`)
  const last = quoted.length > 2 ? `, and ${quoted.at(-1)}` : ` and ${quoted.at(-1)}`
  const list = quoted.length === 1 ? quoted[0] : quoted.slice(0, -1).join(', ') + last
  return fail(binding, `missing ${missing.length} required ${kind} argument${plural(missing.length)}: ${list}`)
}
