/**
 * Delayed frees: the queues of retired blocks, of threads and of their interpreter.
 */
import { defineParameterType, Then, When } from '@cucumber/cucumber'
import type { Event } from '../src/protocol/messages.ts'
import { AMOUNTS, type Amount, round } from './limits.ts'
import type { World } from './world.ts'

defineParameterType({
  name: 'amount',
  regexp: Object.keys(AMOUNTS)
    .toSorted((one, other) => other.length - one.length)
    .map((name) => new RegExp(name)),
  transformer: (name: string) => name as Amount,
})

// Retiring and processing

When('{actor} retires {amount}', async function (this: World, actor: string, amount: Amount) {
  const count = AMOUNTS[amount](this.hello.parameters)
  await this.perform(actor, 'block.retire-many', { prefix: `${actor}-${this.events.length}`, count, domain: 'memory' })
})

When('{actor} processes the delayed frees', async function (this: World, actor: string) {
  await this.perform(actor, 'delayed.process', {})
})

When('{actor} and {actor} process the delayed frees, one after the other', async function (this: World, first: string, second: string) {
  for (const actor of [first, second]) await this.perform(actor, 'delayed.process', {})
})

When('{actor} reports a quiescent state and processes the delayed frees', async function (this: World, actor: string) {
  await this.perform(actor, 'qsbr.quiescent', {})
  await this.perform(actor, 'delayed.process', {})
})

When('{actor} retires {amount}, reporting a quiescent state after each round', async function (this: World, actor: string, amount: Amount) {
  const blocks = AMOUNTS[amount](this.hello.parameters)
  const each = round(this.hello.parameters)
  for (let done = 0; done < blocks; done += each) {
    await this.perform(actor, 'block.retire-many', { prefix: `${actor}-${done}`, count: Math.min(each, blocks - done), domain: 'memory' })
    await this.perform(actor, 'qsbr.quiescent', {})
  }
})

// The queue of a thread

Then('{actor} has {amount} pending', async function (this: World, thread: string, amount: Amount) {
  this.check((await this.observe({ of: 'thread', thread })).pending, AMOUNTS[amount](this.hello.parameters), `${thread}'s delayed frees`)
})

Then('{actor} has {int} block(s) pending', async function (this: World, thread: string, blocks: number) {
  this.check((await this.observe({ of: 'thread', thread })).pending, blocks, `${thread}'s delayed frees`)
})

Then('{actor} has nothing pending', async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).pending, 0, `${thread}'s delayed frees`)
})

Then('{actor} has less than {amount} pending', async function (this: World, thread: string, amount: Amount) {
  const { pending } = await this.observe({ of: 'thread', thread })
  this.check(pending < AMOUNTS[amount](this.hello.parameters), true, `whether ${pending} delayed frees are less than ${amount}`)
})

Then('{actor} has {int} chunk(s)', async function (this: World, thread: string, chunks: number) {
  this.check((await this.observe({ of: 'thread', thread })).chunks, chunks, `${thread}'s chunks`)
})

// The queue of the interpreter

Then('the interpreter has inherited {amount}', async function (this: World, amount: Amount) {
  const { pending, hasWork } = await this.observe({ of: 'interpreter' })
  this.check({ pending, hasWork }, { pending: AMOUNTS[amount](this.hello.parameters), hasWork: true }, 'what the interpreter inherited')
})

Then('the interpreter has inherited {int} block(s) in {int} chunk(s)', async function (this: World, blocks: number, inChunks: number) {
  const { pending, chunks, hasWork } = await this.observe({ of: 'interpreter' })
  this.check({ pending, chunks, hasWork }, { pending: blocks, chunks: inChunks, hasWork: true }, 'what the interpreter inherited')
})

Then(
  'the interpreter has inherited {int} block(s) in {int} chunk(s), as {actor} sees it',
  async function (this: World, blocks: number, inChunks: number, seenBy: string) {
    const { pending, chunks, hasWork } = await this.observe({ of: 'interpreter', seenBy })
    this.check(
      { pending, chunks, hasWork },
      { pending: blocks, chunks: inChunks, hasWork: true },
      `what the interpreter of ${seenBy} inherited`,
    )
  },
)

Then('the interpreter has inherited nothing', async function (this: World) {
  const { pending, chunks, hasWork } = await this.observe({ of: 'interpreter' })
  this.check({ pending, chunks, hasWork }, { pending: 0, chunks: 0, hasWork: false }, 'what the interpreter inherited')
})

// All retired blocks of the scenario

Then('none of the retired blocks is freed', function (this: World) {
  this.check({ some: retired(this).length > 0, freed: freed(this) }, { some: true, freed: [] }, 'the blocks freed')
})

Then('{amount} is/are freed', function (this: World, amount: Amount) {
  this.check(freed(this).length, AMOUNTS[amount](this.hello.parameters), 'blocks freed')
})

Then('{amount} is/are freed if safe points look, and none otherwise', function (this: World, amount: Amount) {
  const { parameters } = this.hello
  this.check(freed(this).length, parameters['dfree.at-safe-point'] ? AMOUNTS[amount](parameters) : 0, 'blocks freed')
})

Then('every retired block was freed once', function (this: World) {
  this.check(freed(this).toSorted(), retired(this).toSorted(), 'the blocks freed')
})

Then('the blocks were freed in the order in which they were retired', function (this: World) {
  this.check(freed(this), retired(this).slice(0, freed(this).length), 'the blocks freed, in this order')
})

Then('all chunks were given back', function (this: World) {
  this.check(this.saw('chunk-freed').length, this.saw('chunk-opened').length, 'chunks given back')
})

/** The names of the blocks that were retired in this scenario, in this order. */
const retired = (world: World): string[] => blocksIn(world.saw('retired'))

/** The names of the blocks that were freed in this scenario, in this order. */
const freed = (world: World): string[] => blocksIn(world.saw('freed'))

const blocksIn = (events: readonly Event[]): string[] => events.map(({ block }) => block).filter((block) => block !== undefined)
