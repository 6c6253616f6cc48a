/**
 * Functions about one instruction that both subjects specialize, and what they are called with.
 *
 * Each stands for `a` and `b`, the operands. Of one form there are many: what stands around an instruction decides
 * whether it is specialized, and in which of its forms.
 */
import type { Statement } from './case.ts'
import type { Chance } from './chance.ts'
import { BOOLS, BYTES, CONTAINERS, FACTORS, FLOATS, INTS, NONE, SEQUENCES, TEXTS, THINGS, TUPLES, type Values, WIDE } from './values.ts'

/** What an operand is drawn from, on the left and on the right. */
export type Operands = readonly [left: Values, right: Values]

/** An instruction in one specialized form. */
export interface Site {
  readonly form: string
  /** The operator between `a` and `b`. */
  readonly sign: '+' | '-' | '*' | 'in'
  readonly shapes: readonly Shape[]
  /** What the form is for. */
  readonly takes: readonly Operands[]
  /** What it misses with; with some of it, it becomes another form, and with some it raises. */
  readonly others: Operands
}

/** The body of a function. */
type Shape = (sign: string) => readonly Statement[]

const lines = (...texts: readonly string[]): Statement[] => texts.map((line) => ({ line }))

/** What can stand around any operator. */
const ANYWHERE: readonly Shape[] = [
  (sign) => lines(`return a ${sign} b`),
  (sign) => lines(`r = a ${sign} b`, 'return r'),
  (sign) => [{ line: 'for i in range(3):', body: lines(`r = a ${sign} b`) }, ...lines('return r')],
  (sign) => [
    { line: 'try:', body: lines(`r = a ${sign} b`) },
    { line: 'except (TypeError, ValueError) as e:', body: lines('r = str(e)') },
    ...lines('return r'),
  ],
  (sign) => [
    { line: 'try:', body: lines(`return a ${sign} b`) },
    { line: 'except TypeError:', body: lines('return None') },
    { line: 'finally:', body: lines('b = a') },
  ],
  (sign) => lines('u = a', 'del a', `return u ${sign} b`),
  (sign) => lines('box = [a, b]', `return box[0] ${sign} box[1]`),
  (sign) => lines(`return [x ${sign} b for x in (a, a)]`),
  (sign) => lines(`return (lambda: a ${sign} b)()`),
  (sign) => [{ line: 'if b:', body: lines(`r = a ${sign} b`) }, { line: 'else:', body: lines('r = None') }, ...lines('return r')],
]

/** What can stand around an arithmetic operator only. */
const AROUND_ARITHMETIC: readonly Shape[] = [
  (sign) => lines(`return (a ${sign} b) ${sign} a`),
  (sign) => lines(`r = a ${sign} b`, `s = b ${sign} a`, 'return (r, s)'),
  (sign) => lines('thing.x = a', `thing.x ${sign}= b`, 'return thing.x'),
  (sign) => lines('box = [a, b]', `box[0] ${sign}= b`, 'return box'),
  (sign) => lines('global HELD', 'HELD = a', `HELD ${sign}= b`, 'return HELD'),
]

/** What ends in storing the result where the left operand stands. */
const IN_PLACE: readonly Shape[] = [
  (sign) => lines(`a ${sign}= b`, 'return a'),
  (sign) => lines(`a = a ${sign} b`, 'return a'),
  (sign) => lines(`a = a ${sign} a`, 'return a'),
  (sign) => [{ line: 'for i in range(3):', body: lines(`a ${sign}= b`) }, ...lines('return a')],
  // Somebody else has the left operand as well.
  (sign) => lines('u = a', `a ${sign}= b`, 'return (u, a)'),
  // Now it is that of the target and now another.
  (sign) => lines(`a = (b or a) ${sign} b`, 'return a'),
  (sign) => [{ line: 'for i in range(5):', body: lines(`a = (a if i < 3 else b) ${sign} b`) }, ...lines('return a')],
  (sign) => [{ line: 'for u in (a, b, a):', body: lines(`a = u ${sign} b`) }, ...lines('return a')],
  // The instruction that stores is another one in these.
  (sign) => lines(`a ${sign}= b; b ${sign}= a; return (a, b)`),
  (sign) => lines(`b = a ${sign} b`, 'return b'),
  (sign) => [{ line: 'def look():', body: lines('return a') }, ...lines(`a ${sign}= b`, 'return look()')],
  (sign) => [
    { line: 'try:', body: lines(`a ${sign}= b`) },
    { line: 'except (TypeError, ValueError):', body: lines('pass') },
    ...lines('return a'),
  ],
]

/** More variables than an argument of eight bits can tell apart. */
const FAR: Shape = (sign) =>
  lines(`${Array.from({ length: 256 }, (_, index) => `v${index}`).join(' = ')} = None`, 's = a', `s ${sign}= b`, 'return s')

