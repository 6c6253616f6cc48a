import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readKnownFailures } from '../../commands/known.ts'
import { ROOT } from '../../commands/project.ts'
import { casesOf } from '../../commands/selection.ts'
import { readFeatures } from '../../requirements/features.ts'

const FOLDER = fileURLToPath(new URL('./known-failures/', import.meta.url))
const ids = casesOf(readFeatures(ROOT)).map(({ case: { id } }) => id)

/** Where in CPython's sources something stands. */
const PLACE = /\b(Python|Objects)\/\w+\.c\b/

test.for(readdirSync(FOLDER))('%s names scenarios that exist, and a place in the sources for each', (name) => {
  const entries = [...readKnownFailures(`${FOLDER}${name}`, ids).values()]
  expect(entries.length).toBeGreaterThan(0)
  expect(entries.filter(({ reason }) => !PLACE.test(reason)).map(({ id }) => id)).toEqual([])
})
