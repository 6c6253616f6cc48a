/**
 * Events: something that many wait for and that happens once.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import type { Duration } from './durations.ts'
import type { World } from './world.ts'

Given('{actor} has event {string}', async function (this: World, actor: string, event: string) {
  await this.perform(actor, 'event.create', { event })
})

When('{actor} waits for event {string}', async function (this: World, actor: string, event: string) {
  await this.attempt(actor, 'event.wait', { event })
})

When(
  '{actor} waits for event {string} for at most {duration}',
  async function (this: World, actor: string, event: string, atMost: Duration) {
    await this.attempt(actor, 'event.wait', { event, timeout: atMost(this) })
  },
)

When('{actor} sets event {string}', async function (this: World, actor: string, event: string) {
  await this.perform(actor, 'event.set', { event })
})

Then('he/she need not wait', function (this: World) {
  this.check(this.outcome, { facts: { set: true } }, 'what came of it')
})

Then('{actor} saw event {string}', async function (this: World, actor: string, event: string) {
  this.check(await this.await(actor), { facts: { set: true } }, `what came of ${actor}'s wait for event ${event}`)
})

Then('{actor} did not see event {string}', async function (this: World, actor: string, event: string) {
  this.check(await this.await(actor), { facts: { set: false } }, `what came of ${actor}'s wait for event ${event}`)
})
