/**
 * What a log has said so far, and which record may come next. Writer and reader both ask here, so
 * that nothing is ever written that would be refused when it is read.
 */
import type { Hello } from '../protocol/messages.ts'
import { requirementOf } from '../verdict/tags.ts'
import type { Verdict } from '../verdict/verdict.ts'
import type { Footer, Header, LogRecord, Requirement, ScenarioEnd, ScenarioStart, Step } from './log.ts'

/** One planned scenario. Without `start` the run never came to it, without `end` it never left it. */
export interface ScenarioLog {
  readonly id: string
  readonly requirement: string
  start: ScenarioStart | undefined
  readonly steps: Step[]
  end: ScenarioEnd | undefined
}

/** The part of a footer that follows from the records before it. */
export type Counts = Pick<Footer, 'planned' | 'run' | 'lost' | 'verdicts'>

export class LogContents {
  readonly header: Header
  readonly requirements: Requirement[] = []
  hello: Hello | undefined
  footer: Footer | undefined
  readonly #scenarios: Map<string, ScenarioLog>

  constructor(header: Header) {
    this.header = header
    this.#scenarios = new Map(
      header.planned.map((id) => [id, { id, requirement: requirementOf(id), start: undefined, steps: [], end: undefined }]),
    )
  }

  /** All planned scenarios, in the order planned. */
  get scenarios(): readonly ScenarioLog[] {
    return [...this.#scenarios.values()]
  }

  /** What a footer has to say now. */
  get counts(): Counts {
    const planned = this.#scenarios.size
    const verdicts: Partial<Record<Verdict, number>> = {}
    let run = 0
    for (const { end } of this.#scenarios.values()) {
      if (!end) continue
      run += 1
      verdicts[end.verdict] = (verdicts[end.verdict] ?? 0) + 1
    }
    return { planned, run, lost: planned - run, verdicts }
  }

  /** Takes the next record in. Answers what is wrong with it there, if anything is. */
  take(record: LogRecord): string | undefined {
    if (this.footer) return 'a record after the footer'
    switch (record.record) {
      case 'header':
        return 'a second header'
      case 'hello':
        if (this.hello) return 'a second hello'
        this.hello = record.hello
        return undefined
      case 'requirement':
        this.requirements.push(record)
        if (this.header.chapters.some(({ id }) => id === record.chapter)) return undefined
        return `requirement ${record.id} is of chapter ${record.chapter}, which the header does not name`
      case 'scenario-start': {
        const scenario = this.#scenarios.get(record.id)
        if (!scenario) return `scenario ${record.id} was never planned`
        if (scenario.start) return `scenario ${record.id} starts twice`
        scenario.start = record
        if (this.requirements.some(({ id }) => id === scenario.requirement)) return undefined
        return `scenario ${record.id} is of requirement ${scenario.requirement}, which is not in the log`
      }
      case 'step': {
        const scenario = this.#underWay(record.scenario)
        if (!scenario) return `a step of scenario ${record.scenario}, which is not under way`
        scenario.steps.push(record)
        return undefined
      }
      case 'scenario-end': {
        const scenario = this.#underWay(record.id)
        if (!scenario) return `the end of scenario ${record.id}, which is not under way`
        scenario.end = record
        return undefined
      }
      case 'footer':
        this.footer = record
        return this.#miscounted(record)
    }
  }

  #underWay(id: string): ScenarioLog | undefined {
    const scenario = this.#scenarios.get(id)
    return scenario?.start && !scenario.end ? scenario : undefined
  }

  #miscounted({ planned, run, lost, verdicts }: Footer): string | undefined {
    const told = inWords({ planned, run, lost, verdicts })
    const counted = inWords(this.counts)
    return told === counted ? undefined : `the footer counts ${told}; the records before it are ${counted}`
  }
}

function inWords({ planned, run, lost, verdicts }: Counts): string {
  const each = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`)
  return [`${planned} planned`, `${run} run`, `${lost} lost`, ...each.sort()].join(', ')
}
