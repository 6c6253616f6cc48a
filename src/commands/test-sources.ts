/**
 * What the test runner is about to run: its own names for features, scenarios, hooks and steps,
 * and what they stand for.
 */
import { strict as assert } from 'node:assert'
import type * as messages from '@cucumber/messages'
import type { ScenarioStart, Step } from '../report/log.ts'
import { featureOf } from '../requirements/features.ts'
import { casesOf, type Planned } from './selection.ts'

/** A scenario as the runner has assembled it. */
export interface Assembled {
  readonly planned: Planned
  readonly pickle: messages.Pickle
  readonly testCase: messages.TestCase
}

/** How a step reads. Of a hook it says when it runs. */
export type StepText = Pick<Step, 'keyword' | 'text' | 'table' | 'docString'> & { readonly hook: boolean }

export class TestSources {
  readonly #documents: messages.GherkinDocument[] = []
  readonly #pickles = new Map<string, messages.Pickle>()
  readonly #testCases = new Map<string, messages.TestCase>()
  readonly #hooks = new Map<string, messages.Hook>()
  readonly #keywords = new Map<string, string>()
  #planned: Map<string, Planned> | undefined

  /** Takes a message of the runner, if it is one that describes what will be run. */
  take({ gherkinDocument, pickle, testCase, hook }: messages.Envelope): void {
    if (gherkinDocument) this.#document(gherkinDocument)
    if (pickle) this.#pickles.set(pickle.id, pickle)
    if (testCase) this.#testCases.set(testCase.id, testCase)
    if (hook) this.#hooks.set(hook.id, hook)
  }

  /** The scenario behind the runner's id of it. Every feature has to be known by then. */
  testCase(id: string): Assembled {
    const testCase = this.#testCases.get(id)
    const pickle = this.#pickles.get(String(testCase?.pickleId))
    this.#planned ??= this.#plan()
    const planned = this.#planned.get(String(pickle?.id))
    assert(testCase && pickle && planned, `the test runner runs ${pickle?.name ?? id}, which is no scenario with an id`)
    return { planned, pickle, testCase }
  }

  stepText(id: string, testCase: messages.TestCase, pickle: messages.Pickle): StepText {
    const step = testCase.testSteps.find((one) => one.id === id)
    const pickleStep = pickle.steps.find((one) => one.id === step?.pickleStepId)
    if (!pickleStep) {
      const before = this.#hooks.get(String(step?.hookId))?.type === 'BEFORE_TEST_CASE'
      return { hook: true, keyword: before ? 'Before' : 'After', text: before ? 'the scenario opens' : 'the scenario closes' }
    }
    const { text, argument, astNodeIds } = pickleStep
    const table = argument?.dataTable?.rows.map(({ cells }) => cells.map(({ value }) => value))
    return {
      hook: false,
      keyword: String(this.#keywords.get(String(astNodeIds[0]))),
      text,
      ...(table && { table }),
      ...(argument?.docString && { docString: argument.docString.content }),
    }
  }

  #document(document: messages.GherkinDocument): void {
    this.#documents.push(document)
    for (const child of document.feature?.children ?? []) {
      for (const { background, scenario } of [child, ...(child.rule?.children ?? [])]) {
        for (const { id, keyword } of [...(background?.steps ?? []), ...(scenario?.steps ?? [])]) this.#keywords.set(id, keyword.trim())
      }
    }
  }

  #plan(): Map<string, Planned> {
    const pickles = [...this.#pickles.values()]
    const features = this.#documents.flatMap(({ uri, feature }) =>
      uri !== undefined && feature ? featureOf(feature, uri.replaceAll('\\', '/'), pickles) : [],
    )
    return new Map(casesOf(features).map((planned) => [planned.case.pickle, planned]))
  }
}

/** How a scenario that begins is written into the log. */
export function scenarioStart({ case: one, requirement, rule, feature }: Planned): ScenarioStart {
  const { id, name, line, tags } = one
  return {
    record: 'scenario-start',
    id,
    requirement,
    feature: { name: feature.name, prose: feature.prose, file: feature.file },
    rule: { name: rule.name, prose: rule.prose },
    name,
    line,
    tags: [...tags],
  }
}

export function milliseconds({ seconds, nanos }: messages.Duration): number {
  return seconds * 1000 + nanos / 1_000_000
}
