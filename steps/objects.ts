/**
 * Objects: how they are made, what sort of life they have, and whether they are still there.
 *
 * The object that a scenario is about is "the object"; further ones have names.
 */
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import { IT, MANY } from './names.ts'
import type { World } from './world.ts'

defineParameterType({
  name: 'object',
  regexp: /the object|an object|object "([^"]+)"/,
  transformer: (name?: string) => name ?? IT,
})

// Birth

Given('{actor} owns {object} with {references}', async function (this: World, actor: string, object: string, references: number) {
  await this.perform(actor, 'object.create', { object, references })
})

Given('{actor} has made an immortal object', async function (this: World, actor: string) {
  await this.perform(actor, 'object.create', { object: IT, immortal: true })
})

Given('{actor} owns one object more than a chunk of the merge queue holds', async function (this: World, actor: string) {
  await this.perform(actor, 'object.create-many', { prefix: MANY, count: this.hello.parameters['brc.chunk'] + 1 })
})

// Mortality

When('{actor} makes {object} immortal', async function (this: World, actor: string, object: string) {
  await this.perform(actor, 'object.make-immortal', { object })
})

When('{actor} makes {object} mortal again with {references}', async function (this: World, actor: string, object: string, count: number) {
  await this.perform(actor, 'object.make-mortal', { object, count: String(count) })
})

Then('{object} is immortal', async function (this: World, object: string) {
  const { alive, immortal } = await this.observe({ of: 'object', object })
  this.check({ alive, immortal }, { alive: true, immortal: true }, `the life of ${object}`)
})

Then('{object} is mortal', async function (this: World, object: string) {
  const { alive, immortal } = await this.observe({ of: 'object', object })
  this.check({ alive, immortal }, { alive: true, immortal: false }, `the life of ${object}`)
})

Then('{object} answers the count of all immortal objects', async function (this: World, object: string) {
  const { references } = await this.observe({ of: 'object', object })
  this.check(references, this.hello.parameters['brc.immortal-count'], `the count of ${object}`)
})

Then('nothing was counted on {object}', async function (this: World, object: string) {
  const { references, shared } = await this.observe({ of: 'object', object })
  const expected = { references: this.hello.parameters['brc.immortal-count'], shared: '0' }
  this.check({ references, shared }, expected, `the counts of ${object}`)
})

// Death

Then('{object} is (still )alive', async function (this: World, object: string) {
  this.check((await this.observe({ of: 'object', object })).alive, true, `whether ${object} is alive`)
})

Then('{object} is freed', async function (this: World, object: string) {
  this.check((await this.observe({ of: 'object', object })).alive, false, `whether ${object} is alive`)
})

Then('{object} is freed once, by {actor}', function (this: World, object: string, actor: string) {
  const freed = this.saw('freed', { object }).map((event) => event.actor)
  this.check(freed, [actor], `who freed ${object}`)
})

Then('all of them are freed, the last queued first', function (this: World) {
  const [queued, freed] = [this.saw('queued'), this.saw('freed')].map((events) => events.map((event) => event.object))
  this.check(freed, queued?.toReversed(), 'the objects freed, in this order')
})

Then('that is reported as corruption', function (this: World) {
  this.check(this.refusal, 'corrupted', 'what came of it')
})
