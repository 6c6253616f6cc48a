/**
 * Requests: what threads ask of each other, what a safe point serves, and what handlers do.
 */
import { type DataTable, defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import { Request } from '../src/protocol/vocabulary.ts'
import type { World } from './world.ts'

defineParameterType({
  name: 'request',
  regexp: Request.options.map((request) => new RegExp(request)),
  transformer: (request: string) => request as Request,
})

// Asking

When('{actor} sets the {request} request of {actor}', async function (this: World, actor: string, request: Request, thread: string) {
  await this.perform(actor, 'thread.request', { thread, request })
})

When('{actor} sets his/her own {request} request', async function (this: World, actor: string, request: Request) {
  await this.perform(actor, 'thread.request', { thread: actor, request })
})

Given('{actor} sets all his/her own requests, the last one first', async function (this: World, actor: string) {
  for (const request of Request.options.toReversed()) await this.perform(actor, 'thread.request', { thread: actor, request })
})

Then('the {request} request of {actor} is still set', async function (this: World, request: Request, thread: string) {
  this.check(
    (await this.observe({ of: 'thread', thread })).requests.includes(request),
    true,
    `whether the ${request} request of ${thread} is set`,
  )
})

Then('the {request} request of {actor} is not set', async function (this: World, request: Request, thread: string) {
  this.check(
    (await this.observe({ of: 'thread', thread })).requests.includes(request),
    false,
    `whether the ${request} request of ${thread} is set`,
  )
})

// Handling

Given('{actor} handles the {request} request by doing nothing', async function (this: World, actor: string, request: Request) {
  await this.perform(actor, 'thread.handle', { request })
})

Given('{actor} handles the {request} request by failing', async function (this: World, actor: string, request: Request) {
  await this.perform(actor, 'thread.handle', { request, fails: true })
})

Given(
  '{actor} handles the {request} request by setting his/her own {request} request',
  async function (this: World, actor: string, request: Request, later: Request) {
    await this.perform(actor, 'thread.handle', { request, program: [{ op: 'thread.request', args: { thread: actor, request: later } }] })
  },
)

/** The event that a pending call waits for while others act. */
const CALL_ENDS = 'the call ends'

Given('{actor} is in the midst of a pending call', async function (this: World, actor: string) {
  const request = 'pending calls'
  await this.perform(actor, 'event.create', { event: CALL_ENDS })
  await this.perform(actor, 'thread.handle', { request, program: [{ op: 'event.wait', args: { event: CALL_ENDS } }] })
  await this.perform(actor, 'thread.request', { thread: actor, request })
  await this.attempt(actor, 'thread.safe-point', {})
})

When('{actor} lets the pending call end', async function (this: World, actor: string) {
  await this.perform(actor, 'event.set', { event: CALL_ENDS })
})

// Serving

When('{actor} reaches a safe point', async function (this: World, actor: string) {
  await this.attempt(actor, 'thread.safe-point', {})
})

When('{actor} and {actor} reach safe points', async function (this: World, first: string, second: string) {
  for (const actor of [first, second]) await this.attempt(actor, 'thread.safe-point', {})
})

Then('he/she serves no request', function (this: World) {
  this.check(this.outcome, { facts: { served: [], failed: null } }, 'what was served')
})

Then('he/she serves the {request} request', function (this: World, request: Request) {
  this.check(this.outcome, { facts: { served: [request], failed: null } }, 'what was served')
})

Then('he/she serves the {request} and {request} requests', function (this: World, first: Request, second: Request) {
  this.check(this.outcome, { facts: { served: [first, second], failed: null } }, 'what was served')
})

Then('he/she serves these requests, in this order:', function (this: World, table: DataTable) {
  this.check(this.outcome, { facts: { served: table.raw().flat(), failed: null } }, 'what was served')
})

Then('he/she serves the {request} request, among others', function (this: World, request: Request) {
  const { served } = this.facts as { served: Request[] }
  this.check(served.includes(request), true, `whether the ${request} request was served`)
})

Then('his/her handler of the {request} request failed', function (this: World, request: Request) {
  this.check(this.facts.failed, request, 'whose handler failed')
})