const AROUND_IN: readonly Shape[] = [
  () => lines('return a not in b'),
  () => lines('return (a in b, a not in b, b in b)'),
  () => [{ line: 'if a not in b and None not in b:', body: lines('return "neither"') }, ...lines('return "one"')],
  () => [...lines('n = 0'), { line: 'while a in b:', body: lines('a = 1.75', 'n += 1') }, ...lines('return n')],
  () => lines('return a in b in (True, 1)'),
  () => lines('return (a in {1, "a", 2.5}, a in {1: 2, "a": 3}, a in (1, "a"))'),
  () => lines('EMPTY[1] = b', 'r = a in EMPTY', 'EMPTY.clear()', 'return (r, a in EMPTY)'),
  () => lines('held = {1.75, None}', 'r = None in held', 'held.clear()', 'return (r, None in held, a in b)'),
  () => [{ line: 'for c in (DICT, b, SET, LIST, FROZEN):', body: lines('r = a in c') }, ...lines('return r')],
]

const ARITHMETIC = [...ANYWHERE, ...AROUND_ARITHMETIC, ...IN_PLACE]

/** What is added or subtracted otherwise. */
const TERMS: Values = [...BOOLS, ...BYTES, ...TUPLES, ...NONE, ...SEQUENCES, ...THINGS, 'odd', '1', '0.5', "'x'"]
/** What is multiplied otherwise: no sequence becomes long by it. */
const MULTIPLIED: Values = [...FACTORS, ...BOOLS, ...BYTES, ...TUPLES, ...NONE, ...SEQUENCES, ...THINGS, 'odd', '0.5', "'x'"]

const summand = (form: string, sign: '+' | '-', ...takes: readonly Values[]): Site => ({
  form,
  sign,
  shapes: ARITHMETIC,
  takes: takes.map((values) => [values, values]),
  others: [['LIST', ...TERMS], TERMS],
})

const factor = (form: string, ...takes: readonly Values[]): Site => ({
  form,
  sign: '*',
  shapes: ARITHMETIC,
  takes: takes.map((values) => [values, values]),
  others: [MULTIPLIED, MULTIPLIED],
})

/** What is looked for. `odd` raises when it is compared, and a list has no hash. A set is looked for as a frozen one. */
const KEYS: Values = [...INTS, ...FLOATS, ...TEXTS, ...TUPLES, ...BOOLS, ...NONE, 'odd', 'thing', 'LIST', 'SET', 'FROZEN']

const membership = (form: string, ...holders: readonly string[]): Site => ({
  form,
  sign: 'in',
  shapes: [...ANYWHERE, ...AROUND_IN],
  takes: [[KEYS, holders]],
  others: [KEYS, [...CONTAINERS, ...SEQUENCES, ...THINGS, 'LIST', 'FROZEN', 'EMPTY', 'odd', "'abc'", "b'ab'", '5', 'None']],
})

export const SITES: readonly Site[] = [
  summand('BINARY_OP_ADD_INT', '+', INTS, WIDE),
  summand('BINARY_OP_ADD_FLOAT', '+', FLOATS),
  summand('BINARY_OP_ADD_UNICODE', '+', TEXTS),
  { ...summand('BINARY_OP_INPLACE_ADD_UNICODE', '+', TEXTS), shapes: [...IN_PLACE, FAR] },
  summand('BINARY_OP_SUBTRACT_INT', '-', INTS, WIDE),
  summand('BINARY_OP_SUBTRACT_FLOAT', '-', FLOATS),
  factor('BINARY_OP_MULTIPLY_INT', FACTORS, WIDE),
  factor('BINARY_OP_MULTIPLY_FLOAT', FLOATS),
  membership('CONTAINS_OP_SET', 'SET', 'FROZEN'),
  membership('CONTAINS_OP_DICT', 'DICT', 'EMPTY'),
]

/** So often an instruction has to miss until it is looked at again; a little less, and a little more. */
const MANY: readonly number[] = [52, 53, 53, 54, 55, 60]

/** Calls with operands of the same kind. */
export interface Phase {
  readonly operands: readonly [left: string, right: string]
  readonly times: number
}

/** What may happen to it: it is specialized first, and then given now what it takes and now something else. */
export function phasesOf(site: Site, chance: Chance): Phase[] {
  const first = phase(chance, chance.pick(site.takes), [2, 2, 3, 5])
  const rest = Array.from({ length: 2 + chance.below(5) }, () =>
    chance.once(3)
      ? phase(chance, chance.pick(site.takes), [1, 2, 3])
      : phase(chance, missing(site, chance), chance.once(3) ? [1, 2, 51] : MANY),
  )
  return [first, ...rest]
}

const phase = (chance: Chance, [left, right]: Operands, times: readonly number[]): Phase => ({
  operands: [chance.pick(left), chance.pick(right)],
  times: chance.pick(times),
})

/** Operands of which the left, the right, or neither is what it takes, or that another form takes. */
function missing({ form, sign, takes: [takes = [[], []]], others }: Site, chance: Chance): Operands {
  const [left, right] = others
  const elsewhere = SITES.filter((site) => site.sign === sign && site.form !== form).flatMap((site) => site.takes)
  return chance.pick<Operands>([others, chance.pick(elsewhere), [takes[0], right], [left, takes[1]]])
}
