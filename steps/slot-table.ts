/**
 * The table of slots from which threads report their sequences.
 */
import { type DataTable, Given, Then, When } from '@cucumber/cucumber'
import type { World } from './world.ts'

Given('{actor} has made thread states for:', async function (this: World, actor: string, threads: DataTable) {
  for (const thread of threads.raw().flat()) await this.perform(actor, 'thread.create', { thread })
})

When('{actor} exits and leaves a slot', async function (this: World, actor: string) {
  this.noted.set(`the slot that ${actor} left`, (await this.observe({ of: 'thread', thread: actor })).slot)
  await this.perform(actor, 'thread.exit', {})
})

When(
  '{actor} makes a thread state for {actor}, with memory for one allocation more at each attempt',
  async function (this: World, actor: string, thread: string) {
    this.noted.set('slots in use', await slotsInUse(this))
    this.noted.set('slots in use after failures', await createWithMoreAndMoreMemory(this, actor, thread))
  },
)

Given('the slot of {actor} is noted', async function (this: World, thread: string) {
  const { slot, sequence, deferrals } = await this.observe({ of: 'thread', thread })
  this.noted.set(`the slot of ${thread}`, { slot, sequence, deferrals })
})

Then('the slot of {actor} is as noted', async function (this: World, thread: string) {
  const { slot, sequence, deferrals } = await this.observe({ of: 'thread', thread })
  this.check({ slot, sequence, deferrals }, this.noted.get(`the slot of ${thread}`), `the slot of ${thread}`)
})

Then('{actor} has the slot that {actor} left', async function (this: World, thread: string, before: string) {
  this.check((await this.observe({ of: 'thread', thread })).slot, this.noted.get(`the slot that ${before} left`), `the slot of ${thread}`)
})

Then("{actor} has the slot before {actor}'s", async function (this: World, thread: string, neighbour: string) {
  const { slot } = await this.observe({ of: 'thread', thread: neighbour })
  this.check((await this.observe({ of: 'thread', thread })).slot, Number(slot) - 1, `the slot of ${thread}`)
})

Then('{actor} has the last slot of the table', async function (this: World, thread: string) {
  const { slots } = await this.observe({ of: 'interpreter' })
  this.check((await this.observe({ of: 'thread', thread })).slot, slots - 1, `the slot of ${thread}`)
})

Then('no two threads share a slot', async function (this: World) {
  const { threads } = await this.observe({ of: 'interpreter' })
  const slots = await Promise.all(threads.map(async (thread) => (await this.observe({ of: 'thread', thread })).slot))
  this.check(new Set(slots).size, threads.length, 'slots that the threads have')
})

Then('no slot is free', async function (this: World) {
  this.check((await this.observe({ of: 'interpreter' })).freeSlots, 0, 'free slots')
})

Then('{int} slot(s) is/are in use', async function (this: World, used: number) {
  this.check(await slotsInUse(this), used, 'slots in use')
})

Then('{int} slot(s) is/are in use, as {actor} sees it', async function (this: World, used: number, seenBy: string) {
  this.check(await slotsInUse(this, { seenBy }), used, `slots in use, as ${seenBy} sees it`)
})

Then('the table has its first size', async function (this: World) {
  this.check((await this.observe({ of: 'interpreter' })).slots, this.hello.parameters['qsbr.slots'], 'slots')
})

Then('the table has twice its first size', async function (this: World) {
  this.check((await this.observe({ of: 'interpreter' })).slots, 2 * this.hello.parameters['qsbr.slots'], 'slots')
})

Then('every attempt that failed left the free slots as they were', function (this: World) {
  const after = this.noted.get('slots in use after failures') as number[]
  this.check([...new Set(after)], [this.noted.get('slots in use')], 'slots in use after each failure')
})

async function slotsInUse(world: World, viewpoint: { seenBy?: string } = {}): Promise<number> {
  const { slots, freeSlots } = await world.observe({ of: 'interpreter', ...viewpoint })
  return slots - freeSlots
}

/** No thread state takes more allocations than this. */
const MOST_ALLOCATIONS = 32

/** Makes a thread state with ever more memory until there is enough. @returns how many slots were in use after each failure. */
async function createWithMoreAndMoreMemory(world: World, actor: string, thread: string): Promise<number[]> {
  const after: number[] = []
  for (let allocations = 0; allocations < MOST_ALLOCATIONS; allocations += 1) {
    await world.perform(actor, 'memory.limit', { allocations })
    await world.attempt(actor, 'thread.create', { thread })
    const came = world.refusal
    if (typeof came === 'object') break
    world.check(came, 'out-of-memory', `what came of the attempt with memory for ${allocations} allocations`)
    after.push(await slotsInUse(world))
  }
  await world.perform(actor, 'memory.limit', { allocations: null })
  return after
}
