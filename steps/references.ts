/**
 * References: who takes and drops them, and what an object's two counts say.
 */
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { StateOf } from '../src/protocol/states.ts'
import { IT } from './names.ts'
import type { World } from './world.ts'

const AMOUNTS: Record<string, number> = { no: 0, a: 1, one: 1, two: 2, three: 3, four: 4, five: 5 }

defineParameterType({
  name: 'references',
  regexp: /(a|no|one|two|three|four|five|-?\d+) references?/,
  transformer: (amount: string) => AMOUNTS[amount] ?? Number(amount),
})

type CountState = StateOf<'object'>['state']

defineParameterType({
  name: 'countState',
  regexp: /none|maybe-weakref|queued|merged/,
  transformer: (state: string) => state,
})

type Deed = ['owner' | 'other', 'object.allow-try-incref' | 'object.incref' | 'object.decref', times?: number]

/** How an owner with three references and another thread bring an object to a state and a shared count. */
const HISTORIES: Record<string, Deed[]> = {
  'none 0': [],
  'none 1': [['other', 'object.incref']],
  'maybe-weakref 0': [['owner', 'object.allow-try-incref']],
  'maybe-weakref 1': [
    ['owner', 'object.allow-try-incref'],
    ['other', 'object.incref'],
  ],
  'queued -1': [['other', 'object.decref', 2]],
  'queued 0': [['other', 'object.decref']],
  'queued 1': [
    ['other', 'object.decref'],
    ['other', 'object.incref'],
  ],
  'merged 1': [
    ['other', 'object.incref'],
    ['owner', 'object.decref', 3],
  ],
}

// Counting

When('{actor} takes {references}', async function (this: World, actor: string, times: number) {
  await this.perform(actor, 'object.incref', { object: IT, times })
})

When('{actor} takes {references} to {object}', async function (this: World, actor: string, times: number, object: string) {
  await this.perform(actor, 'object.incref', { object, times })
})

When('{actor} drops {references}', async function (this: World, actor: string, times: number) {
  await this.perform(actor, 'object.decref', { object: IT, times })
})

When('{actor} drops {references} to {object}', async function (this: World, actor: string, times: number, object: string) {
  await this.perform(actor, 'object.decref', { object, times })
})

When('{actor} begins to take a reference', async function (this: World, actor: string) {
  await this.attempt(actor, 'object.incref', { object: IT })
})

When('{actor} begins to drop a reference', async function (this: World, actor: string) {
  await this.attempt(actor, 'object.decref', { object: IT })
})

When('{actor} drops one reference too many', async function (this: World, actor: string) {
  await this.attempt(actor, 'object.decref', { object: IT }, ['corrupted'])
})

When('{actor} adds {references} at once', async function (this: World, actor: string, count: number) {
  await this.perform(actor, 'object.add-count', { object: IT, count: String(count) })
})

// Attempts without a lock

When('{actor} allows lock-free attempts on {object}', async function (this: World, actor: string, object: string) {
  await this.perform(actor, 'object.allow-try-incref', { object })
})

When('{actor} tries to take a reference', async function (this: World, actor: string) {
  await this.perform(actor, 'object.try-incref', { object: IT })
})

When('{actor} tries to take a reference to {object}', async function (this: World, actor: string, object: string) {
  await this.perform(actor, 'object.try-incref', { object })
})

When('{actor} takes a reference under a lock', async function (this: World, actor: string) {
  await this.perform(actor, 'object.locked-incref', { object: IT })
})

Then('the attempt is granted', function (this: World) {
  this.check(this.facts.granted, true, 'whether the attempt was granted')
})

Then('the attempt is denied', function (this: World) {
  this.check(this.facts.granted, false, 'whether the attempt was granted')
})

// Setting counts outright

When('{actor} sets the count to {int}', async function (this: World, actor: string, count: number) {
  await this.perform(actor, 'object.set-count', { object: IT, count: String(count) })
})

When('{actor} sets the count to the local limit', async function (this: World, actor: string) {
  await this.perform(actor, 'object.set-count', { object: IT, count: this.hello.parameters['brc.local-limit'] })
})

When('{actor} sets the count to one more than the local limit', async function (this: World, actor: string) {
  await this.perform(actor, 'object.set-count', { object: IT, count: String(BigInt(this.hello.parameters['brc.local-limit']) + 1n) })
})

When('{actor} adds references up to the local limit', async function (this: World, actor: string) {
  const { local } = await this.observe({ of: 'object', object: IT })
  const count = BigInt(this.hello.parameters['brc.local-limit']) - BigInt(local)
  await this.perform(actor, 'object.add-count', { object: IT, count: String(count) })
})

// States and counts

Given(
  '{actor} and {actor} have brought the object to state {countState}, with shared count {int}',
  async function (this: World, owner: string, other: string, state: CountState, shared: number) {
    for (const [who, op, times = 1] of HISTORIES[`${state} ${shared}`] ?? []) {
      await this.perform({ owner, other }[who], op, { object: IT, times })
    }
    const observed = await this.observe({ of: 'object', object: IT })
    this.check({ state: observed.state, shared: observed.shared }, { state, shared: String(shared) }, 'what the scenario begins with')
  },
)

Then(
  'the object is in state {countState}, with local count {int} and shared count {int}',
  async function (this: World, state: CountState, local: number, shared: number) {
    const observed = await this.observe({ of: 'object', object: IT })
    const expected = { state, local: String(local), shared: String(shared) }
    this.check({ state: observed.state, local: observed.local, shared: observed.shared }, expected, 'its state and counts')
  },
)

Then('{object} has local count {int} and shared count {int}', async function (this: World, object: string, local: number, shared: number) {
  const observed = await this.observe({ of: 'object', object })
  const expected = { local: String(local), shared: String(shared) }
  this.check({ local: observed.local, shared: observed.shared }, expected, `the counts of ${object}`)
})

Then('{object} has {references}', async function (this: World, object: string, references: number) {
  this.check((await this.observe({ of: 'object', object })).references, String(references), `the sum of the counts of ${object}`)
})

Then('{object} is alive, with {references}', async function (this: World, object: string, references: number) {
  const observed = await this.observe({ of: 'object', object })
  this.check(observed.alive, true, `whether ${object} is alive`)
  this.check(observed.references, String(references), `the sum of the counts of ${object}`)
})

Then('{object} belongs to {actor}', async function (this: World, object: string, actor: string) {
  this.check((await this.observe({ of: 'object', object })).owner, actor, `the owner of ${object}`)
})

// Unique references

Then('{actor} holds the only reference', async function (this: World, actor: string) {
  this.check((await this.perform(actor, 'object.is-unique', { object: IT })).unique, true, `whether ${actor} holds the only reference`)
})

Then('{actor} does not know that there is only one reference', async function (this: World, actor: string) {
  this.check((await this.perform(actor, 'object.is-unique', { object: IT })).unique, false, `whether ${actor} holds the only reference`)
})
