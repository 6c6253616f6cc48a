/**
 * Merging: which thread was asked to give an object up, what waits for it, and what came of it.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import type { EventName } from '../src/protocol/messages.ts'
import { MANY } from './names.ts'
import type { World } from './world.ts'

/** What the world does. A collection may stop it more than once. */
const PAUSING: readonly EventName[] = ['stopped', 'started']
/** What an object comes to, in this order. */
const ENDING: readonly EventName[] = ['finalized', 'freed']

// Asking the owner

Given(
  '{actor} owns {object} with {references}, queued for him/her by {actor}',
  async function (this: World, owner: string, object: string, references: number, other: string) {
    await this.perform(owner, 'object.create', { object, references })
    await this.perform(other, 'object.decref', { object })
  },
)

Given(
  '{actor} owns as many objects as a chunk of the merge queue holds, queued for him/her by {actor}',
  async function (this: World, owner: string, other: string) {
    const count = this.hello.parameters['brc.chunk']
    await this.perform(owner, 'object.create-many', { prefix: MANY, count })
    await this.perform(other, 'object.decref-many', { prefix: MANY, count })
  },
)

When('{actor} drops a reference to each of the objects of a chunk and to the one more', async function (this: World, actor: string) {
  await this.perform(actor, 'object.decref-many', { prefix: MANY, count: this.hello.parameters['brc.chunk'] + 1 })
})

Given('there is no more memory for {actor}', async function (this: World, actor: string) {
  await this.perform(actor, 'memory.limit', { allocations: 0 })
})

Given('there is memory again for {actor}', async function (this: World, actor: string) {
  await this.perform(actor, 'memory.limit', { allocations: null })
})

Then('{object} is queued for {actor}(, still alive)', async function (this: World, object: string, actor: string) {
  const { alive, state, queuedFor } = await this.observe({ of: 'object', object })
  this.check({ alive, state, queuedFor }, { alive: true, state: 'queued', queuedFor: actor }, `whose queue holds ${object}`)
})

Then('{object} is merged but still in the queue of {actor}', async function (this: World, object: string, actor: string) {
  const { alive, state, queuedFor } = await this.observe({ of: 'object', object })
  this.check({ alive, state, queuedFor }, { alive: true, state: 'merged', queuedFor: actor }, `whose queue holds ${object}`)
})

Then("{object} is in nobody's queue", async function (this: World, object: string) {
  this.check((await this.observe({ of: 'object', object })).queuedFor, null, `whose queue holds ${object}`)
})

Then('{object} was queued once', function (this: World, object: string) {
  this.check(this.saw('queued', { object }).length, 1, `how often ${object} was queued`)
})

Then('{actor} is asked to merge {int} object(s)', async function (this: World, thread: string, queued: number) {
  const observed = await this.observe({ of: 'thread', thread })
  const asked = { request: observed.requests.includes('merge'), queued: observed.queued }
  this.check(asked, { request: true, queued }, `what ${thread} is asked to do`)
})

Then('{actor} is not asked to merge', async function (this: World, thread: string) {
  const observed = await this.observe({ of: 'thread', thread })
  const asked = { request: observed.requests.includes('merge'), queued: observed.queued }
  this.check(asked, { request: false, queued: 0 }, `what ${thread} is asked to do`)
})

Then('the objects of a chunk are still queued for {actor}', async function (this: World, thread: string) {
  const { queued } = await this.observe({ of: 'thread', thread })
  this.check(queued, this.hello.parameters['brc.chunk'], `how many objects are queued for ${thread}`)
})

Then('{actor} left the table of threads after that', function (this: World, actor: string) {
  const [left] = this.saw('unregistered', { actor })
  const later = left && this.events.indexOf(left) > this.events.findLastIndex(({ event }) => event === 'freed')
  this.check(later, true, `whether ${actor} left after the last object was freed`)
})

// Giving up ownership

When('{actor} runs the collector', async function (this: World, actor: string) {
  await this.perform(actor, 'collector.run', {})
})

When('{actor} begins to run the collector', async function (this: World, actor: string) {
  await this.attempt(actor, 'collector.run', {})
})

Then('{object} is merged, with {references} and no owner', async function (this: World, object: string, shared: number) {
  const observed = await this.observe({ of: 'object', object })
  this.check(
    { state: observed.state, owner: observed.owner, local: observed.local, shared: observed.shared },
    { state: 'merged', owner: null, local: '0', shared: String(shared) },
    `whether ${object} is merged`,
  )
})

Then('{object} was merged by {actor}', function (this: World, object: string, actor: string) {
  const merged = this.saw('merged', { object }).map((event) => event.actor)
  this.check(merged, [actor], `who merged ${object}`)
})

Then('the world had started before that', function (this: World) {
  const order = this.events.map(({ event }) => event).filter((event) => [...PAUSING, ...ENDING].includes(event))
  const before = ENDING.map((event) => order.slice(0, order.indexOf(event)).findLast((name) => PAUSING.includes(name)))
  this.check(before, ['started', 'started'], 'what the world had done last when the finalizer ran, and when the object was freed')
})
