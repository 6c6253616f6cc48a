/**
 * Measures one thing against another in turn, round by round, so that a machine that grows slower
 * meanwhile slows both: what is quoted is the ratio, the median of the rounds' own or that of the fastest.
 */

/** Something measured: what it costs per operation, and against what. */
export interface Result {
  readonly name: string
  /** What it is compared with. */
  readonly against: string
  /** Nanoseconds per operation. */
  readonly nanoseconds: number
  readonly floor: number
  readonly ratio: number
  /** The ratio that was promised, if any. */
  readonly bar?: Bar
}

export interface Bar {
  readonly is: 'at most' | 'at least'
  readonly value: number
}

/** Runs so many operations. */
export type Run = (operations: number) => void

const ROUNDS = 9
/** A round should take about as long, in milliseconds. */
const ROUND = 40

export function compare(name: string, run: Run, against: string, floor: Run, bar?: Bar): Result {
  const operations = calibrate(run)
  const floorOperations = calibrate(floor)
  const rounds = Array.from({ length: ROUNDS }, () => ({
    nanoseconds: time(run, operations),
    floor: time(floor, floorOperations),
  }))
  return summarize(name, against, rounds, bar)
}

/** As `compare`, for what is measured otherwise: rounds of nanoseconds per operation. */
export function summarize(name: string, against: string, rounds: readonly { nanoseconds: number; floor: number }[], bar?: Bar): Result {
  return {
    name,
    against,
    nanoseconds: median(rounds.map((round) => round.nanoseconds)),
    floor: median(rounds.map((round) => round.floor)),
    ratio: median(rounds.map((round) => round.nanoseconds / round.floor)),
    ...(bar ? { bar } : {}),
  }
}

/**
 * As `summarize`, of many short rounds: the ratio of the fastest. Whatever else the machine does only ever makes a round slower, so
 * what the fastest of many took is what the thing itself takes.
 */
export function fastest(name: string, against: string, rounds: readonly { nanoseconds: number; floor: number }[], bar?: Bar): Result {
  const nanoseconds = Math.min(...rounds.map((round) => round.nanoseconds))
  const floor = Math.min(...rounds.map((round) => round.floor))
  return { name, against, nanoseconds, floor, ratio: nanoseconds / floor, ...(bar ? { bar } : {}) }
}

export const meets = ({ ratio, bar }: Result): boolean => !bar || (bar.is === 'at most' ? ratio <= bar.value : ratio >= bar.value)

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[sorted.length >> 1] as number
}

/** How many operations a round takes; running them also warms the code up. */
function calibrate(run: Run): number {
  for (let operations = 1000; ; operations *= 2) {
    const started = performance.now()
    run(operations)
    if (performance.now() - started > ROUND / 2) return operations
  }
}

function time(run: Run, operations: number): number {
  const started = performance.now()
  run(operations)
  return ((performance.now() - started) * 1e6) / operations
}
