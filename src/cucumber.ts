/**
 * How cucumber-js is called, wherever that is done from code.
 */
import type { IRunOptions, ISupportCodeCoordinatesOrLibrary } from '@cucumber/cucumber/api'

export interface Wanted {
  /** Files, with the lines of scenarios behind them if only those are meant, or patterns of files. */
  readonly paths: readonly string[]
  /** Only scenarios with one of these tags, which are given without their sign; all if there are none. */
  readonly tags?: readonly string[]
  /** What the steps are told. */
  readonly parameters: object
  /** Whether to stop at the first scenario that does not pass. */
  readonly untilFirst?: boolean
  /** How many run side by side, each of them with the steps loaded anew and a subject of its own; one after the other without. */
  readonly sideBySide?: number
  /** The steps, if they have been loaded already. */
  readonly support?: ISupportCodeCoordinatesOrLibrary
}

const STEPS: ISupportCodeCoordinatesOrLibrary = {
  importPaths: ['steps/**/!(*.test).ts'],
  requireModules: [],
  requirePaths: [],
  loaders: [],
}

/** Scenarios begin in the order in which they stand, and each runs once. */
export const runnerOptions = ({
  paths,
  tags = [],
  parameters,
  untilFirst = false,
  sideBySide = 0,
  support = STEPS,
}: Wanted): IRunOptions => ({
  sources: {
    paths: [...paths],
    defaultDialect: 'en',
    names: [],
    tagExpression: tags.map((tag) => `@${tag}`).join(' or '),
    order: 'defined',
  },
  support,
  runtime: {
    dryRun: false,
    failFast: untilFirst,
    filterStacktraces: true,
    parallel: sideBySide,
    retry: 0,
    retryTagFilter: '',
    strict: true,
    worldParameters: parameters as IRunOptions['runtime']['worldParameters'],
  },
  // Nobody reads it: whatever is told is made from the messages. The runner insists on one that writes somewhere.
  formats: { stdout: 'rerun', files: {}, publish: false, options: {} },
})
