/**
 * The event log of a run: what everything that is ever reported about it is made from.
 *
 * One record per line, as JSON, written in the order in which things happened and never changed
 * afterwards. The first line is the header, then come the requirements, then for each scenario
 * its start, its steps and its end; what the subject says about itself comes as soon as it is
 * known. The last line is the footer. A log without a footer is what a run leaves that did not
 * come to its end, and every reader says so.
 */
import { z } from 'zod'
import { Census, Change, Chapter, ERRORS, type ErrorCode, Event, Level, methods, RaceResult, StepResult } from '../protocol/messages.ts'
import { Query, State } from '../protocol/states.ts'
import { Outcomes } from '../verdict/evidence.ts'
import { Verdict } from '../verdict/verdict.ts'

/** The version of this format. A reader refuses any other. */
export const FORMAT = 1

/** `QSBR-04`. */
export const RequirementId = z.string().regex(/^[A-Z]+-[0-9]{2,}$/)

/**
 * `QSBR-04.2`. The examples of an outline share a tag and are told apart by a row, counted from one:
 * `QSBR-04.2#3`. Unique within a log.
 */
export const ScenarioId = z.string().regex(/^[A-Z]+-[0-9]{2,}\.[0-9]+(#[0-9]+)?$/)

const Milliseconds = z.number().min(0)
const Instant = z.iso.datetime()

/** A command to one actor, and what came of it. `changes` are the writes to shared state it led to. */
export const StepExchange = z.object({
  method: z.literal('step'),
  request: z.object({ actor: z.string(), op: z.string(), args: z.record(z.string(), z.unknown()) }),
  reply: z.union([
    StepResult,
    /** The subject understood the request and did not do it. */
    z.object({
      refused: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      events: z.array(Event).optional(),
      changes: z.array(Change).optional(),
    }),
    /** The subject gave no usable answer. `stderr` is the last it wrote there. */
    z.object({ failure: z.string(), message: z.string(), during: z.string(), stderr: z.string() }),
  ]),
  duration: Milliseconds.optional(),
})
export type StepExchange = z.infer<typeof StepExchange>

/** A question about the state of the runtime, and its answer. */
export const ObserveExchange = z.object({
  method: z.literal('observe'),
  request: Query,
  reply: State.optional(),
  duration: Milliseconds.optional(),
})
export type ObserveExchange = z.infer<typeof ObserveExchange>

/** Actors that raced, and everything that may come of it. */
export const RaceExchange = z.object({
  method: z.literal('race'),
  request: methods.race.params,
  reply: RaceResult,
  duration: Milliseconds.optional(),
})
export type RaceExchange = z.infer<typeof RaceExchange>

/** One request to the subject with its reply, exactly as `steps/world.ts` attaches it to a step. */
export const Exchange = z.discriminatedUnion('method', [StepExchange, ObserveExchange, RaceExchange])
export type Exchange = z.infer<typeof Exchange>

/** What a scenario said about itself at its end, exactly as `steps/world.ts` attaches it. */
export const Summary = z.object({
  checks: z.int(),
  census: Census.optional(),
  witnesses: z.array(z.string()),
  missing: z.array(z.string()).describe('Witnesses that did not occur.'),
})
export type Summary = z.infer<typeof Summary>

export const Header = z
  .object({
    record: z.literal('header'),
    format: z.literal(FORMAT),
    suite: z.string().describe('The version of the suite.'),
    started: Instant,
    command: z.string().nullable().describe('What `--subject` named: as a rule a command. Null for the reference in this process.'),
    python: z.string().optional().describe('Which interpreter was judged, if `--subject` named `cpython`.'),
    list: z.string().optional().describe('The list of known failures that the run was held against, if it was.'),
    patience: z.number().optional().describe('By what every time limit was multiplied, unless by one.'),
    repeat: z.int().optional().describe('How often a race was to be tried that is sampled, unless as often as usual.'),
    selection: z
      .object({ chapters: z.array(Chapter), requirements: z.array(RequirementId), scenarios: z.array(ScenarioId).optional() })
      .describe('What the user asked for. Empty lists mean everything.'),
    chapters: z.array(z.object({ id: Chapter, title: z.string() })).describe('The chapters of the specification in the order of the book.'),
    planned: z.array(ScenarioId).describe('Every scenario that this run is going to run, in that order.'),
  })
  .describe('The first record of a log.')
export type Header = z.infer<typeof Header>

export const Greeting = z
  .object({ record: z.literal('hello'), hello: methods.hello.result })
  .describe('What the subject said about itself. At most one, as soon as it is known.')
export type Greeting = z.infer<typeof Greeting>

export const Requirement = z
  .object({
    record: z.literal('requirement'),
    id: RequirementId,
    chapter: Chapter,
    level: Level,
    sentence: z.string().describe('The rule in one sentence.'),
    sources: z
      .array(z.object({ id: z.string(), title: z.string(), commit: z.string().regex(/^[0-9a-f]{7,40}$/) }))
      .describe('The source documents that state it, each a commit to CPython. Empty for what goes beyond them.'),
    notRun: z.string().optional().describe('Why no scenario of it is planned. Without this one at least is.'),
  })
  .describe('One for each requirement of the selection, whether anything of it is run or not.')
export type Requirement = z.infer<typeof Requirement>

export const ScenarioStart = z
  .object({
    record: z.literal('scenario-start'),
    id: ScenarioId,
    requirement: RequirementId,
    feature: z
      .object({ name: z.string(), prose: z.string(), file: z.string() })
      .describe('prose is the description as written, with its line breaks. file is relative to the project.'),
    rule: z.object({ name: z.string(), prose: z.string() }).nullable(),
    name: z.string(),
    line: z.int().describe("Line of the scenario in the feature's file."),
    tags: z.array(z.string()),
  })
  .describe('A scenario begins.')
export type ScenarioStart = z.infer<typeof ScenarioStart>

export const StepStatus = z.enum(['passed', 'failed', 'skipped', 'pending', 'undefined', 'ambiguous', 'unknown'])
export type StepStatus = z.infer<typeof StepStatus>

export const Step = z
  .object({
    record: z.literal('step'),
    scenario: ScenarioId,
    keyword: z.string().describe('"Given", "When", "Then", "And", "But"; "Before" or "After" for a hook.'),
    text: z.string(),
    table: z.array(z.array(z.string())).optional(),
    docString: z.string().optional(),
    status: StepStatus,
    error: z.string().optional(),
    exchanges: z.array(Exchange),
    outcomes: Outcomes.optional().describe('What a race came to, if the step judges one.'),
    duration: Milliseconds,
  })
  .describe('A step, or a hook that did or said something worth telling.')
export type Step = z.infer<typeof Step>

export const ScenarioEnd = z
  .object({
    record: z.literal('scenario-end'),
    id: ScenarioId,
    verdict: Verdict,
    reason: z.string().optional().describe('Why, unless it passed: the first error in one paragraph.'),
    known: z
      .object({ reason: z.string(), link: z.string().optional() })
      .optional()
      .describe('What the list of known failures says of it, if it fails as the list says.'),
    stderr: z.string().optional().describe('The last that the subject wrote to its standard error, if that tells something.'),
    summary: Summary.optional(),
    duration: Milliseconds,
  })
  .describe('A scenario has come to its end.')
export type ScenarioEnd = z.infer<typeof ScenarioEnd>

export const Footer = z
  .object({
    record: z.literal('footer'),
    complete: z.literal(true),
    planned: z.int(),
    run: z.int().describe('Scenarios that came to an end.'),
    lost: z.int().describe('Scenarios that were planned and did not.'),
    verdicts: z.partialRecord(Verdict, z.int()).describe('How many scenarios got which verdict; those nobody got are left out.'),
    ended: Instant,
    duration: Milliseconds,
  })
  .describe('The last record. A log without it is incomplete.')
export type Footer = z.infer<typeof Footer>

export const LogRecord = z.discriminatedUnion('record', [Header, Greeting, Requirement, ScenarioStart, Step, ScenarioEnd, Footer])
export type LogRecord = z.infer<typeof LogRecord>
