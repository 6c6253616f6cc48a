/**
 * Slots: places that threads read without a lock.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import type { World } from './world.ts'

Given('{actor} has made slot {string}', async function (this: World, actor: string, slot: string) {
  await this.perform(actor, 'slot.create', { slot })
})

When('{actor} puts {object} into slot {string}', async function (this: World, actor: string, object: string, slot: string) {
  await this.perform(actor, 'slot.publish', { slot, object })
})

When('{actor} empties slot {string}', async function (this: World, actor: string, slot: string) {
  await this.perform(actor, 'slot.clear', { slot })
})

When('{actor} takes a reference from slot {string}', async function (this: World, actor: string, slot: string) {
  await this.perform(actor, 'slot.take', { slot })
})

Then('{object} is taken', function (this: World, object: string) {
  this.check(this.facts.taken, object, 'what was taken from the slot')
})

Then('nothing is taken', function (this: World) {
  this.check(this.facts.taken, null, 'what was taken from the slot')
})
