/**
 * Programs by chance: the same seed, the same program and calls.
 *
 * Values stay small whatever is drawn: factors and shifts are bounded, and loops are short.
 */
import { Random } from '../explore/random.ts'
import type { Call, Case, Statement } from './case.ts'

const ACTORS = ['Ada', 'Ben', 'Cleo'] as const
const MODULE_VALUES = ['LIST', 'DICT', 'SET', 'PAIR'] as const

/** Arguments by their type: an instruction is specialised for those of one type, and misses with another. */
const POOLS: readonly (readonly string[])[] = [
  ['0', '1', '-7', '12', '300', '255'],
  ['0', '3', '1099511627776', '-4611686018427387905'],
  ['0.5', '-2.25', '3.0', '1e10'],
  ["''", "'a'", "'spam'", "'é'"],
  ["b''", "b'ab'", "b'\\xff'"],
  ['True', 'False'],
  ['()', '(1, 2)', "('a', 1.5)"],
  ['None'],
  ['LIST', 'PAIR'],
  ['DICT', 'SET', 'LIST'],
  ['thing', 'other'],
]
/** Numbers are drawn more often, since most operators are for them. */
const LIKELY = [0, 0, 0, 0, 1, 2, 2, 2, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10]

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
const ARITHMETIC = ['+', '-', '+', '-', '&', '|', '^', '//', '%', '/']
const IN_PLACE = ['+=', '-=', '+=', '|=', '&=', '^=', '//=', '%=', '/=']
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>=', 'is', 'is not']
const EXCEPTIONS = ['TypeError', 'ZeroDivisionError', '(TypeError, ValueError)', 'Exception', 'LookupError', 'ArithmeticError']

/** What a function is about: programs that mix all types end early, and then nothing in them is specialised. */
interface Theme {
  readonly constants: readonly string[]
  readonly arithmetic: readonly string[]
  readonly inPlace: readonly string[]
  /** Numbers of the pools that arguments come from. */
  readonly pools: readonly number[]
}

const MIXED: Theme = { constants: CONSTANTS, arithmetic: ARITHMETIC, inPlace: IN_PLACE, pools: LIKELY }
const THEMES: readonly Theme[] = [
  MIXED,
  {
    constants: ['1', '2', '-3', '7', '1000'],
    arithmetic: ['+', '-', '&', '|', '^', '+', '-'],
    inPlace: ['+=', '-=', '^=', '+='],
    pools: [0, 0, 0, 1, 5, 2],
  },
  { constants: ['0.5', '2.0', '-1.25'], arithmetic: ['+', '-', '+', '-', '/'], inPlace: ['+=', '-=', '+='], pools: [2, 2, 2, 0] },
  { constants: ["'x'", "'yz'", "''"], arithmetic: ['+'], inPlace: ['+='], pools: [3, 3, 3, 3, 4] },
]

type Kind = 'plain' | 'closure' | 'generator' | 'keywords'

interface Function {
  readonly name: string
  readonly kind: Kind
  readonly parameters: number
  readonly theme: Theme
}

export function generate(seed: number): Case {
  return new Generator(new Random(seed)).case(seed)
}

class Generator {
  readonly #random: Random
  /** Names that can be read where the next expression stands. */
  #names: string[] = []
  #kept = 0
  #theme = MIXED

  constructor(random: Random) {
    this.#random = random
  }

