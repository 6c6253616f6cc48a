/**
 * Initialisations: something that one thread does while others wait, and that may fail.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import { ONCE } from './names.ts'
import type { World } from './world.ts'

Given('{actor} has an initialisation', async function (this: World, actor: string) {
  await this.perform(actor, 'once.create', { once: ONCE })
})

When('{actor} fails at the initialisation {int} times', async function (this: World, actor: string, times: number) {
  for (let time = 0; time < times; time += 1) await this.perform(actor, 'once.run', { once: ONCE, fails: true })
})

When('{actor} succeeds at the initialisation', async function (this: World, actor: string) {
  await this.attempt(actor, 'once.run', { once: ONCE })
})

When(
  '{actor} fails at the initialisation, for which she/he needs mutex {word}',
  async function (this: World, actor: string, mutex: string) {
    await this.attempt(actor, 'once.run', { once: ONCE, fails: true, during: [{ op: 'mutex.lock', args: { mutex } }] })
  },
)

When(
  '{actor} succeeds at the initialisation, for which she/he needs mutex {word}',
  async function (this: World, actor: string, mutex: string) {
    await this.attempt(actor, 'once.run', { once: ONCE, during: [{ op: 'mutex.lock', args: { mutex } }] })
  },
)

Then('that ran the initialisation, and it is done', function (this: World) {
  this.check(this.outcome, { facts: { ran: true, done: true } }, 'what came of it')
})

Then('that ran nothing, because it is done', function (this: World) {
  this.check(this.outcome, { facts: { ran: false, done: true } }, 'what came of it')
})

Then('{actor} finds the initialisation done by another', async function (this: World, actor: string) {
  this.check(await this.await(actor), { facts: { ran: false, done: true } }, `what came of ${actor}'s initialisation`)
})

Then('{actor} finds the initialisation left to himself/herself', async function (this: World, actor: string) {
  this.check(await this.await(actor), { facts: { ran: true, done: true } }, `what came of ${actor}'s initialisation`)
})
