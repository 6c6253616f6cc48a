/** The explorer on the stack of three threads, and the same bodies on real workers that take turns. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { treiber } from '../explore/classics.ts'
import { explore } from '../explore/explore.ts'
import { Random } from '../explore/random.ts'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'
import { ARRIVED, type Gate, GO, LEFT } from './gates.ts'
import { type Result, summarize } from './measure.ts'

const THREADS = 3
const ROUNDS = 5
/** Steps of the gated workers in a round. */
const GATED_STEPS = 5000
/** Cells of the stack that a schedule begins with at zero. */
const BYTES = 4096
const NANOSECONDS = 1e9

const WITHOUT = 800_000
const WITH = 500_000
/** In seconds: for every schedule, with the detector. */
const COMPLETE = 3

export async function exploring(): Promise<Result[]> {
  const gated = await Gated.start()
  const rounds = []
  // The first warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    rounds.push({ bare: searched(false), checked: searched(true), gated: gated.steps(GATED_STEPS, round) })
  }
  await gated.end()
  const measured = rounds.slice(1)
  const perStep = NANOSECONDS
  const rate = (name: string, of: 'bare' | 'checked', steps: number): Result =>
    summarize(
      name,
      `${steps.toLocaleString('en')} a second`,
      // As often as was promised: the ratio of the times, turned round.
      measured.map((round) => ({ nanoseconds: perStep / steps, floor: round[of].nanoseconds })),
      { is: 'at least', value: 1 },
    )
  const against = (name: string, of: 'bare' | 'checked'): Result =>
    summarize(
      name,
      'a step of real workers that take turns',
      measured.map((round) => ({ nanoseconds: round.gated, floor: round[of].nanoseconds })),
    )
  return [
    rate('steps explored without the race detector', 'bare', WITHOUT),
    rate('steps explored with the race detector', 'checked', WITH),
    summarize(
      'the stack of three threads, every schedule',
      `${COMPLETE} s`,
      measured.map((round) => ({ nanoseconds: round.checked.whole, floor: COMPLETE * NANOSECONDS })),
      { is: 'at most', value: 1 },
    ),
    against('steps explored without the race detector, as many times as fast', 'bare'),
    against('steps explored with the race detector, as many times as fast', 'checked'),
  ]
}

/** Nanoseconds of every schedule, and per step. */
function searched(races: boolean): { readonly whole: number; readonly nanoseconds: number } {
  const started = performance.now()
  const { steps, complete, failure } = explore(treiber(THREADS), { races, everyAtomic: true })
  if (!complete) throw new Error(`the stack was not explored completely: ${failure?.message}`)
  const whole = ((performance.now() - started) / 1000) * NANOSECONDS
  return { whole, nanoseconds: whole / steps }
}

/** Real workers, of which one at a time goes on, drawn by lot. */
class Gated {
  readonly #workers: readonly Worker[]
  readonly #memory: SharedMemory
  readonly #turns: SharedMemory

  constructor(workers: readonly Worker[], shared: SharedArrayBuffer, gates: SharedArrayBuffer) {
    this.#workers = workers
    this.#memory = new SharedMemory(shared)
    this.#turns = new SharedMemory(gates)
  }

  static async start(): Promise<Gated> {
    const shared = new SharedArrayBuffer(BYTES)
    const gates = new SharedArrayBuffer(BYTES)
    const workers = Array.from({ length: THREADS }, (_, thread) => {
      const workerData: Gate = { shared, gates, thread, threads: THREADS }
      return new Worker(new URL('./gated-worker.ts', import.meta.url), { workerData })
    })
    await Promise.all(workers.map((worker) => once(worker, 'message')))
    return new Gated(workers, shared, gates)
  }

  /** Runs schedules drawn by lot, at least so many steps. @returns nanoseconds per step. */
  steps(count: number, seed: number): number {
    const random = new Random(seed)
    const started = performance.now()
    let steps = 0
    while (steps < count) {
      this.#memory.fill(0, BYTES, 0)
      let open = (1 << THREADS) - 1
      for (let thread = 0; thread < THREADS; thread++) if (this.#letOn(thread) === LEFT) open &= ~(1 << thread)
      while (open !== 0) {
        const thread = random.bit(open)
        if (this.#letOn(thread) === LEFT) open &= ~(1 << thread)
        steps += 1
      }
    }
    return ((performance.now() - started) * 1e6) / steps
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  /** Lets a worker do its next operation. @returns where it stands then. */
  #letOn(thread: number): typeof ARRIVED | typeof LEFT {
    const turn = 64 * (1 + thread)
    const turns = this.#turns
    while (turns.load(turn) < ARRIVED) turns.wait(turn, GO)
    turns.store(turn, GO)
    turns.notify(turn, 1)
    for (;;) {
      const state = turns.load(turn)
      if (state === ARRIVED || state === LEFT) return state
      turns.wait(turn, GO)
    }
  }
}
