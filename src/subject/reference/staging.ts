/**
 * Staging a race: a runtime is brought once more to where the scenario stands, actors perform their programs
 * from there, and what came of it is looked at.
 *
 * The same for an explorer's memory and for one that real threads share. The scenario itself is not touched.
 */
import type { RaceAnswer, RaceOutcome } from '../../protocol/messages.ts'
import type { Query } from '../../protocol/states.ts'
import type { Program } from '../../protocol/vocabulary.ts'
import type { CodeSettings } from '../../runtime/bytecode/copies/settings.ts'
import { Runtime } from '../../runtime/interpreter/runtime.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import type { Address, Memory } from '../../runtime/memory/memory.ts'
import { Actor, type Surroundings } from './actor.ts'
import type { Holdings } from './holdings.ts'
import { NamedMemory } from './named-memory.ts'
import { observe } from './observe.ts'
import { refusalOf } from './refusals.ts'
import type { Note } from './trace.ts'

/** An operation that came to its end. */
export interface Done {
  readonly actor: string
  readonly op: string
  readonly args: Record<string, unknown>
}

/** Where a scenario stands: who acts in it, and what they did to get there. */
export interface Standing {
  readonly actors: readonly string[]
  readonly steps: readonly Done[]
  /** What its process was told when it started; as if nothing was, if absent. */
  readonly settings?: CodeSettings
}

/** Bytes of the memory: what the longest scenario before a race uses, many times. */
export const BYTES = 1024 * 1024

/** What the actors start from. */
export interface Scene {
  readonly runtime: Runtime
  readonly named: NamedMemory
  readonly actors: ReadonlyMap<string, Actor>
}

/** What an actor's program comes to. */
export interface Played {
  readonly answers: readonly RaceAnswer[]
  readonly notes: readonly Note[]
}

/** In what a race ended. */
export type Ending = Pick<RaceOutcome, 'answers' | 'states'>

/**
 * Brings a runtime to where the scenario stands.
 *
 * @param memory of zeros.
 * @param holdings where it is written down what the actors hold, if anybody wants to know.
 */
export function sceneOf(memory: Memory, { actors: names, steps, settings }: Standing, holdings?: Holdings): Scene {
  const runtime = Runtime.create(memory, BYTES, settings)
  const named = new NamedMemory(runtime)
  const note = (note: Note): void => {
    take(named, note)
    write(holdings, note)
  }
  const surroundings = (name: string) => ({ note, unchecked: memory, ...around(holdings, name) })
  const actors = new Map(names.map((name) => [name, new Actor(name, runtime, runtime.createOsThread(), surroundings(name))]))
  for (const [name, { os }] of actors) note({ did: 'name', key: `actor ${name}`, at: os.address })
  named.give('interpreter main', runtime.createInterpreter(sleeper(runtime, runtime.createOsThread())).address)
  for (const actor of actors.values()) actor.names = named.names
  for (const { actor, op, args } of steps) {
    if ('finalizer' in args) for (const each of actors.values()) each.programs.push(args.finalizer as Program)
    ;(actors.get(actor) as Actor).perform(op as never, args)
  }
  return { runtime, named, actors }
}

/**
 * Performs a program as that actor would, who learns nothing of it.
 *
 * @param runtime in which that is done: the actor's own, or another that was brought to the same point.
 * @throws whatever is no refusal: the runtime's own failure, or the explorer's way to interrupt.
 */
export function play(actor: Actor, program: Program, { runtime = actor.runtime, holdings, elapse }: Where = {}): Played {
  const notes: Note[] = []
  const note = (note: Note): void => {
    notes.push(note)
    write(holdings, note)
  }
  const twin = actor.again({ note, unchecked: runtime.memory, ...(elapse && { elapse }), ...around(holdings, actor.name) }, runtime)
  const answers = program.map(({ op, args = {} }): RaceAnswer => {
    try {
      return { facts: twin.perform(op as never, args) }
    } catch (error) {
      const { code, message } = refusalOf(error)
      if (code === 'died' || code === 'corrupted') throw error
      return { refused: code, message }
    }
  })
  return { answers, notes }
}

interface Where {
  readonly runtime?: Runtime
  readonly holdings?: Holdings
  /** Moves the clock by so many microseconds, if it can be moved. */
  readonly elapse?: (microseconds: number) => void
}

/** What came of the race, in the order of these actors, and what these states are now. */
export function endingOf(scene: Scene, played: ReadonlyMap<string, Played>, queries: readonly Query[]): Ending {
  const named = after(scene, [...played.values()])
  return {
    answers: Object.fromEntries([...played].map(([name, { answers }]) => [name, [...answers]])),
    states: queries.map((query) => observe(named, query, () => ({ parked: null }))),
  }
}

const around = (holdings: Holdings | undefined, actor: string): Pick<Surroundings, 'around'> =>
  holdings ? { around: (op, args, perform) => holdings.around(actor, op, args, perform) } : {}

/** Writes down where something lies that was just given a name. */
function write(holdings: Holdings | undefined, note: Note): void {
  if (!holdings || note.did !== 'name') return
  const space = note.key.indexOf(' ')
  holdings.named(note.key.slice(0, space), note.key.slice(space + 1), note.at)
}

/** The names once the race is over, and what was freed. */
function after({ runtime, named }: Scene, played: readonly Played[]): NamedMemory {
  const then = new NamedMemory(runtime)
  for (const [key, address] of named.namings) then.give(key, address)
  for (const [name, times] of named.finalizations) then.finalizations.set(name, times)
  for (const { notes } of played) for (const note of notes) take(then, note)
  for (const kind of ['object', 'block'] as const) {
    for (const [name, address] of then.all(kind)) {
      // Its memory may be somebody else's by now.
      const lives = runtime.arena.isInUse(address) && runtime.arena.nameAt(address) === kind && then.nameAt(kind, address) === name
      if (!lives) then.freed.add(`${kind} ${name}`)
    }
  }
  return then
}

function take(named: NamedMemory, note: Note): void {
  if (note.did === 'name') named.give(note.key, note.at)
  else if (note.event.event === 'finalized') {
    const object = named.nameAt('object', note.event.address as Address)
    if (object !== null) named.finalizations.set(object, (named.finalizations.get(object) ?? 0) + 1)
  }
}
