/**
 * Finalizers: what an object does with the thread that ends it, and whether it did.
 */
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { Program } from '../src/protocol/vocabulary.ts'
import { IT, PROGRAM } from './names.ts'
import type { World } from './world.ts'

/** The event that finalizers wait for where others act while they run. */
const GO_ON = 'go on'
const WAIT: Program = [{ op: 'event.wait', args: { event: GO_ON } }]

/** What the finalizer of an object does. */
type Deed = (object: string) => Program

/** What the finalizers of the scenarios do, in the words of their steps. */
const DEEDS: Record<string, Deed> = {
  'keeps nothing': () => [],
  'keeps a reference to the object': (object) => [{ op: 'object.incref', args: { object } }],
  'drops that reference again': (object) => [{ op: 'object.decref', args: { object } }],
  'allows lock-free attempts on the object': (object) => [{ op: 'object.allow-try-incref', args: { object } }],
  'makes the object immortal': (object) => [{ op: 'object.make-immortal', args: { object } }],
  'reaches a safe point': () => [{ op: 'thread.safe-point' }],
  'puts the object into slot "s"': (object) => [
    { op: 'object.incref', args: { object } },
    { op: 'slot.publish', args: { slot: 's', object } },
  ],
  'sets event "kept"': () => [{ op: 'event.set', args: { event: 'kept' } }],
  'calls f with 1 and 2': () => [{ op: 'code.call', args: { module: PROGRAM, function: 'f', args: ['1', '2'] } }],
  'makes a thread state for Cleo': () => [{ op: 'thread.create', args: { thread: 'Cleo' } }],
  'drops object "y"': () => [{ op: 'object.decref', args: { object: 'y' } }],
}

defineParameterType({
  name: 'deed',
  regexp: Object.keys(DEEDS).map((deed) => new RegExp(deed)),
  transformer: (deed: string) => DEEDS[deed],
})

Given('{actor} owns {object} whose finalizer {deed}', async function (this: World, actor: string, object: string, deed: Deed) {
  await this.perform(actor, 'object.create', { object, finalizer: deed(object) })
})

Given(
  '{actor} owns {object} whose finalizer {deed} and {deed}',
  async function (this: World, actor: string, object: string, first: Deed, second: Deed) {
    await this.perform(actor, 'object.create', { object, finalizer: [...first(object), ...second(object)] })
  },
)

Given('{actor} owns {object} whose finalizer waits to be told to go on', async function (this: World, actor: string, object: string) {
  await this.perform(actor, 'event.create', { event: GO_ON })
  await this.perform(actor, 'object.create', { object, finalizer: WAIT })
})

Given(
  '{actor} owns {object} whose finalizer {deed} and waits to be told to go on',
  async function (this: World, actor: string, object: string, first: Deed) {
    await this.perform(actor, 'event.create', { event: GO_ON })
    await this.perform(actor, 'object.create', { object, finalizer: [...first(object), ...WAIT] })
  },
)

Given('{actor} owns a collected object whose finalizer {deed}', async function (this: World, actor: string, deed: Deed) {
  await this.perform(actor, 'object.create', { object: IT, collected: true, finalizer: deed(IT) })
})

When('{actor} tells the finalizer to go on', async function (this: World, actor: string) {
  await this.perform(actor, 'event.set', { event: GO_ON })
})

Then('the finalizer has run once, on {actor}', async function (this: World, actor: string) {
  const { finalizations } = await this.observe({ of: 'object', object: IT })
  const ran = { finalizations, on: this.saw('finalized', { object: IT }).map((event) => event.actor) }
  this.check(ran, { finalizations: 1, on: [actor] }, 'how often the finalizer ran, and where')
})
