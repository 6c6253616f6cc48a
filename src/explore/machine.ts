/**
 * The machine: all threads over one memory, advanced step by step and taken back again.
 *
 * A step is one operation of one thread, with everything that rides along: the thread's operations
 * after it that no other thread can tell apart from happening at once. Between two steps every
 * thread stands before an operation, sleeps, or has ended.
 *
 * What can be done in a state is a set of choices: bits of one number. A choice says which thread
 * does what.
 */
import { Cells } from './cells.ts'
import { Clocks } from './clocks.ts'
import { Contention } from './contention.ts'
import { Direct } from './direct.ts'
import { Discovery, MOST_RIDERS } from './discovery.ts'
import { ExploredMemory } from './explored-memory.ts'
import { Fault, RAN_ON, SOUND, THREW } from './faults.ts'
import { CODE, FIRST, Histories, NONE, type Node, OPERATION, SECOND, WORD } from './histories.ts'
import { CLOCK, DEADLINE, MOST_THREADS, NODE, SLEEPERS, TIMEOUTS } from './layout.ts'
import {
  CHANGED,
  END,
  EXPECT,
  FAIL,
  FILL,
  FOR_EVER,
  GET,
  NOTIFY,
  NOW,
  OPERATIONS,
  PAUSE,
  SET,
  TIMED_OUT,
  TRAITS,
  WAIT,
  WOKEN,
} from './operations.ts'
import { Performer } from './performer.ts'
import { type Run, Runner } from './runner.ts'
import { append, first as firstAsleep, isAsleep, NOBODY, remove, rest } from './sleepers.ts'
import { FREE, HELD, Spinning } from './spinning.ts'
import type { Onlooker } from './watch.ts'
import { Words } from './words.ts'

/** A choice: what is done, shifted by this many bits, and the thread. */
const THREAD_BITS = 2
/** The thread performs the operation that it stands before. */
export const PERFORM = 0
/** The thread spins through all rounds that show it nothing new: it is about to give up. */
export const SPIN = 1
/** The thread's sleep times out. */
export const TIME_OUT = 2
/** Choices are smaller than this. */
export const CHOICES = 3 << THREAD_BITS

export const choice = (what: number, thread: number): number => (what << THREAD_BITS) | thread
export const threadOf = (choice: number): number => choice & (MOST_THREADS - 1)
export const whatOf = (choice: number): number => choice >> THREAD_BITS

/** How a program is run, apart from the order. What a schedule means depends on it. */
export interface Setting {
  /** Whether every access is a step of its own. Else plain ones ride along. */
  readonly everyAccess: boolean
  /**
   * Whether the clock may move while threads can run. Then looking at it is a step, and a sleep whose time has come
   * ends at any moment from then on: who was woken by the clock goes on no sooner than anybody else.
   */
  readonly movingClock: boolean
  /** How many sleeps may time out although others can run. */
  readonly timeouts: number
}

export class Machine {
  readonly words: Words
  readonly cells: Cells
  readonly histories: Histories
  readonly memory: ExploredMemory
  readonly fault = new Fault()
  readonly contention: Contention
  readonly performer: Performer
  readonly setting: Setting
  readonly threads: number
  readonly #direct: Direct
  readonly #runner: Runner
  readonly #discovery: Discovery
  readonly #spinning: Spinning
  readonly #clocks: Clocks | undefined
  readonly #rides: Uint8Array
  /** Threads woken in this step, as `sleepers.ts` keeps them: they go on when the waker is done. */
  #woken = NOBODY

