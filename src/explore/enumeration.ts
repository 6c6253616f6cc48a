/**
 * Plain enumeration of a small program's schedules: the explorer's measure.
 *
 * It shares nothing with the explorer but the meaning of the operations. It interprets the
 * statements itself, copies the whole state for every step, knows no visited states, and finds data
 * races by keeping for every access the set of all that happened before it.
 */
import { aboutOf, CELLS, movesClock, type RandomProgram, type Statement } from './random-program.ts'

/** What came of a program. */
export interface Enumerated {
  /** Outcomes, and failures by kind and what they are about. */
  readonly outcomes: Set<string>
  readonly failures: Set<string>
  schedules: number
}

interface Thread {
  readonly at: number
  readonly results: readonly unknown[]
  /** Pauses of the spin that it is in. */
  readonly pauses: number
  /** Whether its last operation was a pause. */
  readonly paused: boolean
  /** What it did since its last pause, and what it did before that pause since the one before. */
  readonly trail: readonly string[]
  readonly earlier: readonly string[]
  /** What it last saw in each cell, or left there, since its last pause, and before that. */
  readonly seen: ReadonlyMap<number, number>
  readonly remembered: ReadonlyMap<number, number>
  readonly asleep: boolean
  readonly deadline: number
  /** The accesses that happened before whatever it does next. */
  readonly before: bigint
}

interface State {
  readonly cells: readonly number[]
  readonly freed: readonly boolean[]
  /** What an acquiring load of each cell makes known. */
  readonly released: readonly bigint[]
  readonly threads: readonly Thread[]
  /** The longest asleep first. */
  readonly sleepers: readonly number[]
  readonly clock: number
  readonly timedOut: number
  readonly accesses: readonly Access[]
}

interface Access {
  readonly thread: number
  readonly cell: number
  readonly plain: boolean
  readonly writes: boolean
}

/** A failure, thrown out of a step. */
class Failed {
  readonly message: string
  constructor(message: string) {
    this.message = message
  }
}

/** The state that a step leads to, or how it failed. */
function tried(step: () => State): State | Failed {
  try {
    return step()
  } catch (error) {
    if (error instanceof Failed) return error
    throw error
  }
}

/** What an operation is. */
const KINDS = {
  load: 'r a',
  loadAcquire: 'r a',
  loadRelaxed: 'r',
  get: 'r p',
  store: 'w l',
  storeRelease: 'w l',
  storeRelaxed: 'w',
  set: 'w p',
  add: 'r w a l',
  or: 'r w a l',
  and: 'r w a l',
  exchange: 'r w a l',
  compareExchange: 'r w a l',
  failedExchange: 'r a',
  fill: 'w p',
  free: 'w p',
  wait: 'r a',
} as const

/** @returns undefined if there are more than `most` schedules. */
export function enumerate(program: RandomProgram, most: number): Enumerated | undefined {
  const enumeration = new Enumeration(program, most)
  enumeration.run()
  return enumeration.found.schedules > most ? undefined : enumeration.found
}

class Enumeration {
  readonly #program: RandomProgram
  readonly #most: number
  readonly found: Enumerated = { outcomes: new Set(), failures: new Set(), schedules: 0 }

  constructor(program: RandomProgram, most: number) {
    this.#program = program
    this.#most = most
  }

  run(): void {
    const zeros = Array<number>(CELLS).fill(0)
    const thread: Thread = {
      at: 0,
      results: [],
      pauses: 0,
      paused: false,
      trail: [],
      earlier: [],
      seen: new Map(),
      remembered: new Map(),
      asleep: false,
      deadline: -1,
      before: 0n,
    }
    const state: State = {
      cells: zeros,
      freed: zeros.map(() => false),
      released: zeros.map(() => 0n),
      threads: this.#program.threads.map(() => thread),
      sleepers: [],
      clock: 0,
      timedOut: 0,
      accesses: [],
    }
    this.#attempt(() => this.#program.threads.reduce((state, _, index) => this.#ride(state, index), state))
  }

