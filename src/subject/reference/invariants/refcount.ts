/** Rules of biased counting: what a header may say, and how it may change. */
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { countOf, flagsOf, IMMORTAL, LOCAL, MAYBE_WEAKREF, MERGED, NONE, QUEUED, SHARED } from '../../../runtime/refcount/object-header.ts'
import { Place } from '../../../runtime/refcount/place.ts'
import { first, type LiveObject, type Rule, type View } from './view.ts'

export const refcount: readonly Rule[] = [
  {
    name: 'an object has as many references as are held',
    // Fewer are held than counted while somebody is taking or dropping one. Who merges clears the local count first.
    broken: (view) =>
      first(mortal(view), (object) => {
        const held = references(view, object.name, object.at)
        const counted = object.local + countOf(object.shared)
        if (held === undefined || counted === held || (view.busy && (counted > held || isBeingMerged(object)))) return undefined
        return `${said(view, object)}, and ${held} held`
      }),
  },
  {
    name: 'an object that is held is not freed',
    broken: ({ objects, holdings, memory }) =>
      first(holdings.objects, (name) => {
        if (objects.some((object) => object.name === name)) return undefined
        const held = holdings.addressOf(memory, name) === NULL ? 0 : (holdings.references(memory, name) ?? 0)
        return held > 0 ? `${name} is freed, and ${held} held` : undefined
      }),
  },
  {
    name: 'a merged object has no owner, no local references and no negative count',
    // A dead one is at the mercy of who ends it, and the collector's list of those runs through the field for the owner.
    broken: (view) =>
      first(mortal(view), (object) => {
        const { shared, local, owner } = object
        if (flagsOf(shared) !== MERGED || shared === MERGED) return undefined
        return local === 0 && countOf(shared) > 0 && nameOf(view, owner) === undefined ? undefined : said(view, object)
      }),
  },
  {
    name: 'a shared count below zero is queued for a merge',
    // Who has taken the object for a merge folds both counts with its next exchange.
    broken: (view) =>
      first(mortal(view), (object) => {
        const { shared, at } = object
        return countOf(shared) >= 0 || flagsOf(shared) === QUEUED || view.isNext(at + SHARED) ? undefined : said(view, object)
      }),
  },
  {
    name: 'an object without an owner is merged',
    // The owner is cleared first, and the flag set by the exchange that follows. What was only just handed out is no object yet.
    broken: (view) =>
      first(mortal(view), (object) => {
        const { owner, shared, local, at } = object
        if (owner !== NULL || flagsOf(shared) === MERGED || view.isNext(at + SHARED)) return undefined
        return shared === 0 && local === 0 ? undefined : said(view, object)
      }),
  },
  {
    name: 'the local count of an object is written by its owner, or by a thread that may merge in its place',
    broken: (view) =>
      first(mortal(view), (object) =>
        first(view.next(object.at + LOCAL), ({ actor, leaves }) => {
          if (leaves === undefined || flagsOf(object.shared) === MERGED || mayWrite(view, actor, object.owner)) return undefined
          return { actor, seen: `${actor} writes ${leaves}, and ${said(view, object)}` }
        }),
      ),
  },
  {
    name: 'a dead object is not counted any more',
    broken: (view) =>
      first(view.objects, (object) =>
        first(view.next(object.at + SHARED), ({ actor, operation }) =>
          operation === 'add' && object.shared === MERGED ? { actor, seen: `${actor} adds to ${said(view, object)}` } : undefined,
        ),
      ),
  },
  {
    name: 'the flags of an object only move on',
    // Who ends an object begins its counts anew for the finalizer.
    broken: (view) =>
      first(mortal(view), (object) =>
        first(view.next(object.at + SHARED), ({ actor, leaves = object.shared }) => {
          const [from, to] = [flagsOf(object.shared), flagsOf(leaves)]
          if (object.shared === MERGED || FOLLOWING[from]?.includes(to)) return undefined
          return { actor, seen: `${actor} leaves ${FLAGS[to]}, and ${said(view, object)}` }
        }),
      ),
  },
  {
    name: 'an immortal object stays immortal',
    broken: (view) =>
      first(view.objects, ({ name, at, local }) =>
        first(view.next(at + LOCAL), ({ actor, leaves = IMMORTAL }) =>
          local === IMMORTAL && leaves !== IMMORTAL ? { actor, seen: `${actor} writes ${leaves} to ${name}` } : undefined,
        ),
      ),
  },
]

/** Which flags may follow on which. */
const FOLLOWING: readonly (readonly number[])[] = [
  [NONE, MAYBE_WEAKREF, QUEUED, MERGED],
  [MAYBE_WEAKREF, QUEUED, MERGED],
  [QUEUED, MERGED],
  [MERGED],
]

const FLAGS = ['none', 'maybe-weakref', 'queued', 'merged'] as const

const mortal = ({ objects }: View): LiveObject[] => objects.filter(({ local }) => local !== IMMORTAL)

/** References that actors, slots and queues hold; undefined if that cannot be told. */
function references({ memory, holdings, named, queued }: View, name: string, at: Address): number | undefined {
  const held = holdings.references(memory, name)
  if (held === undefined) return undefined
  const inSlots = [...named.all('slot')].filter(([, place]) => memory.get(place + Place.offset.value) === at).length
  return held + inSlots + queued.filter((object) => object === at).length
}

/** Between the moment at which who merges has cleared the local count and the exchange that makes it part of the other. */
const isBeingMerged = ({ local, shared }: LiveObject): boolean => local === 0 && flagsOf(shared) !== MERGED

/** Whether an actor may write the local count of an object that belongs to `owner`. */
function mayWrite(view: View, actor: string, owner: Address): boolean {
  if (owner === NULL || owner === view.identityOf(actor)) return true
  // Without a thread of that identity the owner is gone.
  const thread = view.threads.find(({ identity }) => identity === owner)
  return thread === undefined || view.get(thread.interpreter.pause.stopped) !== 0
}

const nameOf = (view: View, identity: Address): string | undefined =>
  view.holdings.actors.find((actor) => view.identityOf(actor) === identity)

function said(view: View, { name, owner, local, shared }: LiveObject): string {
  const counted = `local ${local}, shared ${countOf(shared)} ${FLAGS[flagsOf(shared)]}`
  return `${name} is owned by ${owner === NULL ? 'nobody' : (nameOf(view, owner) ?? `somebody at ${owner}`)}, with ${counted}`
}
