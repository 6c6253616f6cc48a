/**
 * Requests: what threads ask of each other, what a safe point serves, and what handlers do.
 */
import { type DataTable, defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import { Request } from '../src/protocol/operations.ts'
import type { World } from './world.ts'

defineParameterType({
  name: 'request',
  regexp: Request.options.map((request) => new RegExp(request)),
  transformer: (request: string) => request as Request,
})

// Asking

When('{actor} requests {request} of {actor}', async function (this: World, actor: string, request: Request, thread: string) {
  await this.perform(actor, 'thread.request', { thread, request })
})

When('{actor} requests {request} of himself/herself', async function (this: World, actor: string, request: Request) {
  await this.perform(actor, 'thread.request', { thread: actor, request })
})

Given('{actor} requests everything of himself/herself, the last thing first', async function (this: World, actor: string) {
  for (const request of Request.options.toReversed()) await this.perform(actor, 'thread.request', { thread: actor, request })
})

Then('{request} is still requested of {actor}', async function (this: World, request: Request, thread: string) {
  this.check(
    (await this.observe({ of: 'thread', thread })).requests.includes(request),
    true,
    `whether ${request} is requested of ${thread}`,
  )
})

Then('{request} is not requested of {actor}', async function (this: World, request: Request, thread: string) {
  this.check(
    (await this.observe({ of: 'thread', thread })).requests.includes(request),
    false,
    `whether ${request} is requested of ${thread}`,
  )
})

// Handling

Given('{actor} handles {request} by doing nothing', async function (this: World, actor: string, request: Request) {
  await this.perform(actor, 'thread.handle', { request })
})

Given('{actor} handles {request} by failing', async function (this: World, actor: string, request: Request) {
  await this.perform(actor, 'thread.handle', { request, fails: true })
})

Given(
  '{actor} handles {request} by requesting {request} of himself/herself',
  async function (this: World, actor: string, request: Request, later: Request) {
    await this.perform(actor, 'thread.handle', { request, program: [{ op: 'thread.request', args: { thread: actor, request: later } }] })
  },
)

Given(
  '{actor} handles {request} by waiting for event {string}',
  async function (this: World, actor: string, request: Request, event: string) {
    await this.perform(actor, 'thread.handle', { request, program: [{ op: 'event.wait', args: { event } }] })
  },
)

// Serving

When('{actor} reaches a safe point', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.safe-point', {})
})

Then('he/she served nothing', function (this: World) {
  this.check(this.outcome, { facts: { served: [], failed: null } }, 'what was served')
})

Then('he/she served {request}', function (this: World, request: Request) {
  this.check(this.outcome, { facts: { served: [request], failed: null } }, 'what was served')
})

Then('he/she served {request} and {request}', function (this: World, first: Request, second: Request) {
  this.check(this.outcome, { facts: { served: [first, second], failed: null } }, 'what was served')
})

Then('he/she served, in this order:', function (this: World, table: DataTable) {
  this.check(this.outcome, { facts: { served: table.raw().flat(), failed: null } }, 'what was served')
})

Then('{request} is among what he/she served', function (this: World, request: Request) {
  const { served } = this.facts as { served: Request[] }
  this.check(served.includes(request), true, `whether ${request} was served`)
})

Then('his/her handler of {request} failed', function (this: World, request: Request) {
  this.check(this.facts.failed, request, 'whose handler failed')
})
