import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readFeatures } from '../requirements/features.ts'
import { INVENTORY } from '../requirements/inventory.ts'
import { notBuilt } from '../requirements/requirement.ts'
import { requirementOf, scenarioIds } from '../verdict/tags.ts'
import { withFault } from './fault.ts'
import { faultNamed, MUSEUM } from './museum.ts'

const RUNTIME = new URL('../runtime/', import.meta.url)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))

test.for(MUSEUM.map((fault) => [fault.id, fault] as const))('%s fits its file, and leaves one that can be read', ([, fault]) => {
  const sound = readFileSync(new URL(fault.file, RUNTIME), 'utf8')
  const faulty = stripTypeScriptTypes(withFault(fault, sound))
  expect(faulty).not.toBe(stripTypeScriptTypes(sound))
})

test.for(MUSEUM.map((fault) => [fault.id, fault] as const))('%s says what it is', ([, { id, title, why, report }]) => {
  expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/)
  expect(title).toMatch(/^[a-z].*[^.]$/)
  expect(why).toMatch(/^[A-Z].*\.$/)
  expect(report ?? 'gh-1').toMatch(/^gh-\d+$/)
})

test('each is shown by a scenario of the requirement that it breaks', () => {
  const scenarios = readFeatures(ROOT).flatMap(({ rules }) =>
    rules.flatMap((rule) => rule.scenarios.flatMap(({ tags }) => scenarioIds(tags))),
  )
  const strange = MUSEUM.filter(({ requirement, shownBy }) => requirementOf(shownBy) !== requirement || !scenarios.includes(shownBy))
  expect(strange.map(({ id }) => id)).toEqual([])
})

test('no two faults have one name', () => {
  expect(new Set(MUSEUM.map(({ id }) => id)).size).toBe(MUSEUM.length)
})

test('there are enough of them, and each requirement that is built has one', () => {
  const built = INVENTORY.flatMap((chapter) => chapter.requirements.filter((one) => notBuilt(chapter, one) === undefined))
  const broken = new Set(MUSEUM.map(({ requirement }) => requirement))
  expect(MUSEUM.length).toBeGreaterThanOrEqual(60)
  expect([...broken].sort()).toEqual(built.map(({ id }) => id).sort())
})

test('a fault is found by its name', () => {
  expect(faultNamed('goal-compared-strictly').requirement).toBe('QSBR-04')
  expect(() => faultNamed('goal-compared-loosely')).toThrow('there is no fault goal-compared-loosely')
})
