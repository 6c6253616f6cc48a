/**
 * What exploring came to: a line for each race, and what all of them are together. Nothing in it calls complete
 * what is not.
 */
import type { RaceResult } from '../protocol/messages.ts'
import { count } from '../verdict/count.ts'
import { EXIT, type ExitCode } from '../verdict/gate.ts'
import type { RaceParameters, RaceRun } from './race-runs.ts'

/**
 * What can be said of a race: that every order was tried and nothing was wrong, that every one was within the bound
 * that its scenario declares, or why not.
 */
type Standing = 'complete' | 'declared' | 'sampled' | 'bound' | 'budget' | 'size' | 'partly' | 'fail'

interface Counted {
  readonly standing: Standing
  readonly reply: Partial<RaceResult>
  readonly duration: number
  /** The bound within which it was tried. */
  readonly bound: number | undefined
}

const WIDTHS = [14, 10, 10, 12, 10, 10, 9] as const
const row = (cells: readonly string[]): string =>
  cells.map((cell, index) => (index === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[index] ?? 0))).join(' ')

export class ExploreTable {
  readonly head = row(['race', 'orders', 'states', 'steps', 'time', 'steps/s', 'verdict'])
  readonly #parameters: RaceParameters
  readonly #runs: Counted[] = []

  constructor(parameters: RaceParameters) {
    this.#parameters = parameters
  }

  /** Takes in what a race came to. What went wrong stands in lines below its own. */
  line(run: RaceRun): string {
    const { id, exchange, failure = '' } = run
    const reply: Partial<RaceResult> = exchange?.reply ?? {}
    const { schedules = 0, states, steps = 0 } = reply
    const duration = exchange?.duration ?? run.duration
    const bound = exchange?.request.bound
    const standing = standingOf(run, this.#parameters)
    this.#runs.push({ standing, reply, duration, bound })
    const told = standing === 'fail' ? `\n${failure.replace(/^/gm, '  ')}` : ''
    const time = `${duration.toFixed(0)} ms`
    return (
      row([
        id,
        number(schedules),
        states === undefined ? '-' : number(states),
        number(steps),
        time,
        number(speed(steps, duration)),
        verdictOf(standing, bound),
      ]) + told
    )
  }

  /** All races together, and whether every order was tried. */
  summary(): string {
    const sum = (of: (run: Counted) => number) => this.#runs.reduce((total, run) => total + of(run), 0)
    const steps = sum(({ reply }) => reply.steps ?? 0)
    const duration = sum((run) => run.duration)
    const orders = sum(({ reply }) => reply.schedules ?? 0)
    return [
      `${count(this.#runs.length, 'race')}, ${count(orders, 'order')}, ${count(steps, 'step')}, ${count(speed(steps, duration), 'step')} in a second`,
      this.#extent(),
    ].join('\n')
  }

  exitCode(): ExitCode {
    if (this.#count('fail') > 0) return EXIT.failed
    return this.#count('complete') + this.#count('declared') === this.#runs.length ? EXIT.well : EXIT.incomplete
  }

  #extent(): string {
    const { bound } = this.#parameters
    const [all, complete] = [this.#runs.length, this.#count('complete')]
    if (complete === all)
      return `Complete: every order of ${all === 1 ? 'it' : `all ${all}`} was tried${bound === undefined ? '' : `, bound ${bound} left nothing out`}.`
    const left = STANDINGS.map((standing) => ({ standing, count: this.#count(standing) })).filter(({ count }) => count > 0)
    const told = [...this.#declared(), ...left.map(({ standing, count }) => `${count} ${this.#words(standing)}`)]
    return `${left.length > 0 ? 'Not complete: every' : 'Every'} order of ${complete} of ${all} was tried; ${told.join(', ')}.`
  }

  /** What was tried within bounds that scenarios declare, bound by bound. */
  #declared(): string[] {
    const bounds = this.#runs.filter(({ standing }) => standing === 'declared').map(({ bound }) => bound as number)
    return [...new Set(bounds)]
      .sort((one, other) => one - other)
      .map((bound) => `${bounds.filter((one) => one === bound).length} within the declared bound ${bound}`)
  }

  #count(standing: Standing): number {
    return this.#runs.filter((run) => run.standing === standing).length
  }

  #words(standing: Exclude<Standing, 'complete' | 'declared'>): string {
    const { bound, sample, seed } = this.#parameters
    switch (standing) {
      case 'fail':
        return 'failed'
      case 'sampled':
        return `sampled, ${sample?.by === 'pct' ? `by priorities of depth ${sample.depth}` : 'any step equally likely'}, seed ${seed}`
      case 'bound':
        return `within bound ${bound} only`
      case 'budget':
        return 'until the budget was spent'
      case 'size':
        return 'too large'
      case 'partly':
        return 'in part'
    }
  }
}

/** Why not all was tried that was to be, in the order in which it is told. */
const STANDINGS = ['fail', 'sampled', 'bound', 'budget', 'size', 'partly'] as const

function verdictOf(standing: Standing, bound: number | undefined): string {
  if (standing === 'bound' || standing === 'declared') return `bound ${bound}`
  return standing === 'size' ? 'too large' : standing
}

function standingOf({ exchange, failure }: RaceRun, asked: RaceParameters): Standing {
  if (failure !== undefined || !exchange) return 'fail'
  const { how, complete, limitedBy } = exchange.reply
  if (how === 'sampled') return 'sampled'
  if (complete) return 'complete'
  return limitedBy === 'bound' && asked.bound === undefined ? 'declared' : (limitedBy ?? 'partly')
}

const number = (value: number): string => value.toLocaleString('en')

/** Steps in a second. */
const speed = (steps: number, milliseconds: number): number => (milliseconds > 0 ? Math.round((steps / milliseconds) * 1000) : 0)
