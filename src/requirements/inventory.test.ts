import { expect, test } from 'vitest'
import { CHAPTERS } from '../protocol/messages.ts'
import { DOCUMENTS } from './documents.ts'
import { INVENTORY } from './inventory.ts'
import { core, extended, notBuilt } from './requirement.ts'

const all = INVENTORY.flatMap(({ requirements }) => requirements)

test('the chapters stand in the order of the book', () => {
  expect(INVENTORY.map(({ id }) => id)).toEqual(CHAPTERS)
})

test('the requirements of a chapter are numbered from one, without a gap', () => {
  for (const { id, requirements } of INVENTORY) {
    const expected = requirements.map((_, index) => `${id.toUpperCase()}-${String(index + 1).padStart(2, '0')}`)
    expect(requirements.map((requirement) => requirement.id)).toEqual(expected)
  }
})

test('every requirement is one sentence that nobody else says', () => {
  for (const { sentence } of all) expect(sentence).toMatch(/^[A-Z][^\n]*\.$/)
  expect(new Set(all.map(({ sentence }) => sentence)).size).toBe(all.length)
})

test('core requirements, and only they, stand in a source document, and every document states one', () => {
  for (const { level, sources } of all) expect(sources.length > 0).toBe(level === 'core')
  expect(new Set(all.flatMap(({ sources }) => sources))).toEqual(new Set(Object.keys(DOCUMENTS)))
})

test('every document names another commit', () => {
  const commits = Object.values(DOCUMENTS).map(({ commit }) => commit)
  for (const commit of commits) expect(commit).toMatch(/^[0-9a-f]{10}$/)
  expect(new Set(commits).size).toBe(13)
})

test('a requirement is not built while its chapter is not, or the one it awaits', () => {
  const requirement = extended('HEAP-09', 'A walk meets every block.')
  const chapter = { id: 'heap', title: 'Separate heaps', requirements: [requirement] } as const
  expect(notBuilt({ ...chapter, built: false }, requirement)).toContain('heap')
  expect(notBuilt({ ...chapter, built: true }, requirement)).toBeUndefined()
  expect(notBuilt({ ...chapter, built: true }, extended('HEAP-10', 'It collects.', 'gccount'))).toContain('gccount')
  expect(notBuilt({ ...chapter, built: true }, core('HEAP-01', ['S12'], 'There are four.'))).toBeUndefined()
})

test('a requirement that awaits a chapter awaits one that is not built', () => {
  for (const { awaits } of all) if (awaits) expect(INVENTORY.find(({ id }) => id === awaits)?.built).toBe(false)
})
