/**
 * The results on a terminal: a line per requirement, what went wrong below them, the totals last,
 * where they are still in sight.
 */
import { styleText } from 'node:util'
import { count } from '../verdict/count.ts'
import { isOpen } from '../verdict/extent.ts'
import { isFailure, type Verdict } from '../verdict/verdict.ts'
import { commandFor } from './command.ts'
import { conformanceOf } from './conformance.ts'
import { durationText } from './duration.ts'
import { expectationOf } from './expectation.ts'
import { racesText } from './races.ts'
import { type ChapterResult, type RequirementResult, type Results, type ScenarioResult, totalsOf } from './results.ts'
import { shortened, visible, visibleLine } from './visible.ts'

/** What a table may look like. */
export interface Style {
  /** Whether colours are welcome. */
  readonly color: boolean
  /** How many characters fit into a line. Only what has to be copied or read whole is longer. */
  readonly width: number
}

type Format = Parameters<typeof styleText>[0]

/** The whole table, ending with a line feed. */
export function tableOf(results: Results, style: Style): string {
  return new Table(results, style).text()
}

const COLORS: Readonly<Record<Verdict, Format>> = {
  crash: 'red',
  timeout: 'red',
  'protocol-violation': 'red',
  fail: 'red',
  untestable: 'red',
  'unexpected-pass': 'red',
  error: 'yellow',
  inconclusive: 'yellow',
  'not-run': 'dim',
  skipped: 'dim',
  unsupported: 'dim',
  'expected-failure': 'magenta',
  pass: 'green',
}

class Table {
  readonly #results: Results
  readonly #style: Style
  readonly #widths: { readonly id: number; readonly count: number; readonly verdict: number }

