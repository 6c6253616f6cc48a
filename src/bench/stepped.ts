/** The stepped scenarios, for what is measured again and again: in a race every order is tried anyway, and that has figures of its own. */
import { fileURLToPath } from 'node:url'
import { readFeatures } from '../requirements/features.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Where they stand, as cucumber-js wants it: a file with the lines of its scenarios, as in `features/a.feature:3:9`. */
export const STEPPED: readonly string[] = readFeatures(ROOT).flatMap(({ file, rules }) => {
  const stepped = rules.flatMap(({ scenarios }) => scenarios.filter(({ races }) => !races))
  const lines = stepped.flatMap(({ cases }) => cases.map(({ line }) => line))
  return lines.length === 0 ? [] : [[file, ...lines].join(':')]
})