  /**
   * @param bytes of the memory.
   * @param races whether data races are looked for.
   * @param seed of the fingerprints.
   */
  constructor(bytes: number, bodies: readonly Run[], setting: Setting, races: boolean, seed: number) {
    this.setting = setting
    this.threads = bodies.length
    this.words = new Words(seed)
    this.cells = new Cells(this.words, bytes)
    this.histories = new Histories(bodies.length)
    this.contention = new Contention(this.words)
    this.#clocks = races ? new Clocks(this.words, bodies.length, this.contention) : undefined
    this.#rides = riders(setting)
    this.performer = new Performer(this.words, this.cells, this.histories, this.fault, this.contention, this.#clocks)
    this.#runner = new Runner(this.cells, this.histories, bodies)
    this.#discovery = new Discovery(this.histories, this.performer, this.#runner, this.fault, this.#rides, this.contention)
    this.#spinning = new Spinning(this.words, this.histories, this.#runner)
    this.#direct = new Direct(this.words, this.cells)
    this.memory = new ExploredMemory(this.#direct)
    for (let thread = 0; thread < bodies.length; thread++) this.words.initialise(NODE + thread, this.histories.root(thread))
  }

  /** Ends the setup: from here on everything can be taken back. */
  seal(): void {
    this.cells.seal()
    this.memory.operator = this.#runner
  }

  /** Brings every thread to where it stands before its first step. */
  start(): void {
    for (let thread = 0; thread < this.threads && this.fault.kind === SOUND; thread++) this.#advance(thread, this.node(thread), 0)
  }

  /** The history of a thread, which ends before what it does next. */
  node(thread: number): Node {
    return this.words.values[NODE + thread] as Node
  }

  /** The word of the cell that the operation of a history is about; of a range, its first cell; zero if it is about none. */
  wordOf(node: Node): number {
    return this.histories.nodes[node + WORD] as number
  }

  /** The first cell that the operation of a history is about; zero if it is about none. */
  cellOf(node: Node): number {
    const operation = this.histories.operation(node)
    const word = this.wordOf(node)
    if (TRAITS[operation] === 0 && operation !== NOTIFY) return word
    return this.cells.cellAt(word)
  }

  /** The cells that a spinning thread watches. */
  watchedCells(thread: number): number[] {
    const words = this.#spinning.watched(thread, this.node(thread))
    // The clock is no cell: a thread may also spin until it moves.
    return words.filter((word) => word !== CLOCK).map((word) => this.cells.cellAt(word))
  }

  hasEnded(thread: number): boolean {
    return this.histories.operation(this.node(thread)) === END
  }

  isAsleep(thread: number): boolean {
    return isAsleep(this.words.values[SLEEPERS] as number, thread)
  }

  /** A set of bits, by choice: everything that may happen next. */
  choices(): number {
    const { values } = this.words
    const { nodes } = this.histories
    const sleepers = values[SLEEPERS] as number
    const clock = values[CLOCK] as number
    let choices = 0
    let timed = 0
    let due = 0
    for (let thread = 0; thread < this.threads; thread++) {
      const node = values[NODE + thread] as Node
      const operation = nodes[node + OPERATION] as number
      if ((operation & CODE) === END) continue
      if (sleepers !== NOBODY && isAsleep(sleepers, thread)) {
        if (nodes[node + SECOND] === FOR_EVER) continue
        const bit = 1 << choice(TIME_OUT, thread)
        timed |= bit
        if (this.setting.movingClock && (((values[DEADLINE + thread] as number) - clock) | 0) <= 0) due |= bit
      } else {
        const rounds = operation <= CODE ? FREE : this.#spinning.roundsAhead(thread, node)
        if (rounds !== HELD) choices |= 1 << choice(rounds === FREE ? PERFORM : SPIN, thread)
      }
    }
    if (timed === 0) return choices
    if ((values[TIMEOUTS] as number) < this.setting.timeouts) return choices | timed
    return (choices | due) === 0 ? this.#earliest(timed) : choices | due
  }

  /** Does what was chosen. What it did wrong is noted as a fault. */
  step(choice: number): void {
    const thread = threadOf(choice)
    const what = whatOf(choice)
    if (what === PERFORM) this.#perform(thread)
    else if (what === SPIN) this.#spin(thread)
    else this.#timeOut(thread)
  }

  /** Where `rewind` goes back to. */
  mark(): number {
    return this.words.mark()
  }

  /** Takes back every step since the mark. */
  rewind(mark: number): void {
    this.words.rewind(mark)
    this.fault.clear()
  }

  /** Takes back every step since the mark, and forgets the mark. */
  drop(mark: number): void {
    this.words.drop(mark)
    this.fault.clear()
  }

  /** Runs an observer, whose writes are taken back. @param onlooker is told what it looks at. */
  observe<T>(observer: () => T, onlooker?: Onlooker): T {
    const mark = this.words.mark()
    this.memory.operator = this.#direct
    this.#direct.onlooker = onlooker
    try {
      return observer()
    } finally {
      this.memory.operator = this.#runner
      this.#direct.onlooker = undefined
      this.words.drop(mark)
    }
  }

  #perform(thread: number): void {
    const node = this.node(thread)
    const operation = this.histories.operation(node)
    let result = this.performer.perform(thread, node)
    if (this.fault.kind !== SOUND) return
    if (operation === WAIT) {
      const { nodes } = this.histories
      const timeout = nodes[node + SECOND] as number
      if (result === nodes[node + FIRST] && timeout !== 0) {
        this.#sleep(thread, timeout)
        return
      }
      result = result === nodes[node + FIRST] ? TIMED_OUT : CHANGED
    }
    if (operation === NOTIFY) this.#wake(thread, node)
    this.#advance(thread, node, result)
    for (; this.#woken !== NOBODY; this.#woken = rest(this.#woken)) {
      const sleeper = firstAsleep(this.#woken)
      if (this.fault.kind === SOUND) this.#advance(sleeper, this.node(sleeper), WOKEN)
    }
  }

  /** Goes on from an operation that had such a result, through what rides along, to the next step. */
  #advance(thread: number, node: Node, result: number): void {
    const { histories } = this
    let at = node
    let outcome = result
    for (let riders = 0; ; riders++) {
      const child = histories.child(at, outcome)
      if (child === NONE) {
        at = this.#discovery.extend(thread, at, outcome)
        break
      }
      at = child
      if (this.contention.rides(histories.nodes[child + OPERATION] as number, this.wordOf(child))) this.contention.ride()
      else if (this.#rides[histories.operation(child)] === 0) break
      if (riders > MOST_RIDERS) this.fault.note(RAN_ON, thread, child)
      outcome = this.performer.perform(thread, child)
      if (this.fault.kind !== SOUND) break
    }
    this.words.write(NODE + thread, at)
    if (histories.operation(at) === FAIL) this.fault.note(THREW, thread, at)
  }

  /** Lets a thread go through the rounds of its spin that show it nothing new. */
  #spin(thread: number): void {
    let rounds = this.#spinning.roundsAhead(thread, this.node(thread))
    while (rounds > 0) {
      const node = this.node(thread)
      this.#advance(thread, node, this.performer.perform(thread, node))
      if ((this.histories.nodes[this.node(thread)] as number) > CODE) rounds -= 1
    }
  }

  #sleep(thread: number, timeout: number): void {
    const { words } = this
    words.write(SLEEPERS, append(words.values[SLEEPERS] as number, thread))
    if (timeout !== FOR_EVER) words.write(DEADLINE + thread, ((words.values[CLOCK] as number) + timeout) | 0)
  }

