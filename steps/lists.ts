/**
 * Lists, as far as the memory for their items goes: read without a lock, replaced when the list is resized.
 */
import { Given, Then, When } from '@cucumber/cucumber'
import { LIST } from './names.ts'
import type { World } from './world.ts'

Given('{actor} owns a list', async function (this: World, actor: string) {
  await this.perform(actor, 'list.create', { list: LIST })
})

When('{actor} reads the list', async function (this: World, actor: string) {
  this.noted.set(`what ${actor} read`, (await this.perform(actor, 'list.read', { list: LIST })).block)
})

When('{actor} resizes the list', async function (this: World, actor: string) {
  this.noted.set('old items', (await this.perform(actor, 'list.resize', { list: LIST })).old)
})

When('{actor} resizes the list more often than a chunk holds', async function (this: World, actor: string) {
  for (let times = 0; times <= this.hello.parameters['dfree.chunk']; times += 1) await this.perform(actor, 'list.resize', { list: LIST })
})

Then('the old items are freed at once', async function (this: World) {
  const block = String(this.noted.get('old items'))
  const { state } = await this.observe({ of: 'block', block })
  this.check({ state, retired: this.saw('retired', { block }).length }, { state: 'freed', retired: 0 }, 'what became of the old items')
})

Then('the old items wait', async function (this: World) {
  const block = String(this.noted.get('old items'))
  this.check((await this.observe({ of: 'block', block })).state, 'retired', 'what became of the old items')
})

Then('{actor} still finds the items as they were', async function (this: World, actor: string) {
  const block = String(this.noted.get(`what ${actor} read`))
  this.check((await this.perform(actor, 'block.read', { block })).intact, true, `whether the items that ${actor} read are intact`)
})

Then('the items that {actor} read are freed', async function (this: World, actor: string) {
  const block = String(this.noted.get(`what ${actor} read`))
  this.check((await this.observe({ of: 'block', block })).state, 'freed', `what became of the items that ${actor} read`)
})

Then('the items that {actor} read wait', async function (this: World, actor: string) {
  const block = String(this.noted.get(`what ${actor} read`))
  this.check((await this.observe({ of: 'block', block })).state, 'retired', `what became of the items that ${actor} read`)
})
