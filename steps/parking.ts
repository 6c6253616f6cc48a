/**
 * Parking: threads that sleep on a word of memory, and those who wake them.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import type { Duration } from './durations.ts'
import { WORD } from './names.ts'
import type { World } from './world.ts'

/** A word in the same bucket of the parking lot. */
const NEIGHBOUR = 'other word'

Given('{actor} has a word that holds {int}', async function (this: World, actor: string, value: number) {
  await this.perform(actor, 'cell.create', { cell: WORD, value })
})

Given('{actor} has another word in the same bucket that holds {int}', async function (this: World, actor: string, value: number) {
  await this.perform(actor, 'cell.create', { cell: NEIGHBOUR, value, beside: WORD })
})

When('{actor} changes the word to {int}', async function (this: World, actor: string, value: number) {
  await this.perform(actor, 'cell.store', { cell: WORD, value })
})

When('{actor} parks on the word, expecting {int}', async function (this: World, actor: string, expected: number) {
  await this.attempt(actor, 'cell.park', { cell: WORD, expected })
})

When('{actor} parks on the other word, expecting {int}', async function (this: World, actor: string, expected: number) {
  await this.attempt(actor, 'cell.park', { cell: NEIGHBOUR, expected })
})

When(
  '{actor} parks on the word for at most {duration}, expecting {int}',
  async function (this: World, actor: string, atMost: Duration, expected: number) {
    await this.attempt(actor, 'cell.park', { cell: WORD, expected, timeout: atMost(this) })
  },
)

When('{actor} wakes one thread parked on the word', async function (this: World, actor: string) {
  await this.perform(actor, 'cell.unpark', { cell: WORD })
})

When('{actor} wakes all threads parked on the word', async function (this: World, actor: string) {
  await this.perform(actor, 'cell.unpark-all', { cell: WORD })
})

When('{actor} wakes all threads parked on the other word', async function (this: World, actor: string) {
  await this.perform(actor, 'cell.unpark-all', { cell: NEIGHBOUR })
})

Then('he/she woke {actor}, and there are more', function (this: World, woken: string) {
  this.check(this.facts, { woken, more: true }, 'who was woken')
})

Then('he/she woke {actor}, and there are no more', function (this: World, woken: string) {
  this.check(this.facts, { woken, more: false }, 'who was woken')
})

Then('he/she woke nobody', function (this: World) {
  this.check(this.facts, { woken: null, more: false }, 'who was woken')
})

Then('he/she woke {int} of them', function (this: World, woken: number) {
  this.check(this.facts, { woken }, 'how many were woken')
})

Then('he/she is told that the word has changed', function (this: World) {
  this.check(this.outcome, { facts: { outcome: 'changed' } }, 'what came of it')
})

Then('{actor} was woken', async function (this: World, actor: string) {
  this.check(await this.await(actor), { facts: { outcome: 'woken' } }, `what ended ${actor}'s sleep`)
})

Then('{actor} was interrupted', async function (this: World, actor: string) {
  this.check(await this.await(actor), { facts: { outcome: 'interrupted' } }, `what ended ${actor}'s sleep`)
})

Then('the time of {actor} was up', async function (this: World, actor: string) {
  this.check(await this.await(actor), { facts: { outcome: 'timed out' } }, `what ended ${actor}'s sleep`)
})
