import { expect, test } from 'vitest'
import { sampleResults } from '../sample/sample-log.ts'
import { navigation } from './navigation.ts'

const { chapters } = sampleResults()
const text = navigation(chapters).text

test('every chapter is a link, and so is every requirement of those that were run', () => {
  for (const { id } of chapters) expect(text).toContain(`<a class=ch href="#${id}">`)
  const run = chapters.filter(({ scenarios }) => scenarios.length > 0).flatMap(({ requirements }) => requirements)
  for (const { id, verdict } of run) expect(text).toContain(`<a class="chip ${verdict}" href="#${id}"`)
  expect(text).not.toContain('href="#HEAP-01"')
})

test('a chapter says how much of it passes, or that it was not run', () => {
  expect(text).toContain('<span>Thread state</span><small>3/4</small>')
  expect(text).toContain('<span>Freelists</span><small>not-run</small>')
})

test('a chapter without a pass says so', () => {
  const failing = chapters.map((chapter) => ({ ...chapter, scenarios: chapter.scenarios.filter(({ verdict }) => verdict !== 'pass') }))
  expect(navigation(failing).text).toContain('<span>Thread state</span><small>0/1</small>')
})
