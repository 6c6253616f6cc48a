/**
 * Blocks: raw memory of one of the two allocators, published for readers that take no lock.
 *
 * A published block stands in a slot of its own name.
 */
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { Domain } from '../src/protocol/vocabulary.ts'
import type { World } from './world.ts'

const ALLOCATORS = { 'the allocator for memory': 'memory', 'the allocator for objects': 'objects' } as const satisfies Record<
  string,
  Domain
>

defineParameterType({
  name: 'allocator',
  regexp: Object.keys(ALLOCATORS).map((name) => new RegExp(name)),
  transformer: (name: string) => ALLOCATORS[name as keyof typeof ALLOCATORS],
})

// From allocation to disposal

Given('{actor} has block {word}', async function (this: World, actor: string, block: string) {
  await this.perform(actor, 'block.allocate', { block, domain: 'memory' })
})

Given('{actor} has block {word} from {allocator}', async function (this: World, actor: string, block: string, domain: Domain) {
  await this.perform(actor, 'block.allocate', { block, domain })
})

Given('{actor} has blocks {word} and {word}', async function (this: World, actor: string, first: string, second: string) {
  for (const block of [first, second]) await this.perform(actor, 'block.allocate', { block, domain: 'memory' })
})

Given('{actor} publishes block {word}', async function (this: World, actor: string, block: string) {
  await this.perform(actor, 'block.allocate', { block, domain: 'memory' })
  await this.perform(actor, 'slot.create', { slot: block })
  await this.perform(actor, 'slot.publish', { slot: block, block })
})

When('{actor} finds block {word}', async function (this: World, actor: string, block: string) {
  this.check((await this.perform(actor, 'slot.read', { slot: block })).found, block, `what ${actor} found`)
})

When('{actor} unlinks and retires block {word}', async function (this: World, actor: string, block: string) {
  await this.perform(actor, 'slot.clear', { slot: block })
  await this.perform(actor, 'block.retire', { block })
})

When('{actor} frees block {word}', async function (this: World, actor: string, block: string) {
  await this.perform(actor, 'block.free', { block })
})

When('{actor} retires block {word}', async function (this: World, actor: string, block: string) {
  await this.attempt(actor, 'block.retire', { block })
})

Given('{actor} has retired block {word}', async function (this: World, actor: string, block: string) {
  await this.perform(actor, 'block.allocate', { block, domain: 'memory' })
  await this.perform(actor, 'block.retire', { block })
})

Given('{actor} has retired blocks {word} and {word}', async function (this: World, actor: string, first: string, second: string) {
  for (const block of [first, second]) {
    await this.perform(actor, 'block.allocate', { block, domain: 'memory' })
    await this.perform(actor, 'block.retire', { block })
  }
})

Given(
  '{actor} owns {object} whose finalizer retires block {word}',
  async function (this: World, actor: string, object: string, block: string) {
    await this.perform(actor, 'block.allocate', { block, domain: 'memory' })
    await this.perform(actor, 'object.create', { object, finalizer: [{ op: 'block.retire', args: { block } }] })
  },
)

When('{actor} retires blocks {word} and {word}', async function (this: World, actor: string, first: string, second: string) {
  for (const block of [first, second]) await this.perform(actor, 'block.retire', { block })
})

// What became of it

Then('{actor} still reads block {word} as it was', async function (this: World, actor: string, block: string) {
  this.check((await this.perform(actor, 'block.read', { block })).intact, true, `whether block ${block} is intact`)
})

Then('block {word} waits', async function (this: World, block: string) {
  const { state } = await this.observe({ of: 'block', block })
  this.check({ state, freed: this.saw('freed', { block }).length }, { state: 'retired', freed: 0 }, `what became of block ${block}`)
})

Then('block {word} waits for goal {word}', async function (this: World, block: string, goal: string) {
  const observed = await this.observe({ of: 'block', block })
  this.check({ state: observed.state, goal: observed.goal }, { state: 'retired', goal: this.goal(goal) }, `what block ${block} waits for`)
})

Then('block {word} is freed', async function (this: World, block: string) {
  const { state } = await this.observe({ of: 'block', block })
  this.check({ state, freed: this.saw('freed', { block }).length }, { state: 'freed', freed: 1 }, `what became of block ${block}`)
})

Then('blocks {word} and {word} wait', async function (this: World, first: string, second: string) {
  for (const block of [first, second]) {
    const { state } = await this.observe({ of: 'block', block })
    this.check({ state, freed: this.saw('freed', { block }).length }, { state: 'retired', freed: 0 }, `what became of block ${block}`)
  }
})

Then('block {word} is freed by {actor}', function (this: World, block: string, actor: string) {
  this.check(
    this.saw('freed', { block }).map((event) => event.actor),
    [actor],
    `who freed block ${block}`,
  )
})

Then('block {word} was not retired', function (this: World, block: string) {
  this.check(this.saw('retired', { block }).length, 0, `how often block ${block} was retired`)
})

Then('block {word} was freed before block {word}', function (this: World, first: string, second: string) {
  this.check(
    this.saw('freed').flatMap((event) => (event.block && [first, second].includes(event.block) ? event.block : [])),
    [first, second],
    'the blocks freed, in this order',
  )
})

// The allocators

Given('the blocks of both allocators are counted', async function (this: World) {
  const { memory, objects } = await this.observe({ of: 'allocators' })
  this.noted.set('memory', memory).set('objects', objects)
})

Then('{allocator} has {int} block(s) fewer than counted', async function (this: World, domain: Domain, blocks: number) {
  this.check(
    (await this.observe({ of: 'allocators' }))[domain],
    Number(this.noted.get(domain)) - blocks,
    `blocks of the allocator for ${domain}`,
  )
})

Then('each allocator has {int} block(s) fewer than counted', async function (this: World, blocks: number) {
  const { memory, objects } = await this.observe({ of: 'allocators' })
  this.check(memory, Number(this.noted.get('memory')) - blocks, 'blocks of the allocator for memory')
  this.check(objects, Number(this.noted.get('objects')) - blocks, 'blocks of the allocator for objects')
})

Then('{allocator} has as many blocks as counted', async function (this: World, domain: Domain) {
  this.check((await this.observe({ of: 'allocators' }))[domain], this.noted.get(domain), `blocks of the allocator for ${domain}`)
})
