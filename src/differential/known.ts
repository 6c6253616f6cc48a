/** Differences that are known, each with its reason and a case that shows it: once it does so no longer, it is to be struck off. */
import { isDeepStrictEqual } from 'node:util'
import type { Case } from './case.ts'
import type { Difference } from './difference.ts'

export interface Known {
  readonly what: string
  readonly because: string
  covers(difference: Difference): boolean
  readonly shownBy: Case
}

export const KNOWN: readonly Known[] = [
  {
    what: 'A text on the left of % is no format',
    because: 'Formatting is not a part of the subset, so the reference knows no such operator for texts and bytes.',
    covers: ({ one }) => /unsupported operand type\(s\) for %=?: '(str|bytes)'/.test(one),
    shownBy: {
      name: 'text % number',
      actors: ['Ada'],
      program: [{ line: 'def f0(a):', body: [{ line: 'return a % 5' }] }],
      calls: [{ actor: 'Ada', function: 'f0', args: ["'text'"], times: 1 }],
      functions: ['f0'],
    },
  },
  {
    what: 'The items of a set stand in the order in which they came',
    because: 'In CPython they stand in an order that depends on their hashes, and programs may not depend on it.',
    covers: ({ about, one, other }) =>
      about === 'outcome' && one.includes('{') && one !== other && isDeepStrictEqual([...one].sort(), [...other].sort()),
    shownBy: {
      name: 'a set as text',
      actors: ['Ada'],
      program: [{ line: 'def f0():', body: [{ line: 'return {1, 8}' }] }],
      calls: [{ actor: 'Ada', function: 'f0', args: [], times: 1 }],
      functions: ['f0'],
    },
  },
]
