/**
 * Mutexes: who asks for one, who gets it and how, and who waits in line.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import type { Duration } from './durations.ts'
import type { World } from './world.ts'

// Taking and giving back

Given('{actor} holds mutex {word}', async function (this: World, actor: string, mutex: string) {
  await this.perform(actor, 'mutex.create', { mutex })
  await this.perform(actor, 'mutex.lock', { mutex })
})

Given(
  '{actor} holds mutex {word}, which shares a bucket with {word}',
  async function (this: World, actor: string, mutex: string, beside: string) {
    await this.perform(actor, 'mutex.create', { mutex, beside })
    await this.perform(actor, 'mutex.lock', { mutex })
  },
)

When('{actor} asks/waits for mutex {word}', async function (this: World, actor: string, mutex: string) {
  await this.attempt(actor, 'mutex.lock', { mutex })
})

When('{actors} ask for mutex {word}, one after the other', async function (this: World, actors: string[], mutex: string) {
  for (const actor of actors) await this.attempt(actor, 'mutex.lock', { mutex })
})

When('{actor} asks/waits for mutex {word} without detaching', async function (this: World, actor: string, mutex: string) {
  await this.attempt(actor, 'mutex.lock', { mutex, attached: true })
})

When('{actor} asks for mutex {word} for at most {duration}', async function (this: World, actor: string, mutex: string, atMost: Duration) {
  await this.attempt(actor, 'mutex.lock', { mutex, timeout: atMost(this) })
})

When('{actor} asks for mutex {word}, listening for signals', async function (this: World, actor: string, mutex: string) {
  await this.attempt(actor, 'mutex.lock', { mutex, signals: true })
})

When('{actor} tries mutex {word}', async function (this: World, actor: string, mutex: string) {
  await this.attempt(actor, 'mutex.lock', { mutex, timeout: 0 })
})

When('{actor} gives mutex {word} back', async function (this: World, actor: string, mutex: string) {
  await this.attempt(actor, 'mutex.unlock', { mutex })
})

// A handler runs within one step, so that nobody whom it wakes runs before it is done.
When(
  '{actor} gives mutex {word} back and tries it again before anybody wakes up',
  async function (this: World, actor: string, mutex: string) {
    const program = [
      { op: 'mutex.unlock', args: { mutex } },
      { op: 'mutex.lock', args: { mutex, timeout: 0 } },
    ]
    await this.perform(actor, 'thread.handle', { request: 'signals', program })
    await this.perform(actor, 'thread.request', { thread: actor, request: 'signals' })
    await this.perform(actor, 'thread.safe-point', {})
  },
)

// What came of it

Then('he/she gets it at once', function (this: World) {
  this.check(this.outcome, { facts: { outcome: 'acquired' } }, 'what came of it')
})

Then('he/she is turned away', function (this: World) {
  this.check(this.outcome, { facts: { outcome: 'timed out' } }, 'what came of it')
})

Then('{actor} gets mutex {word}', async function (this: World, actor: string, mutex: string) {
  const outcome = await this.await(actor)
  const got = 'facts' in outcome && ['acquired', 'handed off'].includes(String(outcome.facts.outcome))
  this.check(
    { got, locked: (await this.observe({ of: 'mutex', mutex })).locked },
    { got: true, locked: true },
    `whether ${actor} got mutex ${mutex}`,
  )
})

Then('{actor} takes mutex {word}', async function (this: World, actor: string, mutex: string) {
  this.check(await this.await(actor), { facts: { outcome: 'acquired' } }, `what came of ${actor}'s wait for mutex ${mutex}`)
})

Then('{actor} is handed mutex {word}', async function (this: World, actor: string, mutex: string) {
  this.check(await this.await(actor), { facts: { outcome: 'handed off' } }, `what came of ${actor}'s wait for mutex ${mutex}`)
})

Then('{actor} has given up mutex {word}', async function (this: World, actor: string, mutex: string) {
  this.check(await this.await(actor), { facts: { outcome: 'timed out' } }, `what came of ${actor}'s wait for mutex ${mutex}`)
})

Then('{actor} is called away from mutex {word}', async function (this: World, actor: string, mutex: string) {
  this.check(await this.await(actor), { facts: { outcome: 'interrupted' } }, `what came of ${actor}'s wait for mutex ${mutex}`)
})

// State

Then('mutex {word} is held', async function (this: World, mutex: string) {
  this.check((await this.observe({ of: 'mutex', mutex })).locked, true, `whether mutex ${mutex} is locked`)
})

Then('mutex {word} is free', async function (this: World, mutex: string) {
  this.check((await this.observe({ of: 'mutex', mutex })).locked, false, `whether mutex ${mutex} is locked`)
})

Then('mutexes {word} and {word} are held', async function (this: World, one: string, other: string) {
  for (const mutex of [one, other])
    this.check((await this.observe({ of: 'mutex', mutex })).locked, true, `whether mutex ${mutex} is locked`)
})

Then('mutexes {word} and {word} are free', async function (this: World, one: string, other: string) {
  for (const mutex of [one, other])
    this.check((await this.observe({ of: 'mutex', mutex })).locked, false, `whether mutex ${mutex} is locked`)
})

Then('mutex {word} says that somebody waits', async function (this: World, mutex: string) {
  this.check((await this.observe({ of: 'mutex', mutex })).parked, true, `whether mutex ${mutex} says that somebody waits`)
})

Then('mutex {word} says that nobody waits', async function (this: World, mutex: string) {
  this.check((await this.observe({ of: 'mutex', mutex })).parked, false, `whether mutex ${mutex} says that somebody waits`)
})

Then('nobody is in line for mutex {word}', async function (this: World, mutex: string) {
  this.check((await this.observe({ of: 'mutex', mutex })).waiting, [], `who waits for mutex ${mutex}`)
})

Then('{actors} are in line for mutex {word}, in this order', async function (this: World, waiting: string[], mutex: string) {
  this.check((await this.observe({ of: 'mutex', mutex })).waiting, waiting, `who waits for mutex ${mutex}`)
})
