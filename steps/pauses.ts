/**
 * Pauses: who stops which world, for whom that one waits, and who is at rest.
 */
import { Then, When } from '@cucumber/cucumber'
import { Refusal } from '../src/subject/subject.ts'
import { OTHER } from './threads.ts'
import type { World } from './world.ts'

// Stopping and starting

When('{actor} stops the world', async function (this: World, actor: string) {
  await this.attempt(actor, 'world.stop', { scope: 'interpreter' })
})

When('{actor} starts the world', async function (this: World, actor: string) {
  await this.attempt(actor, 'world.start', { scope: 'interpreter' })
})

When('{actor} stops all interpreters', async function (this: World, actor: string) {
  await this.attempt(actor, 'world.stop', { scope: 'all' })
})

When('{actor} starts all interpreters', async function (this: World, actor: string) {
  await this.attempt(actor, 'world.start', { scope: 'all' })
})

// Waiting

// A subject need not know for whom an actor waits, but if it says so it is right.
Then('{actor} (still )waits for {actors}', async function (this: World, thread: string, missing: string[]) {
  const { parked } = await this.observe({ of: 'thread', thread })
  const moving = await notSuspended(this, missing)
  const holders = (parked?.holders ?? missing).toSorted()
  this.check({ waits: parked !== null, holders, moving }, { waits: true, holders: missing, moving: missing }, `for whom ${thread} waits`)
})

Then('{int} thread(s) of the interpreter is/are still missing', async function (this: World, missing: number) {
  const { countdown, stopped } = await this.observe({ of: 'interpreter' })
  this.check({ countdown, stopped }, { countdown: missing, stopped: false }, 'how far the pause is')
})

// At rest

Then('the world is stopped', async function (this: World) {
  const { stopped, countdown, threads, requester } = await this.observe({ of: 'interpreter' })
  const others = threads.filter((thread) => thread !== requester)
  const moving = await notSuspended(this, others)
  this.check({ stopped, countdown, moving }, { stopped: true, countdown: 0, moving: [] }, 'whether the world is stopped')
})

Then('the world is stopped by {actor}', async function (this: World, actor: string) {
  const { stopped, requester, threads } = await this.observe({ of: 'interpreter' })
  const others = threads.filter((thread) => thread !== actor)
  const moving = await notSuspended(this, others)
  this.check({ stopped, requester, moving }, { stopped: true, requester: actor, moving: [] }, 'whether the world is stopped, and by whom')
})

Then('the other interpreter is stopped by {actor}', async function (this: World, actor: string) {
  const { stopped, requester } = await this.observe({ of: 'interpreter', interpreter: OTHER })
  this.check({ stopped, requester }, { stopped: true, requester: actor }, 'whether the other interpreter is stopped, and by whom')
})

Then('the world runs', async function (this: World) {
  const { stopped, requester, threads } = await this.observe({ of: 'interpreter' })
  const moving = await notSuspended(this, threads)
  this.check({ stopped, requester, moving }, { stopped: false, requester: null, moving: threads }, 'whether the world runs')
})

Then('all interpreters are stopped', async function (this: World) {
  const stopper = this.saw('stopped', { scope: 'all' }).at(-1)?.actor
  const others = (await threadsOfAll(this)).filter((thread) => thread !== stopper)
  const moving = await notSuspended(this, others)
  this.check({ pauses: pausesOfAll(this), moving }, { pauses: 1, moving: [] }, 'whether all interpreters are stopped')
})

Then('all interpreters run', async function (this: World) {
  const threads = await threadsOfAll(this)
  const moving = await notSuspended(this, threads)
  this.check({ pauses: pausesOfAll(this), moving }, { pauses: 0, moving: threads }, 'whether all interpreters run')
})

/** The threads of the interpreter that a scenario begins with, and of the other one if it has added that. */
async function threadsOfAll(world: World): Promise<string[]> {
  const { threads } = await world.observe({ of: 'interpreter' })
  try {
    return [...threads, ...(await world.observe({ of: 'interpreter', interpreter: OTHER })).threads]
  } catch (error) {
    if (error instanceof Refusal && error.code === 'unknown-name') return threads
    throw error
  }
}

/** Those of the threads that are attached, or could attach. */
async function notSuspended(world: World, threads: readonly string[]): Promise<string[]> {
  const moving: string[] = []
  for (const thread of threads) if ((await world.observe({ of: 'thread', thread })).state !== 'suspended') moving.push(thread)
  return moving
}

/** How many pauses of all interpreters have begun and not ended. */
function pausesOfAll(world: World): number {
  return world.saw('stopped', { scope: 'all' }).length - world.saw('started', { scope: 'all' }).length
}
