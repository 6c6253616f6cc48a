/**
 * What makes a feature readable, as far as it can be counted: it says why, and its scenarios are short.
 */
import { expect, test } from 'vitest'
import { ROOT } from './commands/project.ts'
import { type Feature, parseFeature, readFeatures } from './requirements/features.ts'

/** Steps of its own that a scenario has, at most. Seven are the rule, eight the exception. */
const MOST_STEPS = 8

/** What is hard to read in a feature, as sentences with the place and the remedy. */
function hardToRead({ file, name, line, prose, rules, loose }: Feature): string[] {
  const scenarios = [...loose, ...rules.flatMap((rule) => rule.scenarios)]
  const names = scenarios.map((scenario) => scenario.name)
  return [
    ...(prose ? [] : [`${file}:${line} "${name}" does not say what it is for: write so below the title`]),
    ...rules
      .filter((rule) => !rule.prose)
      .map((rule) => `${file}:${rule.line} "${rule.name}" does not say why there is such a rule: write so below its title`),
    ...scenarios
      .filter(({ steps }) => steps > MOST_STEPS)
      .map((scenario) => `${file}:${scenario.line} "${scenario.name}" has ${scenario.steps} steps: make two of it`),
    ...scenarios
      .filter((scenario, index) => names.indexOf(scenario.name) < index)
      .map((scenario) => `${file}:${scenario.line} "${scenario.name}" is the name of another scenario too: say what differs`),
  ]
}

test('every feature and every rule says why, and every scenario is short and has a name of its own', () => {
  expect(readFeatures(ROOT).flatMap(hardToRead)).toEqual([])
})

test('a feature that is hard to read is told with the place and the remedy', () => {
  const steps = Array.from({ length: MOST_STEPS + 1 }, () => '      * Ada exits').join('\n')
  const text = `Feature: Exits\n\n  Rule: Once\n\n    Example: Many times\n${steps}\n\n    Example: Many times\n      * Ada exits\n`
  expect(hardToRead(parseFeature(text, 'features/exits.feature'))).toEqual([
    'features/exits.feature:1 "Exits" does not say what it is for: write so below the title',
    'features/exits.feature:3 "Once" does not say why there is such a rule: write so below its title',
    'features/exits.feature:5 "Many times" has 9 steps: make two of it',
    'features/exits.feature:16 "Many times" is the name of another scenario too: say what differs',
  ])
})
