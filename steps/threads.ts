/**
 * Threads: how they come and go, what state they are in, and what stands in their records.
 */
import { type DataTable, defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { EventName } from '../src/protocol/messages.ts'
import { ACTOR } from './actors.ts'
import type { World } from './world.ts'

/** The interpreter that a scenario may add to the one it begins with. */
export const OTHER = 'other'

/** One or several: "Ada", "Ada and Ben", "Ada, Ben and Cleo". */
defineParameterType({
  name: 'actors',
  regexp: new RegExp(`(?:(?:(?:${ACTOR.source}), )*(?:${ACTOR.source}) and )?(?:${ACTOR.source})`),
  transformer: (names: string) => names.split(/, | and /),
})

// Birth

Given('{actors} is/are attached', async function (this: World, actors: string[]) {
  for (const actor of actors) await this.perform(actor, 'thread.enter', {})
})

Given('{actors} is/are attached in another interpreter', async function (this: World, actors: [string, ...string[]]) {
  await this.perform(actors[0], 'interpreter.create', { interpreter: OTHER })
  for (const actor of actors) await this.perform(actor, 'thread.enter', { interpreter: OTHER })
})

When('{actor} enters the interpreter', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.enter', {})
})

When('{actor} enters the other interpreter', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.enter', { interpreter: OTHER })
})

When('{actor} enters the interpreter under the thread id that {actor} had', async function (this: World, actor: string, identity: string) {
  await this.attempt(actor, 'thread.enter', { identity })
})

When('{actor} makes a thread state for {actor}', async function (this: World, actor: string, thread: string) {
  await this.attempt(actor, 'thread.create', { thread })
})

When('{actor} binds his/her thread state', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.bind', {})
})

Given('{actor} runs on a thread state that {actor} made', async function (this: World, thread: string, actor: string) {
  await this.perform(actor, 'thread.create', { thread })
  await this.perform(thread, 'thread.bind', {})
  await this.perform(thread, 'thread.attach', {})
})

// Life

When('{actor} attaches', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.attach', {})
})

When('{actor} detaches', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.detach', {})
})

Given('{actors} has/have detached', async function (this: World, actors: string[]) {
  for (const actor of actors) await this.perform(actor, 'thread.detach', {})
})

When(
  '{actor} goes from the public view of his/her thread state to the private record and back',
  async function (this: World, actor: string) {
    await this.perform(actor, 'thread.view', {})
  },
)

When('{actor} is interrupted by {actor}', async function (this: World, thread: string, actor: string) {
  await this.perform(actor, 'thread.interrupt', { thread })
})

// Death

When('{actor} clears his/her thread state', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.clear', {})
})

When('{actor} deletes his/her thread state', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.delete', {})
})

When('{actor} exits', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.exit', {})
})

Given('{actors} has/have exited', async function (this: World, actors: string[]) {
  for (const actor of actors) await this.perform(actor, 'thread.exit', {})
})

When('{actor} discards the thread state of {actor}', async function (this: World, actor: string, thread: string) {
  await this.attempt(actor, 'thread.discard', { thread })
})

// States

Then('{actors} is/are now/still attached', async function (this: World, threads: string[]) {
  for (const thread of threads) this.check((await this.observe({ of: 'thread', thread })).state, 'attached', `${thread}'s state`)
})

Then('{actors} is/are detached', async function (this: World, threads: string[]) {
  for (const thread of threads) this.check((await this.observe({ of: 'thread', thread })).state, 'detached', `${thread}'s state`)
})

Then('{actors} is/are suspended', async function (this: World, threads: string[]) {
  for (const thread of threads) this.check((await this.observe({ of: 'thread', thread })).state, 'suspended', `${thread}'s state`)
})

Then('{actor} has no thread state', async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).state, 'absent', `${thread}'s state`)
})

Then('the interpreter lists {actors}', async function (this: World, threads: string[]) {
  this.check((await this.observe({ of: 'interpreter' })).threads.toSorted(), threads, 'the threads of the interpreter')
})

Then('the interpreter lists {actors}, as {actor} sees it', async function (this: World, threads: string[], seenBy: string) {
  this.check((await this.observe({ of: 'interpreter', seenBy })).threads.toSorted(), threads, `the threads of the interpreter of ${seenBy}`)
})

// Records

Then('all three are the same record', function (this: World) {
  const { public: view, private: record, back } = this.facts
  this.check({ record, back }, { record: view, back: view }, 'the record')
})

Then('the records of {actor} and {actor} are two', async function (this: World, one: string, other: string) {
  const records = [await this.perform(one, 'thread.view', {}), await this.perform(other, 'thread.view', {})]
  this.check(new Set(records.map((record) => record.private)).size, 2, 'records')
})

Then('the private record of {actor} has fields of its own', async function (this: World, thread: string) {
  const { publicFields, privateFields } = await this.observe({ of: 'thread', thread })
  const shown = privateFields.filter((field) => publicFields.includes(field))
  this.check({ some: privateFields.length > 0, shown }, { some: true, shown: [] }, 'private fields, and those that the public view shows')
})

Then('nothing is left to do for {actor}', async function (this: World, thread: string) {
  const { requests, queued, pending } = await this.observe({ of: 'thread', thread })
  this.check({ requests, queued, pending }, { requests: [], queued: 0, pending: 0 }, `what is left to do for ${thread}`)
})

Then('{actor} has a slot, and is neither bound nor registered', async function (this: World, thread: string) {
  const { slot, bound, registered } = await this.observe({ of: 'thread', thread })
  this.check({ slot: slot !== null, bound, registered }, { slot: true, bound: false, registered: false }, `how far ${thread} is`)
})

Then('{actor} has a slot, and is bound and registered', async function (this: World, thread: string) {
  const { slot, bound, registered } = await this.observe({ of: 'thread', thread })
  this.check({ slot: slot !== null, bound, registered }, { slot: true, bound: true, registered: true }, `how far ${thread} is`)
})

Then('{actor} has a slot, and is no longer registered', async function (this: World, thread: string) {
  const { slot, registered } = await this.observe({ of: 'thread', thread })
  this.check({ slot: slot !== null, registered }, { slot: true, registered: false }, `how far ${thread} is`)
})

// What happened

Then('this happened to {actor}, in this order:', function (this: World, actor: string, table: DataTable) {
  const expected = table.raw().flat() as EventName[]
  const seen = this.events.filter((event) => event.actor === actor && expected.includes(event.event)).map(({ event }) => event)
  this.check(seen, expected, `what happened to ${actor}`)
})

Then('nobody left the table of merge queues', function (this: World) {
  this.check(this.saw('unregistered').length, 0, 'threads that left the table')
})

// Waiting

Then('{actor} (still )waits', async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).parked !== null, true, `whether ${thread} waits`)
})

Then('{actor} goes on', async function (this: World, actor: string) {
  this.check(Object.keys(await this.await(actor)), ['facts'], `what came of the step that ${actor} was in`)
})

Then('that succeeds at once', function (this: World) {
  this.check(Object.keys(this.outcome ?? {}), ['facts'], 'what came of it')
})

Then('that is refused as misuse', function (this: World) {
  this.check(this.refusal, 'misuse', 'what came of it')
})

Then('that fails for lack of memory', function (this: World) {
  this.check(this.refusal, 'out-of-memory', 'what came of it')
})
