/**
 * Versions of instrumentation: how a thread finds out, at each RESUME, that code it runs is not up to date.
 *
 * The interpreter has a version, which grows by a step whenever what tools ask for everywhere changes.
 * Every thread has the same in its request word, above the eight bits of requests; so one comparison of that word with
 * the version of a code object says that neither has anything changed nor does anybody want anything.
 *
 * Versions change in pauses. A thread that is made meanwhile takes the new one over under the lock of the list of threads.
 *
 * @see CPython Python/instrumentation.c, global_version, set_global_version
 */
import type { Address, Memory } from '../../memory/memory.ts'
import { REQUESTS } from '../../thread/requests.ts'
import { VERSION } from '../code/code-object.ts'
import type { Tools } from '../code/tools.ts'
import type { Mutator } from '../objects/mutator.ts'

/** What one change adds. */
export const STEP = REQUESTS + 1

/** All versions have been used up; nothing was changed. */
export class OutOfVersions extends Error {
  override readonly name = 'OutOfVersions'
  constructor() {
    super('events set too many times')
  }
}

/** The version of a thread, and so of its interpreter. A thread that is attached asks for itself. */
export const versionOf = (m: Mutator): number => m.memory.loadRelaxed(m.requests) & ~REQUESTS

/** Whether code is up to date, and nothing is requested of the thread. */
export const isCurrent = (m: Mutator, code: Address): boolean => m.memory.loadRelaxed(m.requests) === m.memory.loadAcquire(code + VERSION)

/** Whether code is up to date. What was done to make it so is visible if it is. */
export const isUpToDate = (m: Mutator, code: Address): boolean => versionOf(m) === m.memory.loadAcquire(code + VERSION)

/** Whether one version is younger than another: they are without sign. */
export const isYounger = (version: number, than: number): boolean => version >>> 0 > than >>> 0

/** The version that comes so many changes after the present one. @throws OutOfVersions */
export function versionAfter(memory: Memory, tools: Tools, changes: number): number {
  const next = (memory.load(tools.version) >>> 0) + changes * STEP
  if (next >= 2 ** 32) throw new OutOfVersions()
  return next | 0
}

/** Makes a version that of the interpreter and of all its threads, in a pause of the caller's. Requests stay as they are. */
export function setVersion(m: Mutator, version: number): void {
  m.memory.store(m.shared.tools.version, version)
  for (const { requests } of m.threads()) replace(m.memory, requests, version)
}

function replace(memory: Memory, requests: Address, version: number): void {
  // Others set and clear requests at any time, also in a pause: those that have no thread state.
  let before = memory.load(requests)
  for (;;) {
    const found = memory.compareExchange(requests, before, (before & REQUESTS) | version)
    if (found === before) return
    before = found
  }
}
