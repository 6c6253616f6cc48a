/**
 * Bodies of functions by chance.
 *
 * Values stay small whatever is drawn: factors and shifts are bounded, and loops are short.
 */
import type { Statement } from './case.ts'
import type { Chance } from './chance.ts'
import { BOOLS, BYTES, CONTAINERS, FLOATS, INTS, NONE, SEQUENCES, TEXTS, THINGS, TUPLES, type Values, WIDE } from './values.ts'

const CONSTANTS = [
  '0',
  '1',
  '2',
  '-3',
  '7',
  '1000',
  '0.5',
  '2.0',
  "'x'",
  "'yz'",
  "b'q'",
  '(1, 2)',
  "('k', (3, 4.5))",
  'None',
  'True',
  '10**12',
]
/** Without %, which formats if there is text on its left. */
const ARITHMETIC = ['+', '-', '+', '-', '&', '|', '^', '//', '/']
const IN_PLACE = ['+=', '-=', '+=', '|=', '&=', '^=', '//=', '/=']
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>=', 'is', 'is not']
const EXCEPTIONS = ['TypeError', 'ZeroDivisionError', '(TypeError, ValueError)', 'Exception', 'LookupError', 'ArithmeticError']

/** What a function is about: programs that mix all types end early, and then nothing in them is specialized. */
export interface Theme {
  readonly constants: readonly string[]
  readonly arithmetic: readonly string[]
  readonly inPlace: readonly string[]
  /** What arguments come from. */
  readonly pools: readonly Values[]
}

/** Numbers are drawn more often, since most operators are for them. */
export const LIKELY: readonly Values[] = [
  ...Array<Values>(4).fill(INTS),
  WIDE,
  ...Array<Values>(3).fill(FLOATS),
  ...Array<Values>(3).fill(TEXTS),
  BYTES,
  BOOLS,
  TUPLES,
  NONE,
  SEQUENCES,
  CONTAINERS,
  THINGS,
]

const MIXED: Theme = { constants: CONSTANTS, arithmetic: ARITHMETIC, inPlace: IN_PLACE, pools: LIKELY }
export const THEMES: readonly Theme[] = [
  MIXED,
  {
    constants: ['1', '2', '-3', '7', '1000'],
    arithmetic: ['+', '-', '&', '|', '^', '+', '-', '%'],
    inPlace: ['+=', '-=', '^=', '+=', '%='],
    pools: [INTS, INTS, INTS, WIDE, BOOLS, FLOATS],
  },
  {
    constants: ['0.5', '2.0', '-1.25'],
    arithmetic: ['+', '-', '+', '-', '/'],
    inPlace: ['+=', '-=', '+='],
    pools: [FLOATS, FLOATS, FLOATS, INTS],
  },
  { constants: ["'x'", "'yz'", "''"], arithmetic: ['+'], inPlace: ['+='], pools: [TEXTS, TEXTS, TEXTS, TEXTS, BYTES] },
]

export type Kind = 'plain' | 'closure' | 'generator' | 'keywords'

export interface Head {
  readonly name: string
  readonly kind: Kind
  readonly parameters: number
  readonly theme: Theme
}

export class Writer {
  readonly #chance: Chance
  /** Names that can be read where the next expression stands. */
  #names: string[] = []
  #theme = MIXED

  constructor(chance: Chance) {
    this.#chance = chance
  }

  /** A few statements that know these names. */
  statements(count: number, names: readonly string[]): Statement[] {
    return this.#within(names, () => this.#block(count, 1))
  }

  /** The definition of a function. */
  function({ name, kind, parameters, theme }: Head): Statement {
    this.#theme = theme
    const names = ['a', 'b', 'c'].slice(0, parameters)
    const head =
      kind === 'keywords'
        ? `${names.join(', ')}, d=${this.#pick(this.#theme.constants)}, *, e=${this.#pick(this.#theme.constants)}`
        : names.join(', ')
    const known = kind === 'keywords' ? [...names, 'd', 'e'] : names
    const body = this.#within(known, () => {
      const first = this.#block(1 + this.#below(4), 0)
      if (kind === 'closure') return [...first, ...this.#closure(name)]
      if (kind === 'generator') return [...first, ...this.#yields()]
      return [...first, { line: `return ${this.#result()}` }]
    })
    return { line: `def ${name}(${head}):`, body }
  }

