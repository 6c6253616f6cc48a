/**
 * JUnit XML, for the readers that build servers have: a suite per chapter, a case per scenario.
 *
 * The format knows passed, failed, in error and skipped. What is known to be wrong is a failure, or
 * an error where the subject gave no answer. What is not known must not look green either, so it
 * is an error too, unless nobody wanted to know it: only what the user or the subject left out, or
 * a list excuses, is skipped.
 */
import type { Verdict } from '../verdict/verdict.ts'
import { conformanceOf } from './conformance.ts'
import { type Markup, markup } from './markup.ts'
import type { ChapterResult, RequirementResult, Results, ScenarioResult } from './results.ts'
import { visibleLine } from './visible.ts'

type Kind = 'passed' | 'failure' | 'error' | 'skipped'

const KINDS: Readonly<Record<Verdict, Kind>> = {
  crash: 'error',
  timeout: 'error',
  'protocol-violation': 'error',
  fail: 'failure',
  untestable: 'failure',
  'unexpected-pass': 'failure',
  error: 'error',
  inconclusive: 'error',
  'not-run': 'error',
  skipped: 'skipped',
  unsupported: 'skipped',
  'expected-failure': 'skipped',
  pass: 'passed',
}

interface Case {
  readonly name: string
  readonly group: string
  readonly kind: Kind
  readonly type: string
  readonly message: string
  readonly details: string
  /** What is to be known of a case whatever came of it. */
  readonly remark?: string
  /** In milliseconds. */
  readonly duration: number
}

/** The results as one XML document. */
export function junitOf(results: Results): string {
  const { log, chapters } = results
  const name = log.hello ? `ftspec: ${log.hello.name} ${log.hello.version}` : 'ftspec'
  const suites: [name: string, cases: readonly Case[]][] = chapters.map((chapter) => [chapter.title, casesOf(chapter)])
  if (log.faults.length > 0) suites.push(['The run itself', log.faults.map(faultCase)])
  const all = suites.flatMap(([, cases]) => cases)
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${visibleLine(name)}" ${counts(all)} time="${seconds(log.footer?.duration ?? total(all))}" timestamp="${log.header.started}">
${suites.map(([title, cases]) => suite(title, cases, results))}</testsuites>
`.text
}

function casesOf({ id, requirements }: ChapterResult): Case[] {
  return requirements.flatMap((requirement) =>
    requirement.scenarios.length === 0 ? [emptyCase(id, requirement)] : requirement.scenarios.map((scenario) => scenarioCase(id, scenario)),
  )
}

/** A requirement of which nothing was planned. */
function emptyCase(chapter: string, { id, sentence, notRun }: RequirementResult): Case {
  const message = notRun ?? 'the log holds no scenario of it'
  const kind = notRun === undefined ? 'error' : 'skipped'
  return { name: `${id} ${sentence}`, group: `ftspec.${chapter}.${id}`, kind, type: 'not-run', message, details: '', duration: 0 }
}

function scenarioCase(chapter: string, { id, requirement, verdict, reason, start, steps, races, end }: ScenarioResult): Case {
  const trail = steps.map(({ keyword, text, status }) => `${status === 'passed' ? ' ' : '!'} ${keyword} ${text}`)
  const stderr = end?.stderr === undefined ? [] : ['', 'stderr:', end.stderr]
  return {
    name: start ? `${id} ${start.name}` : id,
    group: `ftspec.${chapter}.${requirement}`,
    kind: KINDS[verdict],
    type: verdict,
    message: [end?.known?.reason, reason].filter((text) => text !== undefined).join('; it came to: '),
    details: [reason ?? '', '', ...trail, ...stderr].join('\n'),
    ...(races.length > 0 && { remark: races.map(({ extent }) => extent).join('\n') }),
    duration: end?.duration ?? 0,
  }
}

function faultCase({ line, problem, remedy }: Results['log']['faults'][number]): Case {
  const message = `line ${line}: ${problem}`
  return { name: `log ${message}`, group: 'ftspec.log', kind: 'error', type: 'incomplete', message, details: remedy, duration: 0 }
}

/** The format has properties of suites only, so each says what is true of the whole. */
function suite(title: string, cases: readonly Case[], results: Results): Markup {
  const { started } = results.log.header
  return markup`  <testsuite name="${visibleLine(title)}" ${counts(cases)} time="${seconds(total(cases))}" timestamp="${started}">
    <properties><property name="conformance" value="${conformanceOf(results).sentence}"/></properties>
${cases.map(testcase)}  </testsuite>
`
}

function testcase(one: Case): Markup {
  const { name, group, duration, remark } = one
  const head = markup`    <testcase classname="${group}" name="${visibleLine(name)}" time="${seconds(duration)}"`
  const body = markup`${came(one)}${remark !== undefined && markup`<system-out>${remark}</system-out>`}`
  return body.text === '' ? markup`${head}/>\n` : markup`${head}>${body}</testcase>\n`
}

function came({ kind, type, message, details }: Case): Markup | undefined {
  if (kind === 'passed') return undefined
  if (kind === 'skipped') return markup`<skipped message="${type}: ${visibleLine(message)}"/>`
  const told = markup`type="${type}" message="${visibleLine(message)}">${details}`
  return kind === 'failure' ? markup`<failure ${told}</failure>` : markup`<error ${told}</error>`
}

function counts(cases: readonly Case[]): Markup {
  const of = (kind: Kind): number => cases.filter((one) => one.kind === kind).length
  return markup`tests="${cases.length}" failures="${of('failure')}" errors="${of('error')}" skipped="${of('skipped')}"`
}

const total = (cases: readonly Case[]): number => cases.reduce((sum, { duration }) => sum + duration, 0)

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3)
