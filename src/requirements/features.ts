/**
 * The features as data: which rules they state, and which scenarios show them.
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateMessages } from '@cucumber/gherkin'
import type * as messages from '@cucumber/messages'
import { SourceMediaType } from '@cucumber/messages'
import { scenarioIds } from '../verdict/tags.ts'
import { readLock } from './lock.ts'
import { rowNumbers } from './rows.ts'

/** One thing to run: an Example, or one row of an outline's tables. */
export interface Case {
  /** The scenario's id, with the number of the row, if it has rows: QSBR-04.2#3. See `rows.ts`. */
  readonly id: string
  /** The name, with the values of the row in it. */
  readonly name: string
  /** Those of the feature and the rule too, each with its @. */
  readonly tags: readonly string[]
  /** Where the Example begins. */
  readonly line: number
  /** What the parser calls it; another parse gives another. */
  readonly pickle: string
}

export interface Scenario {
  readonly name: string
  readonly line: number
  /** Its own tags only, each with its @. */
  readonly tags: readonly string[]
  /** How many steps it has of its own. */
  readonly steps: number
  /** Whether its actors race. */
  readonly races: boolean
  /** The cells of each row of an outline, as text. */
  readonly rows: readonly string[]
  readonly cases: readonly Case[]
}

export interface Rule {
  readonly name: string
  readonly prose: string
  readonly line: number
  readonly tags: readonly string[]
  readonly scenarios: readonly Scenario[]
}

export interface Feature {
  /** Relative to the project, with slashes: features/brc/ownership.feature. */
  readonly file: string
  readonly name: string
  readonly prose: string
  readonly line: number
  readonly tags: readonly string[]
  readonly rules: readonly Rule[]
  /** Scenarios that stand under no rule. */
  readonly loose: readonly Scenario[]
}

/** A feature file that cannot be read. */
export class FeatureError extends Error {
  override readonly name = 'FeatureError'
}

/**
 * Every feature of a project, in the order of their paths.
 *
 * @param root the folder that holds `features`.
 * @throws FeatureError if one is not Gherkin.
 */
export function readFeatures(root: string): Feature[] {
  const files = globSync('features/**/*.feature', { cwd: root }).map((file) => file.replaceAll('\\', '/'))
  return files.sort().map((file) => parseFeature(readFileSync(join(root, file), 'utf8'), file))
}

/** @throws FeatureError if the text is not a feature, with every line that is wrong. */
export function parseFeature(text: string, file: string): Feature {
  let id = 0
  const envelopes = generateMessages(text, file, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
    defaultDialect: 'en',
    includeSource: false,
    includeGherkinDocument: true,
    includePickles: true,
    newId: () => String(id++),
  })
  const wrong = envelopes.flatMap(({ parseError }) => (parseError ? [`${file}: ${parseError.message}`] : []))
  const document = envelopes.find((envelope) => envelope.gherkinDocument)?.gherkinDocument
  if (wrong.length > 0 || !document?.feature) throw new FeatureError(wrong.join('\n') || `${file}: there is no feature in it`)
  return featureOf(
    document.feature,
    file,
    envelopes.flatMap(({ pickle }) => pickle ?? []),
  )
}

/** A feature from what a parser made of it. */
export function featureOf(feature: messages.Feature, file: string, pickles: readonly messages.Pickle[]): Feature {
  const scenarios = (children: readonly { scenario?: messages.Scenario }[]) =>
    children.flatMap(({ scenario }) => (scenario ? scenarioOf(scenario, pickles) : []))
  return {
    file,
    name: feature.name,
    prose: prose(feature.description),
    line: feature.location.line,
    tags: names(feature.tags),
    rules: feature.children.flatMap(({ rule }) =>
      rule
        ? {
            name: rule.name,
            prose: prose(rule.description),
            line: rule.location.line,
            tags: names(rule.tags),
            scenarios: scenarios(rule.children),
          }
        : [],
    ),
    loose: scenarios(feature.children),
  }
}

/** The rows that the lock file records. Numbers depend on it only where a row was given up. */
const RECORDED = readLock(new URL('ids.json', import.meta.url)).rows

/** The step in which actors race. */
const RACE = 'these race:'

function scenarioOf(scenario: messages.Scenario, pickles: readonly messages.Pickle[]): Scenario {
  const tags = names(scenario.tags)
  const [id = ''] = scenarioIds(tags)
  const rows = scenario.examples.flatMap(({ tableBody }) => tableBody)
  const numbers = rowNumbers(RECORDED[id], rows.length)
  const number = new Map(rows.map((row, index) => [row.id, numbers[index]]))
  return {
    name: scenario.name,
    line: scenario.location.line,
    tags,
    steps: scenario.steps.length,
    races: scenario.steps.some(({ text }) => text === RACE),
    rows: rows.map(({ cells }) => cells.map(({ value }) => value).join(' | ')),
    cases: pickles
      .filter(({ astNodeIds }) => astNodeIds[0] === scenario.id)
      .map((pickle) => {
        const row = number.get(pickle.astNodeIds[1] ?? '')
        return {
          id: row === undefined ? id : `${id}#${row}`,
          name: pickle.name,
          tags: names(pickle.tags),
          line: scenario.location.line,
          pickle: pickle.id,
        }
      }),
  }
}

const names = (tags: readonly { name: string }[]): string[] => tags.map(({ name }) => name)

/** A description without the indentation that it has in the file. */
const prose = (description: string): string =>
  description
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim()
