/** What every program has at hand, and what its functions are given. */
import type { Statement } from './case.ts'

/** The sign that instances of `Thing` give to `+`, and with what. */
export interface Sum {
  readonly sign: string
  readonly term: string
}

/**
 * What every program begins with.
 *
 * @param act what the method `act` does, of which `y` is the parameter.
 */
export function beginning(act: readonly Statement[], { sign, term }: Sum): Statement[] {
  return [
    { line: 'LIST = [1, 2.5, "three"]' },
    { line: 'DICT = {1: "one", "a": 2, 2.5: None}' },
    { line: 'EMPTY = {}' },
    { line: 'SET = {1, "a", (1, 2)}' },
    { line: 'FROZEN = frozenset((1, "a", 2.5, frozenset((1, "a", (1, 2)))))' },
    { line: 'PAIR = (3, 4)' },
    { line: 'RANGE = range(4)' },
    {
      line: 'class Thing:',
      body: [
        { line: 'count = 0' },
        { line: 'def __init__(self, x):', body: [{ line: 'self.x = x' }, { line: 'Thing.count += 1' }] },
        { line: 'def __add__(self, other):', body: [{ line: `return self.x ${sign} ${term}` }] },
        { line: 'def __contains__(self, item):', body: [{ line: 'return item == self.x' }] },
        { line: 'def __repr__(self):', body: [{ line: 'return "Thing"' }] },
        { line: 'def act(self, y):', body: [...act, { line: 'self.x = self.x + 1' }, { line: 'return self.x' }] },
      ],
    },
    {
      // Its hash is that of 1 and of 1.0, so it is compared with these where they are keys.
      line: 'class Odd:',
      body: [
        { line: 'def __hash__(self):', body: [{ line: 'return 1' }] },
        { line: 'def __eq__(self, other):', body: [{ line: 'raise ValueError("odd")' }] },
        { line: 'def __radd__(self, other):', body: [{ line: 'return other' }] },
        { line: 'def __isub__(self, other):', body: [{ line: 'return other' }] },
        { line: 'def __mul__(self, other):', body: [{ line: 'raise ValueError("odd")' }] },
        { line: 'def __repr__(self):', body: [{ line: 'return "Odd"' }] },
      ],
    },
    { line: 'thing = Thing(3)' },
    { line: 'other = Thing(0.5)' },
    { line: 'odd = Odd()' },
  ]
}

/** Arguments of one type: an instruction is specialized for those, and misses with another. */
export type Values = readonly string[]

export const INTS: Values = ['0', '1', '-7', '12', '300', '255']
/** Ints of which no power that a program makes is large. */
export const FACTORS: Values = ['0', '1', '2', '3', '-3']
export const WIDE: Values = ['0', '3', '1099511627776', '-4611686018427387905', '9223372036854775807']
export const FLOATS: Values = ['0.5', '-2.25', '3.0', '1e10', '0.0']
export const TEXTS: Values = ["''", "'a'", "'spam'", "'é'"]
export const BYTES: Values = ["b''", "b'ab'", "b'\\xff'"]
export const BOOLS: Values = ['True', 'False']
export const TUPLES: Values = ['()', '(1, 2)', "('a', 1.5)"]
export const NONE: Values = ['None']
// Without LIST, which would become too long to be told if it were added to itself again and again.
export const SEQUENCES: Values = ['PAIR', 'RANGE']
export const CONTAINERS: Values = ['DICT', 'SET']
export const THINGS: Values = ['thing', 'other']
