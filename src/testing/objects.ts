/** Objects for tests: what their headers say, and three threads that count. */
import type { Embedder, Thread } from '../runtime/interpreter/thread.ts'
import type { Address, Memory } from '../runtime/memory/memory.ts'
import { countOf, flagsOf, LOCAL, MAYBE_WEAKREF, MERGED, NONE, OWNER, QUEUED, SHARED } from '../runtime/refcount/object-header.ts'
import { scripted } from './scripted.ts'
import { BYTES, begin, enter, QUIET, type Setting } from './setting.ts'

const STATES = { [NONE]: 'none', [MAYBE_WEAKREF]: 'maybe weakref', [QUEUED]: 'queued', [MERGED]: 'merged' } as const

export interface Counted {
  readonly owner: Address
  readonly local: number
  readonly shared: number
  readonly state: 'none' | 'maybe weakref' | 'queued' | 'merged'
}

export function counted(memory: Memory, object: Address): Counted {
  const word = memory.get(object + SHARED)
  return {
    owner: memory.get(object + OWNER),
    local: memory.get(object + LOCAL) >>> 0,
    shared: countOf(word),
    state: STATES[flagsOf(word) as keyof typeof STATES],
  }
}

/** Whether the block in which an object lies, or lay, is in use. */
export function isAlive({ runtime }: Pick<Setting, 'runtime'>, object: Address): boolean {
  return [...runtime.arena.blocks()].some(({ address }) => address === object)
}

/** Three attached threads whose doings are scripted. `finalized` says which finalizers ran, and on whose thread. */
export function threeCounters() {
  const setting = begin(scripted(BYTES))
  const finalized: { readonly by: Thread; readonly object: Address }[] = []
  const finalizers = new Map<number, (thread: Thread, object: Address) => void>()
  const embedder: Embedder = {
    ...QUIET,
    finalize: (by, object, which) => {
      finalized.push({ by, object })
      finalizers.get(which)?.(by, object)
    },
  }
  return {
    ...setting,
    embedder,
    finalized,
    finalizers,
    ada: enter(setting, embedder),
    ben: enter(setting, embedder),
    cem: enter(setting, embedder),
    look: (object: Address) => counted(setting.memory, object),
    alive: (object: Address) => isAlive(setting, object),
  }
}
