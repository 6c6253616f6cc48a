/**
 * The ledger: what a scenario's actors hold, as the suite counts it from the steps alone.
 *
 * It knows nothing of how the subject counts. At the end of a scenario everything in it is given
 * back; if the subject counted as the ledger did, nothing is left.
 */
import type { Event } from '../src/protocol/messages.ts'
import type { Program } from '../src/protocol/vocabulary.ts'

type Args = Record<string, unknown>

/** What one process holds. A fork's child begins with a copy. */
interface Holdings {
  /** References to mortal objects, whoever holds them, slots included. */
  readonly references: Map<string, bigint>
  readonly finalizers: Map<string, Program>
  readonly handlers: Map<string, Program>
  /** Objects and blocks in slots. */
  readonly slots: Map<string, string>
  /** Blocks that nobody has freed or retired. */
  readonly blocks: Set<string>
  readonly lists: Set<string>
  /** What somebody may sleep on. */
  readonly events: Set<string>
  readonly words: Set<string>
  /** Modules that programs ran in, and tools in use. */
  readonly modules: Set<string>
  readonly tools: Set<number>
  /** Worlds stopped, innermost last, and locks held: who, and how they are undone. */
  readonly stopped: { readonly actor: string; readonly scope: 'interpreter' | 'all' }[]
  readonly locks: { readonly actor: string; readonly op: Unlock; readonly args: Args }[]
  /** Thread states made for somebody that did not take them up. */
  readonly made: Set<string>
  /** Who may have a thread state. */
  readonly threads: Set<string>
}

type Unlock = 'mutex.unlock' | 'rwlock.unlock' | 'section.end'

export class Ledger {
  readonly #holdings = new Map<string, Holdings>()
  readonly #first = nothing()
  /** Arguments of the step that each actor is parked in. */
  readonly #parkedIn = new Map<string, Args>()
  #limited = false

  /** Whether allocations may be refused. */
  get limited(): boolean {
    return this.#limited
  }

