/**
 * Logs of runs that never were, for the tests of the reports.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Hello } from '../../protocol/messages.ts'
import { DOCUMENTS } from '../../requirements/documents.ts'
import { INVENTORY } from '../../requirements/inventory.ts'
import { notBuilt } from '../../requirements/requirement.ts'
import type { Header, Requirement } from '../log.ts'
import { type Log, readLog } from '../log-reader.ts'
import { LogWriter } from '../log-writer.ts'
import { type Results, resultsOf } from '../results.ts'
import { SCENARIOS } from './sample-scenarios.ts'
import type { SampleScenario } from './sample-steps.ts'

export const HELLO: Hello = {
  name: 'acme-threads',
  version: '0.3.0',
  protocol: 1,
  profiles: [
    { chapter: 'thread', level: 'core' },
    { chapter: 'brc', level: 'core' },
    { chapter: 'brc', level: 'extended' },
    { chapter: 'dfree', level: 'core' },
  ],
  depth: 'stepped',
  parameters: {
    'qsbr.sequence-bits': 64,
    'qsbr.first': '1',
    'qsbr.step': 2,
    'qsbr.deferral': { rule: 'calls', limit: 10 },
    'qsbr.slots': 8,
    'dfree.chunk': 254,
    'dfree.at-safe-point': false,
    'brc.chunk': 64,
    'brc.buckets': 257,
    'brc.local-limit': '4294967294',
    'brc.immortal-count': '3221225472',
    'mutex.fair-after': 1,
    'world.poll-every': 1,
  },
}

export interface Sample {
  /** Those that are run. */
  readonly scenarios?: readonly SampleScenario[]
  /** More that are planned and never begin. */
  readonly lost?: readonly string[]
  readonly header?: Partial<Header>
  /** Null for a subject that never said it. */
  readonly hello?: Hello | null
  /** Whether the run comes to its end. */
  readonly ends?: boolean
}

/** The requirements of the whole specification, as a log tells of them. */
export const REQUIREMENTS: readonly Requirement[] = INVENTORY.flatMap((chapter) =>
  chapter.requirements.map((requirement) => {
    const { id, level, sentence, sources } = requirement
    const notRun = notBuilt(chapter, requirement)
    return {
      record: 'requirement' as const,
      id,
      chapter: chapter.id,
      level,
      sentence,
      sources: sources.map((source) => ({ id: source, title: DOCUMENTS[source].title, commit: DOCUMENTS[source].commit })),
      ...(notRun === undefined ? {} : { notRun }),
    }
  }),
)

export function sampleHeader({ scenarios = SCENARIOS, lost = [], header = {} }: Sample = {}): Header {
  return {
    record: 'header',
    format: 1,
    suite: '0.1.0',
    started: '2026-11-22T15:20:00Z',
    command: 'node ./acme/adapter.js --quick',
    selection: { chapters: [], requirements: [] },
    chapters: INVENTORY.map(({ id, title }) => ({ id, title })),
    planned: [...scenarios.map(({ start }) => start.id), ...lost],
    ...header,
  }
}

/** Writes a log into a folder of its own, which is the caller's to remove, and answers its file. */
export function writeSample(sample: Sample = {}): string {
  const { scenarios = SCENARIOS, hello = HELLO, ends = true } = sample
  const file = join(mkdtempSync(join(tmpdir(), 'ftspec-sample-')), 'events.ndjson')
  const writer = new LogWriter(file, sampleHeader(sample))
  for (const requirement of REQUIREMENTS) writer.append(requirement)
  if (hello) writer.append({ record: 'hello', hello })
  for (const { start, steps, end } of scenarios) {
    writer.append(start)
    for (const step of steps) writer.append(step)
    writer.append(end)
  }
  if (ends) writer.finish(new Date('2026-11-22T15:20:04Z'), 4210)
  return file
}

/** The log of a sample, written and read back. */
export function sampleLog(sample: Sample = {}): Log {
  const file = writeSample(sample)
  try {
    return readLog(file)
  } finally {
    rmSync(dirname(file), { recursive: true })
  }
}

export const sampleResults = (sample: Sample = {}): Results => resultsOf(sampleLog(sample))
