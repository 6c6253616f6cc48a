import { expect, test } from 'vitest'
import { boundIn, requirementIds, requirementOf, scenarioIds, settings, unknownTags, witnesses } from './tags.ts'

test('ids of requirements and of scenarios are told apart', () => {
  const tags = ['@QSBR-04', '@QSBR-04.2', '@sees:queued']
  expect(requirementIds(tags)).toEqual(['QSBR-04'])
  expect(scenarioIds(tags)).toEqual(['QSBR-04.2'])
})

test('a scenario and each of its rows belong to the requirement in their id', () => {
  expect(requirementOf('QSBR-04.2')).toBe('QSBR-04')
  expect(requirementOf('QSBR-04.12#3')).toBe('QSBR-04')
})

test('witnesses come in the order of the tags, unknown ones included, so that they are never seen', () => {
  expect(witnesses(['@sees:queued', '@BRC-03.1', '@sees:nonsense'])).toEqual(['queued', 'nonsense'])
})

test('a race declares how far it is tried, or is tried completely', () => {
  expect(boundIn(['@BRC-07.19', '@bound:2'])).toBe(2)
  expect(boundIn(['@bound:0'])).toBe(0)
  expect(boundIn(['@BRC-07.19', '@sees:queued'])).toBeUndefined()
  expect(unknownTags(['@bound:2'])).toEqual([])
})

test('without tags the runtime is started as usual', () => {
  expect(settings(['@BRC-03.1'])).toEqual({
    build: { threading: 'free-threaded', freelists: true, referenceDebugging: false },
    argv: [],
    env: {},
  })
})

test('tags choose the build, the arguments in their order and the environment', () => {
  const tags = [
    '@build:default',
    '@build:no-freelists',
    '@build:ref-debug',
    '@argv:-X',
    '@argv:tlbc=0',
    '@env:PYTHON_TLBC=0',
    '@env:EMPTY=',
  ]
  expect(settings(tags)).toEqual({
    build: { threading: 'default', freelists: false, referenceDebugging: true },
    argv: ['-X', 'tlbc=0'],
    env: { PYTHON_TLBC: '0', EMPTY: '' },
  })
  expect(unknownTags(tags)).toEqual([])
})

test('a tag that means nothing is found', () => {
  const strange = [
    '@QSBR-4',
    '@QSBR-04.0',
    '@sees:quewed',
    '@build:debug',
    '@env:NAME',
    '@argv:',
    '@bound:',
    '@bound:few',
    '@wip',
    '@toString',
  ]
  expect(unknownTags(['@QSBR-04', '@QSBR-04.1', '@sees:queued', ...strange])).toEqual(strange)
})