  /** The holdings of every process, with the actors in it. */
  processes(): Map<Holdings, string[]> {
    const processes = new Map<Holdings, string[]>([[this.#first, []]])
    for (const [actor, holdings] of this.#holdings) processes.set(holdings, [...(processes.get(holdings) ?? []), actor])
    return processes
  }

  /** A step parked. How it ends is told later, without its arguments. */
  parked(actor: string, args: Args): void {
    this.#parkedIn.set(actor, args)
  }

  /** A step came to its end. */
  ended(actor: string, op: string, args: Args, facts: Args): void {
    const holdings = this.#of(actor)
    this.#enter(holdings, actor, op, args, facts)
    if (op === 'process.fork') this.#holdings.set(args.child as string, copied(holdings, actor, args.child as string))
    if (op === 'memory.limit') this.#limited = args.allocations !== null
  }

  /** Something happened: a finalizer or a handler ran, a parked step came to its end. */
  happened(event: Event): void {
    const holdings = this.#of(event.actor)
    if (event.event === 'finalized' && event.object) this.#ran(holdings, event.actor, holdings.finalizers.get(event.object))
    if (event.event === 'served' && event.request)
      this.#ran(holdings, event.actor, holdings.handlers.get(`${event.actor} ${event.request}`))
    if (event.event === 'resumed' && event.op) this.ended(event.actor, event.op, this.#parkedIn.get(event.actor) ?? {}, event.facts ?? {})
  }

  #of(actor: string): Holdings {
    const holdings = this.#holdings.get(actor) ?? this.#first
    this.#holdings.set(actor, holdings)
    return holdings
  }

  #ran(holdings: Holdings, actor: string, program: Program = []): void {
    for (const { op, args } of program) this.#enter(holdings, actor, op, args ?? {}, {})
  }

  #enter(holdings: Holdings, actor: string, op: string, args: Args, facts: Args): void {
    const { object, prefix, block, slot } = args as Record<string, string>
    const times = BigInt((args.times as number | undefined) ?? 1)
    const numbered = () => Array.from({ length: args.count as number }, (_, index) => `${prefix}-${index + 1}`)
    switch (op) {
      case 'object.create':
        if (!args.immortal) count(holdings, object, BigInt((args.references as number | undefined) ?? 1))
        if (args.finalizer) holdings.finalizers.set(object as string, args.finalizer as Program)
        break
      case 'object.create-many':
        for (const name of numbered()) count(holdings, name, 1n)
        break
      case 'object.incref':
        count(holdings, object, times)
        break
      case 'object.decref':
        count(holdings, object, -times)
        break
      case 'object.decref-many':
        for (const name of numbered()) count(holdings, name, -1n)
        break
      case 'object.try-incref':
        if (facts.granted) count(holdings, object, 1n)
        break
      case 'object.locked-incref':
        count(holdings, object, 1n)
        break
      case 'object.add-count':
        count(holdings, object, BigInt(args.count as string))
        break
      case 'object.set-count':
        if (holdings.references.has(object as string)) holdings.references.set(object as string, BigInt(args.count as string))
        break
      case 'object.make-immortal':
        holdings.references.delete(object as string)
        break
      case 'object.make-mortal':
        holdings.references.set(object as string, BigInt(args.count as number))
        break
      case 'slot.publish':
        holdings.slots.set(slot as string, (object ?? block) as string)
        break
      case 'slot.clear':
        holdings.slots.delete(slot as string)
        break
      case 'slot.take':
        if (facts.taken) count(holdings, facts.taken as string, 1n)
        break
      case 'block.allocate':
        holdings.blocks.add(block as string)
        break
      case 'block.free':
      case 'block.retire':
        holdings.blocks.delete(block as string)
        break
      case 'list.create':
        holdings.lists.add(args.list as string)
        break
      case 'list.dispose':
        holdings.lists.delete(args.list as string)
        break
      case 'event.create':
        holdings.events.add(args.event as string)
        break
      case 'cell.create':
        holdings.words.add(args.cell as string)
        break
      case 'code.run':
      case 'code.make':
        holdings.modules.add(args.module as string)
        break
      case 'code.forget':
        holdings.modules.delete(args.module as string)
        break
      case 'tool.use':
        holdings.tools.add(args.tool as number)
        break
      case 'tool.free':
        holdings.tools.delete(args.tool as number)
        break
      case 'thread.handle':
        holdings.handlers.set(`${actor} ${args.request}`, (args.program ?? []) as Program)
        break
      default:
        this.#enterThread(holdings, actor, op, args, facts)
    }
  }

  #enterThread(holdings: Holdings, actor: string, op: string, args: Args, facts: Args): void {
    const undo = (unlock: Unlock, matches: (args: Args) => boolean) => {
      const index = holdings.locks.findLastIndex((held) => held.actor === actor && held.op === unlock && matches(held.args))
      if (index >= 0) holdings.locks.splice(index, 1)
    }
    switch (op) {
      case 'thread.create':
        holdings.made.add(args.thread as string)
        break
      case 'thread.discard':
        holdings.made.delete(args.thread as string)
        break
      case 'thread.enter':
      case 'thread.bind':
        holdings.made.delete(actor)
        holdings.threads.add(actor)
        break
      case 'world.stop':
        holdings.stopped.push({ actor, scope: args.scope as 'interpreter' | 'all' })
        break
      case 'world.start': {
        const index = holdings.stopped.findLastIndex((stop) => stop.actor === actor && stop.scope === args.scope)
        if (index >= 0) holdings.stopped.splice(index, 1)
        break
      }
      case 'mutex.lock':
        if (facts.outcome === 'acquired' || facts.outcome === 'handed off')
          holdings.locks.push({ actor, op: 'mutex.unlock', args: { mutex: args.mutex } })
        break
      case 'mutex.unlock':
        undo('mutex.unlock', ({ mutex }) => mutex === args.mutex)
        break
      case 'rwlock.lock':
        holdings.locks.push({ actor, op: 'rwlock.unlock', args })
        break
      case 'rwlock.unlock':
        undo('rwlock.unlock', ({ rwlock, mode }) => rwlock === args.rwlock && mode === args.mode)
        break
      case 'section.begin':
        holdings.locks.push({ actor, op: 'section.end', args: {} })
        break
      case 'section.end':
        undo('section.end', () => true)
        break
    }
  }
}

const nothing = (): Holdings => ({
  references: new Map(),
  finalizers: new Map(),
  handlers: new Map(),
  slots: new Map(),
  blocks: new Set(),
  lists: new Set(),
  events: new Set(),
  words: new Set(),
  modules: new Set(),
  tools: new Set(),
  stopped: [],
  locks: [],
  made: new Set(),
  threads: new Set(),
})

/** What the child of a fork begins with: everything that its parent's process had, but only the thread that forked. */
const copied = (holdings: Holdings, parent: string, child: string): Holdings => ({
  references: new Map(holdings.references),
  finalizers: new Map(holdings.finalizers),
  handlers: new Map(holdings.handlers),
  slots: new Map(holdings.slots),
  blocks: new Set(holdings.blocks),
  lists: new Set(holdings.lists),
  events: new Set(holdings.events),
  words: new Set(holdings.words),
  modules: new Set(holdings.modules),
  tools: new Set(holdings.tools),
  stopped: [],
  locks: holdings.locks.filter((lock) => lock.actor === parent).map((lock) => ({ ...lock, actor: child })),
  made: new Set(),
  threads: new Set([child]),
})

function count({ references }: Holdings, object: string | undefined, by: bigint): void {
  const before = references.get(object as string)
  if (before === undefined && by < 0n) return
  const after = (before ?? 0n) + by
  if (after > 0n) references.set(object as string, after)
  else references.delete(object as string)
}

export type { Holdings }