  #attempt(step: () => State): void {
    if (this.found.schedules > this.#most) return
    const state = tried(step)
    if (!(state instanceof Failed)) this.#goOn(state)
    else {
      this.found.failures.add(state.message)
      this.found.schedules += 1
    }
  }

  #goOn(state: State): void {
    const { threads, clock } = state
    const all = threads.keys().toArray()
    const open = all.filter((index) => this.#statement(state, index) !== undefined)
    const timed = open.filter((index) => thread(state, index).asleep && thread(state, index).deadline >= 0)
    const steps = open.flatMap((index): (() => State)[] => {
      if (thread(state, index).asleep) return []
      const rounds = this.#roundsAhead(state, index)
      if (rounds === 0) return [() => this.#step(state, index)]
      return rounds === Infinity ? [] : [() => this.#spin(state, index, rounds)]
    })
    const mayTimeOut = state.timedOut < this.#program.timeouts
    const earliest = Math.min(...timed.map((index) => thread(state, index).deadline))
    const over = movesClock(this.#program) ? timed.filter((index) => thread(state, index).deadline <= clock) : []
    const first = steps.length + over.length > 0 ? over : timed.filter((index) => thread(state, index).deadline === earliest)
    for (const index of mayTimeOut ? timed : first) {
      steps.push(() => {
        const { deadline } = thread(state, index)
        const late = { ...this.#wake(state, index), clock: Math.max(clock, deadline), timedOut: state.timedOut + 1 }
        return this.#ride(this.#result(late, index, 'timed out'), index)
      })
    }
    if (steps.length > 0) {
      for (const step of steps) this.#attempt(step)
      return
    }
    if (open.length === 0) this.found.outcomes.add(JSON.stringify([state.cells, ...threads.map(({ results }) => results)]))
    else {
      const kind = open.every((index) => thread(state, index).asleep) ? 'deadlock' : 'livelock'
      this.found.failures.add(`${kind}: ${kind}`)
    }
    this.found.schedules += 1
  }

  #statement(state: State, index: number): Statement | undefined {
    return this.#program.threads[index]?.[thread(state, index).at]
  }

  /** Rounds ahead of a thread that repeat what it did before its pause, as long as nothing changes that it looks at. */
  #roundsAhead(state: State, index: number): number {
    const { paused, remembered, earlier } = thread(state, index)
    if (!paused) return 0
    // As if it were alone, and everything held what the thread last saw there.
    const cells = state.cells.map((value, cell) => remembered.get(cell) ?? value)
    const clock = remembered.get(CLOCK) ?? state.clock
    let alone: State = {
      ...change(state, index, { seen: remembered, asleep: false }),
      cells,
      clock,
      freed: cells.map(() => false),
      accesses: [],
    }
    let rounds = 0
    for (let before = 0; ; ) {
      if (this.#statement(alone, index) === undefined) return rounds
      const present = alone
      const next = tried(() => this.#step(present, index))
      if (next instanceof Failed) return rounds
      alone = next
      const { trail, paused, earlier: round, asleep } = thread(alone, index)
      const done = paused ? round : trail
      const silent = !asleep && alone.cells.every((value, cell) => value === cells[cell])
      const looked = done.slice(before).every((look) => look.startsWith('r') && remembered.has(Number(look.split(' ')[2])))
      if (!silent || !looked) return rounds
      before = paused ? 0 : trail.length
      if (!paused) continue
      if (round.length === 0 || earlier.slice(-round.length).join() !== round.join()) return rounds
      if (rounds === 0 && this.#hasChanged(state, round)) return 0
      rounds += 1
      if (rounds === MOST) return Infinity
      alone = change(alone, index, { seen: remembered })
    }
  }

  /** Whether a cell that a round looked at holds something else than it saw. */
  #hasChanged(state: State, round: readonly string[]): boolean {
    return round.some((look) => {
      const [, , cell, , saw] = look.split(' ').map(Number)
      return (cell === CLOCK ? state.clock : state.cells[cell as number]) !== saw
    })
  }

  #spin(state: State, index: number, rounds: number): State {
    let after = state
    for (let round = 0; round < rounds; round++) {
      do after = this.#step(after, index)
      while (!thread(after, index).paused)
    }
    return after
  }

  /** One operation that others can tell from its neighbours, and whatever follows from it. */
  #step(state: State, index: number): State {
    const statement = this.#statement(state, index) as Statement
    if (statement.do === 'now') return this.#ride(this.#result(this.#saw(state, index), index, state.clock), index)
    if (statement.do === 'elapse') {
      const moved = note({ ...state, clock: state.clock + statement.by }, index, 'elapse')
      return this.#ride(this.#result(moved, index, null), index)
    }
    if (statement.do === 'notify') return this.#notify(state, index, statement.cell, statement.count)
    if (statement.do === 'fill') {
      const range = Array.from({ length: statement.cells }, (_, offset) => statement.cell + offset)
      const filled = range.reduce((state, cell) => this.#access(state, index, cell, 'fill', statement.value), state)
      return this.#ride(this.#result(forget(filled, index), index, null), index)
    }
    if (statement.do === 'wait') return this.#wait(state, index, statement)
    if (statement.do === 'spin') return this.#look(state, index, statement)
    if (statement.do === 'free' || statement.do === 'unless') throw new Error('these ride along')
    const before = state.cells[statement.cell] as number
    const { value } = statement
    const kind = statement.do === 'compareExchange' && before !== statement.expected ? 'failedExchange' : statement.do
    const values: Partial<Record<keyof typeof KINDS, number>> = { add: (before + value) | 0, or: before | value, and: before & value }
    const wrote = KINDS[kind].includes('w') ? (values[kind] ?? value) : before
    const operands = statement.do === 'compareExchange' ? `${statement.expected}/${value}` : KINDS[kind].includes('w') ? `${value}` : '-'
    const accessed = this.#access(state, index, statement.cell, kind, wrote, operands)
    return this.#ride(this.#result(accessed, index, KINDS[kind].includes('r') ? before : null), index)
  }

  #look(state: State, index: number, { cell, value, pauses }: Extract<Statement, { do: 'spin' }>): State {
    const looked = this.#access(state, index, cell, 'load', state.cells[cell] as number)
    if (state.cells[cell] === value) return this.#ride(this.#result(looked, index, true), index)
    const { pauses: soFar, seen, trail } = thread(looked, index)
    if (soFar === pauses) return this.#ride(this.#result(looked, index, false), index)
    return change(looked, index, { pauses: soFar + 1, paused: true, remembered: seen, seen: new Map(), earlier: trail, trail: [] })
  }

  #wait(state: State, index: number, { cell, expected, timeout }: Extract<Statement, { do: 'wait' }>): State {
    const looked = forget(this.#access(state, index, cell, 'wait', state.cells[cell] as number), index)
    if (state.cells[cell] !== expected) return this.#ride(this.#result(looked, index, 'changed'), index)
    if (timeout === 0) return this.#ride(this.#result(looked, index, 'timed out'), index)
    const asleep = change(looked, index, { asleep: true, deadline: timeout === undefined ? -1 : state.clock + timeout })
    return { ...asleep, sleepers: [...state.sleepers, index] }
  }

  #notify(state: State, index: number, cell: number, count: number): State {
    const woken = state.sleepers.filter((sleeper) => (this.#statement(state, sleeper) as { cell: number }).cell === cell).slice(0, count)
    let after = note(state, index, 'notify')
    for (const sleeper of woken) {
      after = change(this.#wake(after, sleeper), sleeper, { before: thread(after, sleeper).before | thread(after, index).before })
    }
    after = this.#ride(this.#result(after, index, null), index)
    for (const sleeper of woken) after = this.#ride(this.#result(after, sleeper, 'woken'), sleeper)
    return after
  }

  #wake(state: State, index: number): State {
    return { ...change(state, index, { asleep: false, deadline: -1 }), sleepers: state.sleepers.filter((sleeper) => sleeper !== index) }
  }

  /** Statements that concern nobody else happen at once. */
  #ride(state: State, index: number): State {
    let after = state
    for (;;) {
      const statement = this.#statement(after, index)
      if (statement?.do === 'unless') {
        const { at, results } = thread(after, index)
        after = change(after, index, { at: at + (results.at(-1) === statement.value ? 1 : 2) })
      } else if (statement?.do === 'free') {
        const { cell } = statement
        if (after.freed[cell]) throw new Failed(`freed twice: ${aboutOf(cell)}`)
        const value = after.cells[cell] as number
        after = note(this.#access(after, index, cell, 'free', value), index, 'free')
        after = change({ ...after, freed: after.freed.with(cell, true) }, index, { at: thread(after, index).at + 1 })
      } else if (statement?.do === 'now' && this.#program.timeouts === 0 && !movesClock(this.#program)) {
        after = this.#result(this.#saw(after, index), index, after.clock)
      } else return after
    }
  }

  #result(state: State, index: number, result: unknown): State {
    const { at, results } = thread(state, index)
    return change(state, index, { at: at + 1, results: [...results, result], pauses: 0, paused: false })
  }

  /** A thread looks at the clock. */
  #saw(state: State, index: number): State {
    const { seen } = thread(state, index)
    const noted = note(state, index, `r now ${CLOCK} - ${state.clock}`)
    return seen.has(CLOCK) ? noted : change(noted, index, { seen: new Map(seen).set(CLOCK, state.clock) })
  }

  #access(state: State, index: number, cell: number, kind: keyof typeof KINDS, value: number, operands = '-'): State {
    const traits = KINDS[kind]
    const writes = traits.includes('w')
    const plain = traits.includes('p')
    if (state.freed[cell]) throw new Failed(`use after free: ${aboutOf(cell)}`)
    const { before, seen } = thread(state, index)
    const known = traits.includes('a') ? before | (state.released[cell] as bigint) : before
    for (const [number, other] of state.accesses.entries()) {
      const conflict = other.thread !== index && other.cell === cell && (other.plain || plain) && (other.writes || writes)
      if (conflict && ((known >> BigInt(number)) & 1n) === 0n) throw new Failed(`race: ${aboutOf(cell)}`)
    }
    const after = known | (1n << BigInt(state.accesses.length))
    const found = state.cells[cell] as number
    const look = value === found && kind !== 'wait' && kind !== 'fill' ? 'r' : 'w'
    const operation = kind === 'failedExchange' ? 'compareExchange' : kind
    const noted = note(state, index, `${look} ${operation} ${cell} ${operands} ${found}`)
    return {
      ...change(noted, index, { before: after, seen: new Map(seen).set(cell, value) }),
      cells: state.cells.with(cell, value),
      released: writes ? state.released.with(cell, traits.includes('l') ? after : 0n) : state.released,
      accesses: [...state.accesses, { thread: index, cell, plain, writes }],
    }
  }
}

/** Stands for the clock where cells do. */
const CLOCK = -1
/** Rounds alike that have no end. */
const MOST = 10

const thread = (state: State, index: number): Thread => state.threads[index] as Thread

const change = (state: State, index: number, by: Partial<Thread>): State => ({
  ...state,
  threads: state.threads.with(index, { ...thread(state, index), ...by }),
})

/** A thread did something: it is not right after a pause any more. */
const note = (state: State, index: number, what: string): State =>
  change(state, index, { trail: [...thread(state, index).trail, what], paused: false })

/** A thread did something after which it does not know what cells hold. */
const forget = (state: State, index: number): State => change(state, index, { trail: ['forgot'], seen: new Map() })