  #wakeUp(thread: number): void {
    const { words } = this
    words.write(SLEEPERS, remove(words.values[SLEEPERS] as number, thread))
    words.write(DEADLINE + thread, 0)
  }

  #wake(waker: number, node: Node): void {
    const { nodes } = this.histories
    const word = nodes[node + WORD] as number
    let count = nodes[node + FIRST] as number
    for (let left = this.words.values[SLEEPERS] as number; left !== NOBODY && count > 0; left = rest(left)) {
      const thread = firstAsleep(left)
      if (nodes[this.node(thread) + WORD] !== word) continue
      this.#wakeUp(thread)
      this.#clocks?.wokenBy(waker, thread)
      this.#woken = append(this.#woken, thread)
      count -= 1
    }
    this.#clocks?.wakes(waker)
  }

  #timeOut(thread: number): void {
    const { words } = this
    const deadline = words.values[DEADLINE + thread] as number
    if (((deadline - (words.values[CLOCK] as number)) | 0) > 0) words.write(CLOCK, deadline)
    if (this.setting.timeouts > 0) words.write(TIMEOUTS, (words.values[TIMEOUTS] as number) + 1)
    this.#wakeUp(thread)
    this.#advance(thread, this.node(thread), TIMED_OUT)
  }

  /** Of the choices to let a sleep time out, those whose time comes first. */
  #earliest(timed: number): number {
    const { values } = this.words
    const clock = values[CLOCK] as number
    const due = (thread: number) => ((values[DEADLINE + thread] as number) - clock) | 0
    let earliest = 0
    let first = Infinity
    for (let thread = 0; thread < this.threads; thread++) {
      const bit = 1 << choice(TIME_OUT, thread)
      if ((timed & bit) === 0 || due(thread) > first) continue
      earliest = due(thread) < first ? bit : earliest | bit
      first = due(thread)
    }
    return earliest
  }
}

/** By operation: whether it happens in one step with the operation before it. */
function riders({ everyAccess, movingClock, timeouts }: Setting): Uint8Array {
  const rides = new Uint8Array(OPERATIONS)
  for (const operation of [PAUSE, EXPECT]) rides[operation] = 1
  if (!everyAccess) for (const operation of [GET, SET, FILL]) rides[operation] = 1
  if (!movingClock && timeouts === 0) rides[NOW] = 1
  return rides
}
