/**
 * The end of every scenario: its actors give back all that they hold and exit, in an orderly way.
 *
 * Whatever is left then was lost by the subject: a reference that was counted twice, a block that
 * nobody freed, a lock that nobody gave back.
 */
import { Refusal } from '../src/subject/subject.ts'
import { ACTORS } from './actors.ts'
import type { Holdings } from './ledger.ts'
import type { World } from './world.ts'

/** More references than this are set, not dropped one by one. */
const MANY = 100n

export async function windDown(world: World): Promise<void> {
  const done = new Set<Holdings>()
  // A fork that somebody waited for may come to its end only now, and then there is one process more.
  for (let next = nextProcess(world, done); next; next = nextProcess(world, done)) await windDownProcess(world, ...next)
}

function nextProcess({ ledger }: World, done: Set<Holdings>): [Holdings, string[]] | undefined {
  const next = [...ledger.processes()].find(([holdings]) => !done.has(holdings))
  if (next) done.add(next[0])
  return next
}

async function windDownProcess(world: World, holdings: Holdings, actors: readonly string[]): Promise<void> {
  const anybody = actors.find((actor) => !world.isParked(actor))
  if (world.ledger.limited && anybody) await world.perform(anybody, 'memory.limit', { allocations: null })
  await release(world, holdings)
  if (holdings.threads.size + holdings.made.size + holdings.references.size + holdings.blocks.size + holdings.modules.size === 0) return
  const janitor = await chooseJanitor(world, holdings, actors)
  if (janitor === undefined) return
  await dropAll(world, janitor, holdings)
  for (const made of [...holdings.made]) await world.perform(janitor, 'thread.discard', { thread: made })
  for (const actor of holdings.threads) if (actor !== janitor) await leave(world, actor)
  // Both stop the world, which by now is the janitor alone.
  for (const tool of [...holdings.tools]) await world.perform(janitor, 'tool.free', { tool })
  for (const module of [...holdings.modules]) await world.perform(janitor, 'code.forget', { module })
  await leave(world, janitor)
}

/**
 * Starts the worlds, gives back the locks and wakes the sleepers that the scenario left as they were.
 *
 * Giving one back may let somebody have it who was parked, and who then gives it back in turn. And a pause
 * that somebody still waits for begins once the others have come to rest, and is then ended like any other.
 */
async function release(world: World, holdings: Holdings): Promise<void> {
  for (;;) {
    const stop = holdings.stopped.at(-1)
    const lock = holdings.locks.findLast(({ actor }) => !world.isParked(actor))
    if (stop) await world.perform(stop.actor, 'world.start', { scope: stop.scope })
    else if (lock) await giveBack(world, lock)
    else if (!(await bringToRest(world, holdings)) && !(await wakeSleepers(world, holdings))) return
  }
}

/** A section is left by an attached thread. Attaching may take time, for it takes the section up again. */
async function giveBack(world: World, { actor, op, args }: Holdings['locks'][number]): Promise<void> {
  const detached = op === 'section.end' && (await world.observe({ of: 'thread', thread: actor })).state === 'detached'
  if (detached) await world.attempt(actor, 'thread.attach', {})
  else await world.perform(actor, op, args as never)
}

/**
 * Lets everybody attached pass a safe point, if others may wait for that, and time pass, so that who is detached is noticed.
 *
 * @returns whether one of those who waited goes on.
 */
async function bringToRest(world: World, { threads }: Holdings): Promise<boolean> {
  const waiting = world.parked()
  if (waiting.length === 0) return false
  const goesOn = () => waiting.some((actor) => !world.isParked(actor))
  for (const actor of threads) {
    const { state } = await world.observe({ of: 'thread', thread: actor })
    if (state === 'attached' && !world.isParked(actor)) await world.attempt(actor, 'thread.safe-point', {})
    // Who goes on may have stopped the world, and would stop at a safe point for ever.
    if (goesOn()) return true
  }
  await letTimePass(world)
  return goesOn()
}

/** Where time is not the suite's to let pass, it passes by itself. */
async function letTimePass(world: World): Promise<void> {
  try {
    await world.perform(ACTORS[0], 'time.pass', { milliseconds: 2 * world.hello.parameters['world.poll-every'] })
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'unsupported')) throw error
  }
}

/** Sets all events and wakes whoever is parked on a word. @returns whether somebody goes on who waited. */
async function wakeSleepers(world: World, { threads, events, words }: Holdings): Promise<boolean> {
  const waiting = world.parked()
  const actor = [...threads].find((thread) => !world.isParked(thread))
  if (waiting.length === 0 || actor === undefined) return false
  for (const event of events) await world.perform(actor, 'event.set', { event })
  for (const cell of words) await world.perform(actor, 'cell.unpark-all', { cell })
  return waiting.some((sleeper) => !world.isParked(sleeper))
}

/** Somebody attached, for what it does not matter who does. */
async function chooseJanitor(world: World, { threads }: Holdings, actors: readonly string[]): Promise<string | undefined> {
  const free = [...threads].filter((actor) => !world.isParked(actor))
  for (const actor of free) if ((await world.observe({ of: 'thread', thread: actor })).state === 'attached') return actor
  for (const actor of free) {
    if ((await world.observe({ of: 'thread', thread: actor })).state !== 'detached') continue
    await world.perform(actor, 'thread.attach', {})
    return actor
  }
  const newcomer = actors.find((actor) => !world.isParked(actor))
  if (newcomer === undefined) return undefined
  await world.perform(newcomer, 'thread.enter', {})
  threads.add(newcomer)
  return newcomer
}

async function dropAll(world: World, janitor: string, holdings: Holdings): Promise<void> {
  for (const slot of [...holdings.slots.keys()]) await world.perform(janitor, 'slot.clear', { slot })
  for (const list of [...holdings.lists]) await world.perform(janitor, 'list.dispose', { list })
  for (const block of [...holdings.blocks]) await world.perform(janitor, 'block.free', { block })
  let kept = false
  for (const [object, references] of [...holdings.references]) {
    const { alive, immortal } = await world.observe({ of: 'object', object, seenBy: janitor })
    world.wound(alive, object)
    if (immortal) continue
    if (references > MANY) await world.perform(janitor, 'object.set-count', { object, count: '1' })
    const times = references > MANY ? 1 : Number(references)
    await world.perform(janitor, 'object.decref', { object, times })
    kept ||= holdings.references.has(object)
  }
  // A finalizer that ran just now may have kept a reference, or put its object where others look.
  if (kept || holdings.slots.size > 0) await dropAll(world, janitor, holdings)
}

/** Lets an actor exit every thread state that it has. */
async function leave(world: World, actor: string): Promise<void> {
  for (;;) {
    const { state, bound, registered, interpreter, queued, pending } = await world.observe({ of: 'thread', thread: actor })
    if (state === 'absent') return
    if (bound && !registered) {
      await world.perform(actor, 'thread.delete', {})
      continue
    }
    if (!bound) await world.perform(actor, 'thread.bind', {})
    if (state !== 'attached') await world.perform(actor, 'thread.attach', {})
    const left = await world.observe({ of: 'interpreter', interpreter: interpreter as string, seenBy: actor })
    // What others have left to the interpreter is freed before the last of its threads leaves, and what that one has left itself.
    if (left.threads.length === 1 && queued + pending + left.pending > 0) await world.perform(actor, 'collector.run', {})
    await world.perform(actor, 'thread.exit', {})
  }
}
