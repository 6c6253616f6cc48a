/**
 * One run of the features against one subject, written into an event log as it goes.
 */
import { availableParallelism } from 'node:os'
import { Writable } from 'node:stream'
import { runCucumber } from '@cucumber/cucumber/api'
import { runnerOptions, type Wanted } from '../cucumber.ts'
import type { Hello } from '../protocol/messages.ts'
import { FORMAT } from '../report/log.ts'
import { LogWriter } from '../report/log-writer.ts'
import { DOCUMENTS } from '../requirements/documents.ts'
import { INVENTORY } from '../requirements/inventory.ts'
import { Unstartable } from '../subject/subject.ts'
import { type Claim, claims } from '../verdict/conformance.ts'
import type { KnownFailure } from '../verdict/known-failures.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { InOrder } from './in-order.ts'
import { ROOT, suiteVersion } from './project.ts'
import { Recorder, type Watcher } from './recorder.ts'
import type { Planned, Request, Selected } from './selection.ts'
import { CPYTHON } from './subject-option.ts'

/** How often a race is tried that is sampled, unless somebody says otherwise. */
export const REPEAT = 1000

/** How many scenarios of the reference run side by side, of many: each of these has to load the steps. */
const SIDE_BY_SIDE = Math.min(availableParallelism(), 4)

/** Fewer are done sooner one after the other. */
const MANY = 250

export interface Run {
  /** What was asked for, and what that came to. */
  readonly request: Request
  readonly selected: readonly Selected[]
  /** Starts the subject; the reference in this process without one. */
  readonly command: string | undefined
  /** The interpreter that the subject is an adapter of, if it is. */
  readonly python?: string | undefined
  /** Multiplies every time limit of a subject. */
  readonly patience: number
  /** How often a race is tried that is sampled. */
  readonly repeat: number
  /** Scenarios that the subject is known to fail. */
  readonly known: ReadonlyMap<string, KnownFailure>
  /** The list that says so, if there is one. */
  readonly list?: string | undefined
  /** The file of the event log. */
  readonly log: string
  readonly watcher: Watcher
}

/** What a run came to. */
export interface Ran {
  readonly verdicts: readonly Verdict[]
  /** Scenarios that were planned and did not come to an end. */
  readonly lost: number
}

/** The run broke off for a reason outside the scenarios. Its log has no footer. */
export class BrokenRun extends Error {
  override readonly name = 'BrokenRun'
}

/**
 * @throws Unstartable if there is no subject to judge. There is no log then.
 * @throws BrokenRun if the run did not come to its end.
 * @throws Error if a step file cannot be loaded, or the log cannot be written.
 */
export async function runFeatures(run: Run): Promise<Ran> {
  const started = performance.now()
  const log = beginLog(run)
  const levels = new Map(run.selected.map(({ chapter, requirement: { id, level } }) => [id, { chapter: chapter.id, level }]))
  const verdicts: Verdict[] = []
  const isClaimed = (hello: Hello, id: string): boolean => levels.has(id) && claims(hello, levels.get(id) as Claim)
  const expectations = { claims: isClaimed, known: run.known }
  const recorder = new Recorder(log, expectations, {
    begin: (planned) => run.watcher.begin(planned),
    end: (planned, judgement) => {
      verdicts.push(judgement.verdict)
      run.watcher.end(planned, judgement)
    },
  })
  const inOrder = new InOrder((envelope) => recorder.take(envelope))
  const nobody = new Writable({ write: (_chunk, _encoding, done) => done() })
  await runCucumber(runnerOptions(wantedBy(run)), { cwd: ROOT, stdout: nobody }, (envelope) => inOrder.take(envelope))
  const { trouble } = recorder
  if (trouble?.type === Unstartable.name) {
    log.discard()
    throw new Unstartable(trouble.message)
  }
  if (trouble) throw new BrokenRun(trouble.message)
  const { lost } = log.finish(new Date(), performance.now() - started)
  return { verdicts, lost }
}

/** In the order in which they will be run: by chapter, then by file, then as they stand in it. */
function plannedCases(selected: readonly Selected[]): Planned[] {
  const chapters = Map.groupBy(selected, ({ chapter }) => chapter)
  return [...chapters.values()].flatMap((ofChapter) =>
    ofChapter
      .flatMap(({ planned }) => planned)
      .sort((one, other) => order(one.feature.file, other.feature.file) || one.case.line - other.case.line),
  )
}

/** As the runner sorts paths: by their characters, not by any language. */
const order = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

function beginLog({ request, selected, command, python, list, log, patience, repeat }: Run): LogWriter {
  const writer = new LogWriter(log, {
    record: 'header',
    format: FORMAT,
    suite: suiteVersion(),
    started: new Date().toISOString(),
    // What starts an adapter lies in a cache, and is nothing to type.
    command: (python === undefined ? command : CPYTHON) ?? null,
    ...(python !== undefined && { python }),
    ...(list !== undefined && { list }),
    ...(patience !== 1 && { patience }),
    ...(repeat !== REPEAT && { repeat }),
    selection: {
      chapters: [...request.chapters],
      requirements: [...request.requirements],
      ...(request.scenarios && { scenarios: [...request.scenarios] }),
    },
    chapters: INVENTORY.map(({ id, title }) => ({ id, title })),
    planned: plannedCases(selected).map(({ case: one }) => one.id),
  })
  for (const { chapter, requirement, notRun } of selected) {
    const { id, level, sentence, sources } = requirement
    writer.append({
      record: 'requirement',
      id,
      chapter: chapter.id,
      level,
      sentence,
      sources: sources.map((document) => ({ id: document, title: DOCUMENTS[document].title, commit: DOCUMENTS[document].commit })),
      ...(notRun && { notRun }),
    })
  }
  return writer
}

function wantedBy({ request, selected, command, patience, repeat }: Run): Wanted {
  const shown = selected.filter(({ planned }) => planned.length > 0)
  const scenarios = shown.reduce((sum, { planned }) => sum + planned.length, 0)
  return {
    paths: [...new Set(plannedCases(selected).map(({ feature }) => feature.file))],
    tags: request.scenarios ?? shown.map(({ requirement }) => requirement.id),
    // Whoever watches a program of theirs wants to see one scenario at a time.
    ...(command === undefined && scenarios > MANY && { sideBySide: SIDE_BY_SIDE }),
    parameters: { record: true, patience, repeat, ...(command !== undefined && { subject: command }) },
  }
}
