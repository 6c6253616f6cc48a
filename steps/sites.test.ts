import { expect, test } from 'vitest'
import type { Instruction } from '../src/protocol/states.ts'
import { at, expectedForm, FORM_WORDS, formWords, SITE, siteOf } from './sites.ts'

const instruction = (name: string, form: string): Instruction => ({ offset: 0, name, form, argument: 0, line: 1, counter: null })

test('a site is a kind of instruction, and which of them', () => {
  const read = (text: string) => siteOf(...((SITE.exec(text) as RegExpExecArray).slice(1) as [string | undefined, string]))
  expect(read('the operation of f')).toEqual({ name: 'BINARY_OP', nth: 0 })
  expect(read('the second membership test of f')).toEqual({ name: 'CONTAINS_OP', nth: 1 })
})

test('an instruction is found by what it is in general, whatever stands there', () => {
  const [first, second] = [instruction('BINARY_OP', 'INSTRUMENTED_LINE'), instruction('BINARY_OP', 'BINARY_OP_ADD_INT')]
  const all = [instruction('RESUME', 'RESUME_CHECK'), first, second]
  expect([0, 1, 2].map((nth) => at(all, { name: 'BINARY_OP', nth }))).toEqual([first, second, undefined])
})

test.for([
  ['BINARY_OP', 'general'],
  ['BINARY_OP_ADD_INT', 'specialized for int addition'],
  ['INSTRUMENTED_LINE', 'watched'],
  ['LOAD_CONST_MORTAL', 'general'],
  ['SOMETHING_ELSE', 'SOMETHING_ELSE'],
] as const)('%s is said as "%s"', ([form, words]) => {
  expect(formWords(form)).toBe(words)
})

test('a constant has a quick form, where the general one counts', () => {
  const [constant, entry] = [siteOf(undefined, 'constant'), siteOf(undefined, 'entry')]
  expect(expectedForm('quickened', constant, { 'tlbc.constants': 'at creation' })).toBe('quickened')
  expect(expectedForm('quickened', constant, { 'tlbc.constants': 'never' })).toBe('general')
  expect(expectedForm('quickened', entry, { 'tlbc.constants': 'never' })).toBe('quickened')
  expect(expectedForm('watched', constant, { 'tlbc.constants': 'never' })).toBe('watched')
})

test('what is of a family that is not specialized stays general', () => {
  const [operation, membership] = [siteOf(undefined, 'operation'), siteOf(undefined, 'membership test')]
  const form = 'specialized for sets'
  expect(expectedForm(form, membership, { 'tlbc.families': ['BINARY_OP'] })).toBe('general')
  expect(expectedForm(form, operation, { 'tlbc.families': ['BINARY_OP'] })).toBe(form)
  expect(expectedForm(form, membership, {})).toBe(form)
})

test('every form has words, and being watched is one of them', () => {
  expect(FORM_WORDS).toContain('watched')
  expect(new Set(FORM_WORDS).size).toBe(FORM_WORDS.length)
})