  #closure(name: string): Statement[] {
    const captured = this.#pick(this.#names)
    const body = this.#within([...this.#names, 'z'], () => [
      { line: `nonlocal ${captured}` },
      { line: `${captured} ${this.#pick(this.#theme.inPlace)} z` },
      { line: `return ${this.#result()}` },
    ])
    return [{ line: `def inner_${name}(z):`, body }, { line: `return inner_${name}` }]
  }

  #yields(): Statement[] {
    const loop: Statement = {
      line: `for step in range(${2 + this.#below(4)}):`,
      body: this.#within([...this.#names, 'step'], () => [
        { line: `got = yield ${this.#expression(1)}` },
        ...this.#within([...this.#names, 'got'], () => this.#block(1, 2)),
      ]),
    }
    const end: Statement = { line: `return ${this.#result()}` }
    if (this.#below(2) === 0) return [loop, end]
    return [
      { line: 'try:', body: [loop] },
      { line: `except ${this.#pick(EXCEPTIONS)} as problem:`, body: [{ line: 'yield type(problem).__name__' }] },
      end,
    ]
  }

  /** What is drawn while these names, and those that are assigned meanwhile, are known. */
  #within<T>(names: readonly string[], draw: () => T): T {
    const before = this.#names
    this.#names = [...names]
    const drawn = draw()
    this.#names = before
    return drawn
  }

  #block(statements: number, depth: number): Statement[] {
    return Array.from({ length: statements }, () => this.#statement(depth)).flat()
  }

  #inside(depth: number): Statement[] {
    return this.#within(this.#names, () => this.#block(1 + this.#below(2), depth + 1))
  }

  #statement(depth: number): Statement[] {
    const drawn = this.#below(depth < 2 ? 12 : 6)
    if (drawn < 3) return this.#assignment()
    if (drawn < 5) return [{ line: `${this.#pick(this.#names)} ${this.#pick(this.#theme.inPlace)} ${this.#atom()}` }]
    // Text can become twice as long each time, or more.
    const times = 1 + this.#below(depth === 0 ? 4 : 2)
    if (drawn === 5) return this.#container()
    if (drawn < 8) return [{ line: `for i in range(${times}):`, body: this.#within([...this.#names, 'i'], () => this.#inside(depth)) }]
    if (drawn === 8) {
      const branch: Statement = { line: `if ${this.#condition()}:`, body: this.#inside(depth) }
      return this.#below(2) === 0 ? [branch] : [branch, { line: 'else:', body: this.#inside(depth) }]
    }
    if (drawn === 9)
      return [
        {
          line: `for item in ${this.#pick(['LIST', 'DICT', 'PAIR', "'ab'", '(1, 2.5)', "b'xy'"])}:`,
          body: this.#within([...this.#names, 'item'], () => this.#inside(depth)),
        },
      ]
    if (drawn === 10) {
      const count = `n${depth}`
      return [{ line: `${count} = 0` }, { line: `while ${count} < ${times}:`, body: [{ line: `${count} += 1` }, ...this.#inside(depth)] }]
    }
    return this.#attempt(depth)
  }

  #assignment(): Statement[] {
    const name = this.#pick(['u', 'v', 'w'])
    const statement = { line: `${name} = ${this.#expression(2)}` }
    if (!this.#names.includes(name)) this.#names.push(name)
    return [statement]
  }

  #container(): Statement[] {
    const name = this.#pick(this.#names)
    return [
      this.#pick<Statement>([
        { line: `${name} = [${this.#atom()}, ${this.#atom()}][${this.#pick(['0', '-1', '1'])}]` },
        { line: `${name} = len([${this.#atom()}, ${this.#atom()}])` },
        { line: `${name} = (${this.#atom()}, ${this.#atom()})` },
        { line: `${name} = {'k': ${this.#atom()}}['k']` },
        { line: `${name} = str(${this.#atom()})` },
        { line: `${name} = sum([j + 1 for j in range(3)])` },
        { line: `${name} = PAIR[${this.#pick(['0', '1'])}] + 1` },
      ]),
    ]
  }

  #attempt(depth: number): Statement[] {
    const bound = this.#below(2) === 0
    const last: Statement[] = this.#below(3) === 0 ? [{ line: 'finally:', body: this.#inside(depth) }] : []
    const caught: Statement[] = bound
      ? [{ line: `except ${this.#pick(EXCEPTIONS)} as e:`, body: [{ line: `${this.#pick(this.#names)} = str(e)` }] }]
      : [{ line: `except ${this.#pick(EXCEPTIONS)}:`, body: this.#inside(depth) }]
    return [{ line: 'try:', body: this.#inside(depth) }, ...caught, ...last]
  }

  #atom(): string {
    return this.#below(3) === 0 ? this.#pick(this.#theme.constants) : this.#pick(this.#names)
  }

  #expression(depth: number): string {
    if (depth === 0) return this.#atom()
    const left = this.#below(2) === 0 ? this.#atom() : this.#expression(depth - 1)
    const drawn = this.#below(this.#theme === MIXED ? 12 : 20)
    if (drawn < 6 || drawn > 11) return `(${left} ${this.#pick(this.#theme.arithmetic)} ${this.#expression(depth - 1)})`
    if (drawn === 6) return `(${left} * ${this.#pick(['2', '3', '0', '-1', '0.5', '1.5', '()', `(${this.#pick(this.#names)} % 5)`])})`
    if (drawn === 7) return `(${left} ${this.#pick(['<<', '>>'])} ${this.#pick(['1', '3', '0', `(${this.#pick(this.#names)} & 7)`])})`
    if (drawn === 8) return `(${left} ** ${this.#pick(['2', '0', '1', '2.0'])})`
    if (drawn === 9) return `(${this.#condition()})`
    if (drawn === 10) return `(${left} if ${this.#condition()} else ${this.#atom()})`
    return this.#pick([
      `-${this.#pick(this.#names)}`,
      `(not ${left})`,
      `~${this.#pick(this.#names)}`,
      `(${left} and ${this.#atom()})`,
      `(${left} or ${this.#atom()})`,
    ])
  }

  #condition(): string {
    if (this.#below(2) === 0) return `${this.#atom()} ${this.#pick(COMPARISONS.slice(0, 6))} ${this.#atom()}`
    if (this.#below(8) === 0) return `${this.#pick(this.#names)} ${this.#pick(COMPARISONS)} None`
    const inside = this.#pick(['DICT', 'SET', 'LIST', 'PAIR', "{1, 2, 'a'}", "('a', 1, 2.5)", "'abc'", 'thing', this.#pick(this.#names)])
    return `${this.#atom()} ${this.#pick(['in', 'not in'])} ${inside}`
  }

  #result(): string {
    return this.#below(3) === 0 ? `(${this.#names.join(', ')},)` : this.#expression(2)
  }

  #below(bound: number): number {
    return this.#chance.below(bound)
  }

  #pick<T>(from: readonly T[]): T {
    return this.#chance.pick(from)
  }
}