  case(seed: number): Case {
    const actors = ACTORS.slice(0, 1 + this.#below(3))
    const functions = Array.from(
      { length: 1 + this.#below(3) },
      (_, index): Function => ({
        name: `f${index}`,
        kind: this.#pick(['plain', 'plain', 'plain', 'closure', 'generator', 'keywords']),
        parameters: 1 + this.#below(3),
        theme: this.#pick(THEMES),
      }),
    )
    const program: Statement[] = [
      { line: 'LIST = [1, 2.5, "three"]' },
      { line: 'DICT = {1: "one", "a": 2, 2.5: None}' },
      { line: 'SET = {1, "a", (1, 2)}' },
      { line: 'PAIR = (3, 4)' },
      ...this.#classes(),
      { line: 'thing = Thing(3)' },
      { line: 'other = Thing(0.5)' },
      ...functions.map((one) => this.#function(one)),
    ]
    const inner = functions.filter(({ kind }) => kind === 'closure').map(({ name }) => `inner_${name}`)
    const calls = this.#calls(actors, functions)
    return {
      name: `seed ${seed}`,
      actors,
      program,
      calls,
      functions: [
        ...functions.map(({ name }) => name),
        ...inner.filter((name) => calls.some(({ keep }) => keep === name)),
        'Thing.act',
        'Thing.__add__',
      ],
    }
  }

  #below(bound: number): number {
    return this.#random.below(bound)
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#below(from.length)] as T
  }

  #classes(): Statement[] {
    const act = this.#within(['self', 'y'], () => this.#block(2, 1))
    return [
      {
        line: 'class Thing:',
        body: [
          { line: 'count = 0' },
          { line: 'def __init__(self, x):', body: [{ line: 'self.x = x' }, { line: 'Thing.count += 1' }] },
          {
            line: 'def __add__(self, other):',
            body: [{ line: `return self.x ${this.#pick(['+', '-', '*'])} ${this.#pick(['1', '2', '0.5'])}` }],
          },
          { line: 'def __contains__(self, item):', body: [{ line: 'return item == self.x' }] },
          { line: 'def __repr__(self):', body: [{ line: 'return "Thing"' }] },
          { line: 'def act(self, y):', body: [...act, { line: 'self.x = self.x + 1' }, { line: 'return self.x' }] },
        ],
      },
    ]
  }

  #function({ name, kind, parameters, theme }: Function): Statement {
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
    if (drawn === 5) return this.#container()
    if (drawn < 8)
      return [{ line: `for i in range(${1 + this.#below(6)}):`, body: this.#within([...this.#names, 'i'], () => this.#inside(depth)) }]
    if (drawn === 8) {
      const branch: Statement = { line: `if ${this.#condition()}:`, body: this.#inside(depth) }
      return this.#below(2) === 0 ? [branch] : [branch, { line: 'else:', body: this.#inside(depth) }]
    }
    if (drawn === 9)
      return [
        {
          line: `for item in ${this.#pick([...MODULE_VALUES.filter((name) => name !== 'SET'), "'ab'", '(1, 2.5)', "b'xy'"])}:`,
          body: this.#within([...this.#names, 'item'], () => this.#inside(depth)),
        },
      ]
    if (drawn === 10)
      return [{ line: 'n = 0' }, { line: `while n < ${1 + this.#below(4)}:`, body: [{ line: 'n += 1' }, ...this.#inside(depth)] }]
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

  #calls(actors: readonly string[], functions: readonly Function[]): Call[] {
    const calls: Call[] = []
    for (let left = 2 + this.#below(6); left > 0; left--) {
      const chosen = this.#pick(functions)
      // A few calls of one kind, so that what stands there is specialised before it is given something else.
      const pools = Array.from({ length: chosen.parameters }, () => POOLS[this.#pick(chosen.theme.pools)] as readonly string[])
      for (let call = 1 + this.#below(3); call > 0; call--) calls.push(...this.#callOf(this.#pick(actors), actors, chosen, pools))
      if (this.#below(4) === 0) {
        calls.push({
          actor: this.#pick(actors),
          function: this.#pick(['thing.act', 'other.act']),
          args: [this.#pick(POOLS[this.#pick(LIKELY)] as readonly string[])],
          times: this.#times(),
        })
      }
    }
    return calls
  }

  #times(): number {
    return this.#pick([1, 1, 1, 2, 2, 3, 5, 12, 53])
  }

  #callOf(
    actor: string,
    actors: readonly string[],
    { name, kind, parameters, theme }: Function,
    pools: readonly (readonly string[])[],
  ): Call[] {
    const drawn = pools.map((pool) => this.#pick(pool))
    // Now and then with too many or too few.
    const count = this.#below(20)
    const args = count === 0 ? drawn.slice(1) : count === 1 && parameters === 3 ? [...drawn, '1'] : drawn
    if (kind === 'closure') {
      const keep = `inner_${name}`
      const made: Call = { actor, function: name, args, times: 1, keep }
      const z = this.#pick(POOLS[this.#pick(theme.pools)] as readonly string[])
      return [made, { actor: this.#pick(actors), function: keep, args: [z], times: this.#times() }]
    }
    if (kind === 'generator') {
      const keep = `generator${this.#kept++}`
      const uses = Array.from({ length: 1 + this.#below(4) }, (): Call => {
        const use = this.#below(8)
        const by = this.#pick(actors)
        if (use === 0) return { actor: by, function: `${keep}.close`, args: [], times: 1 }
        if (use === 1)
          return { actor: by, function: `${keep}.throw`, args: [this.#pick(['ValueError', 'TypeError', 'KeyError'])], times: 1 }
        if (use < 4)
          return { actor: by, function: `${keep}.send`, args: [this.#pick(POOLS[this.#pick(theme.pools)] as readonly string[])], times: 1 }
        return { actor: by, function: 'next', args: [keep], times: 1 }
      })
      return [{ actor, function: name, args, times: 1, keep }, ...uses]
    }
    return [{ actor, function: name, args, times: this.#times() }]
  }
}