  constructor(results: Results, style: Style) {
    this.#results = results
    this.#style = style
    const listed = results.chapters.filter(isRun).flatMap(({ requirements }) => requirements)
    const longest = (texts: string[]): number => Math.max(0, ...texts.map(({ length }) => length))
    this.#widths = {
      id: longest(listed.map(({ id }) => id)),
      count: longest(listed.map(({ scenarios }) => String(scenarios.length))),
      verdict: longest(listed.map(({ verdict }) => verdict)),
    }
  }

  text(): string {
    const { chapters, scenarios } = this.#results
    const wrong = scenarios.filter(({ verdict }) => isFailure(verdict) || verdict === 'error')
    const parts = [
      ...chapters.filter(isRun).map((chapter) => this.#chapter(chapter)),
      chapters.filter((chapter) => !isRun(chapter)).map((chapter) => this.#unbuilt(chapter)),
      ...wrong.slice(0, MOST_FAILURES).map((scenario) => this.#failure(scenario)),
      wrong.length > MOST_FAILURES ? [`and ${wrong.length - MOST_FAILURES} more that are not as they should be`] : [],
      this.#known(),
      this.#open(),
      this.#notRun(),
      this.#incomplete(),
      this.#totals(),
      [conformanceOf(this.#results).sentence],
    ]
    return parts
      .filter((lines) => lines.length > 0)
      .map((lines) => `${lines.join('\n')}\n`)
      .join('\n')
  }

  #chapter({ title, requirements }: ChapterResult): string[] {
    return [this.#styled('bold', this.#cut(title)), ...requirements.map((requirement) => this.#requirement(requirement))]
  }

  #requirement({ id, scenarios, verdict, sentence }: RequirementResult): string {
    const { id: idWidth, count, verdict: verdictWidth } = this.#widths
    const fixed = `  ${id.padEnd(idWidth)}  ${String(scenarios.length).padStart(count)}  `
    const room = this.#style.width - fixed.length - verdictWidth - 2
    return `${fixed}${this.#verdict(verdict)}${' '.repeat(verdictWidth - verdict.length)}  ${shortened(visibleLine(sentence), room)}`.trimEnd()
  }

  /** A chapter of which nothing was run, in one line. */
  #unbuilt({ title, requirements }: ChapterResult): string {
    const reason = requirements.find(({ notRun }) => notRun !== undefined)?.notRun
    const told = `${title}: ${requirements.length} not run${reason === undefined ? '' : `, ${reason}`}`
    return this.#styled('dim', this.#cut(told))
  }

  #failure({ id, verdict, reason = '', start, steps, races, end }: ScenarioResult): string[] {
    const expectation = expectationOf(reason)
    const step = steps.find(({ status }) => status === 'failed')
    const details = {
      rule: start?.rule?.name,
      at: step && `${step.keyword} ${step.text}`,
      tried: races.map(({ extent }) => extent).join('; '),
      ...(expectation
        ? { compared: expectation.what, expected: expectation.expected, observed: expectation.observed }
        : { because: reason }),
      stderr: lastLines(end?.stderr ?? ''),
      again: commandFor(id, this.#results.log.header),
    }
    return [
      `${this.#verdict(verdict)}  ${this.#styled('bold', id)}  ${visibleLine(start?.name ?? '')}`,
      ...Object.entries(details).flatMap(([name, text]) => (text === undefined || text === '' ? [] : [this.#detail(name, text)])),
    ]
  }

  #detail(name: string, text: string): string {
    const indented = visible(text.trim()).replaceAll('\n', `\n${' '.repeat(DETAIL)}`)
    return `  ${this.#styled('dim', name.padEnd(DETAIL - 2))}${indented}`
  }

  /** Failures that a list knows of, with what it says of them. */
  #known(): string[] {
    const known = this.#results.scenarios.flatMap(({ id, end }) => (end?.known ? [{ id, ...end.known }] : []))
    if (known.length === 0) return []
    const width = Math.max(...known.map(({ id }) => id.length))
    const told = known.map(
      ({ id, reason, link }) => `  ${id.padEnd(width)}  ${visibleLine(link === undefined ? reason : `${reason} (${link})`)}`,
    )
    const left = told.length - MOST_KNOWN
    return [this.#styled('bold', 'Known to fail'), ...told.slice(0, MOST_KNOWN), ...(left > 0 ? [`  and ${left} more`] : [])]
  }

  /** Races of which not every order was tried, and that did not come to all that is expected. */
  #open(): string[] {
    const open = this.#results.scenarios.flatMap(({ id, races }) => races.filter(isOpen).map(({ extent }) => ({ id, extent })))
    if (open.length === 0) return []
    const width = Math.max(...open.map(({ id }) => id.length))
    const lines = open.slice(0, MOST_OPEN).map(({ id, extent }) => `  ${id.padEnd(width)}  ${extent}`)
    const left = open.length - lines.length
    return [this.#styled('bold', 'Not seen yet, though expected'), ...lines, ...(left > 0 ? [`  and ${left} more`] : [])]
  }

  /** Scenarios that the run came to and did not begin: each reason once. */
  #notRun(): string[] {
    const notRun = this.#results.scenarios.filter(({ verdict, end }) => verdict === 'not-run' && end)
    return [...Map.groupBy(notRun, ({ reason = '' }) => reason)].map(
      ([reason, { length }]) => `${this.#verdict('not-run')}  ${count(length, 'scenario')}: ${visible(reason.trim())}`,
    )
  }

  #incomplete(): string[] {
    const { log, lost } = this.#results
    if (log.complete && lost === 0) return []
    const head = `INCOMPLETE: ${lost} of ${count(log.header.planned.length, 'planned scenario')} came to no end`
    const faults = log.faults.slice(0, MOST_FAULTS).map(({ line, problem, remedy }) => `  line ${line}: ${visibleLine(problem)}. ${remedy}`)
    const left = log.faults.length - faults.length
    return [this.#styled(['red', 'bold'], head), ...faults, ...(left > 0 ? [`  and ${count(left, 'more line', 'more lines')}`] : [])]
  }

  #totals(): string[] {
    const { log, scenarios, totals, chapters } = this.#results
    const requirements = chapters.flatMap((chapter) => chapter.requirements)
    const took = log.footer ? ` in ${durationText(log.footer.duration)}` : ''
    const races = racesText(scenarios.flatMap((scenario) => scenario.races))
    return [
      `${count(requirements.length, 'requirement')}: ${this.#counted(totalsOf(requirements))}`,
      `${count(scenarios.length, 'scenario')}: ${this.#counted(totals)}${took}`,
      ...(races === undefined ? [] : [races]),
      ...(log.header.list === undefined ? [] : [`Held against the known failures in ${visibleLine(log.header.list)}`]),
    ]
  }

  #counted(totals: ReadonlyMap<Verdict, number>): string {
    const each = [...totals].reverse().map(([verdict, count]) => this.#styled(COLORS[verdict], `${count} ${verdict}`))
    return each.join(', ') || 'none'
  }

  #verdict(verdict: Verdict): string {
    return this.#styled(isFailure(verdict) ? ['red', 'bold'] : COLORS[verdict], verdict)
  }

  #cut(text: string): string {
    return shortened(visibleLine(text), this.#style.width)
  }

  #styled(format: Format, text: string): string {
    return this.#style.color ? styleText(format, text, { validateStream: false }) : text
  }
}

/** Where the second column of a failure begins. */
const DETAIL = 12
/** More of these are not read on a terminal; the page has them all. */
const MOST_FAILURES = 20
const MOST_FAULTS = 10
const MOST_OPEN = 20
const MOST_KNOWN = 20
const MOST_LINES = 8

const isRun = ({ scenarios }: ChapterResult): boolean => scenarios.length > 0

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-MOST_LINES).join('\n')
}
