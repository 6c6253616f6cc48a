/** Rules of thread states and of pauses. */
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { DETACHED as NO_SEQUENCE, QsbrSlot } from '../../../runtime/reclaim/qsbr.ts'
import type { StopTheWorld } from '../../../runtime/thread/stop-the-world.ts'
import { ATTACHED, DETACHED, SUSPENDED } from '../../../runtime/thread/thread-state.ts'
import { first, type LiveThread, type Rule, type View } from './view.ts'

export const threadStates: readonly Rule[] = [
  {
    name: 'while the world is stopped, every thread is suspended but the one that stopped it',
    broken: (view) =>
      first(pauses(view), ({ pause, others }) => {
        if (view.get(pause.stopped) === 0) return undefined
        return first(others, ({ state }) => (state === SUSPENDED ? undefined : `one is ${STATES[state]}`))
      }),
  },
  {
    name: 'a pause waits for as many threads as are not at rest',
    // Under the list's lock it is counted. A thread that has suspended itself counts itself next.
    broken: (view) =>
      first(pauses(view), ({ pause, others }) => {
        if (view.get(pause.stopped) !== 0 || view.isTaken(view.named.runtime.record.listLock)) return undefined
        const moving = others.filter(({ state }) => state !== SUSPENDED).length
        const counting = others.filter(({ state, busy }) => state === SUSPENDED && busy).length
        const missing = view.get(pause.countdown)
        return missing >= moving && missing <= moving + counting ? undefined : `it waits for ${missing}, and ${moving} are not at rest`
      }),
  },
  {
    name: 'a thread is suspended only during a pause',
    broken: (view) => {
      const { pauseOfAll, listLock } = view.named.runtime.record
      if (view.get(pauseOfAll.requested) !== 0 || view.isTaken(listLock)) return undefined
      return first(view.threads, ({ state, interpreter }) =>
        state !== SUSPENDED || view.get(interpreter.pause.requested) !== 0 ? undefined : 'one is suspended',
      )
    },
  },
  {
    name: 'a thread state is attached on one thread at most, and that is where it is bound',
    broken: (view) => {
      const seen = new Set<Address>()
      return first(view.attached, ({ thread, os }) => {
        const found = view.threads.find(({ record }) => record.address === thread)
        if (found?.os !== os || found.state !== ATTACHED || seen.has(thread))
          return `the state at ${thread} is attached on the thread ${os}`
        seen.add(thread)
        return undefined
      })
    },
  },
  {
    name: 'a thread reports sequences exactly while it is attached',
    // Who attaches has its state first, and then its sequence; who detaches gives up the sequence first.
    broken: (view) => {
      const attached = view.attached
      return first(view.threads, ({ record, interpreter, state }) => {
        const slot = view.get(record.slot)
        const reports = slot !== NULL && view.get(slot + QsbrSlot.offset.sequence) !== NO_SEQUENCE
        if (reports === attached.some(({ thread }) => thread === record.address)) return undefined
        const arriving = !reports && (view.isNext(slot + QsbrSlot.offset.sequence) || view.isNext(interpreter.qsbr.writeSequence))
        return arriving ? undefined : `one is ${STATES[state]} and ${reports ? 'reports' : 'does not report'}`
      })
    },
  },
  {
    name: 'a thread attaches and detaches only itself, and only the one that stops or starts the world suspends and releases others',
    // Whoever stops or starts the world holds the list's lock for that.
    broken: (view) =>
      first(view.threads, ({ record, state, os }) =>
        first(view.next(record.base.state), ({ actor, leaves = state }) => {
          const own = os === view.identityOf(actor) ? OWN_MOVES : []
          const stoppers = view.isTaken(view.named.runtime.record.listLock) ? STOPPERS_MOVES : []
          if (leaves === state || [...own, ...stoppers].includes(move(state, leaves))) return undefined
          return { actor, seen: `${actor} makes a thread that is ${STATES[state]} ${STATES[leaves]}` }
        }),
      ),
  },
]

const STATES = ['detached', 'attached', 'suspended'] as const

const move = (from: number, to: number): string => `${from}${to}`
const OWN_MOVES = [move(DETACHED, ATTACHED), move(ATTACHED, DETACHED), move(ATTACHED, SUSPENDED)]
const STOPPERS_MOVES = [move(DETACHED, SUSPENDED), move(SUSPENDED, DETACHED)]

interface Pause {
  readonly pause: StopTheWorld
  /** The threads in its scope, apart from the one that asked for it. */
  readonly others: readonly LiveThread[]
}

/** The pauses that somebody has asked for. */
function pauses(view: View): Pause[] {
  const { threads, named } = view
  const own = view.interpreters.map(({ address, pause }) => ({
    pause,
    scope: threads.filter((one) => one.interpreter.address === address),
  }))
  return [...own, { pause: named.runtime.record.pauseOfAll, scope: threads }]
    .filter(({ pause }) => view.get(pause.requested) !== 0)
    .map(({ pause, scope }) => ({ pause, others: scope.filter(({ record }) => record.address !== view.get(pause.requester)) }))
}
