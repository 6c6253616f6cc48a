/**
 * Forks: who acts in the child, and what became of things on either side.
 *
 * What happens in the child happens to its only actor, so events tell the two sides apart.
 */
import { Then, When } from '@cucumber/cucumber'
import type { World } from './world.ts'

When('{actor} forks, and {actor} is his/her copy in the child', async function (this: World, actor: string, child: string) {
  await this.attempt(actor, 'process.fork', { child })
})

Then('{object} is freed in the child, by {actor}', function (this: World, object: string, child: string) {
  this.check(this.saw('freed', { object, actor: child }).length, 1, `how often ${object} was freed by ${child}`)
})

Then('{object} is freed in the parent, by {actor}', async function (this: World, object: string, actor: string) {
  const { alive } = await this.observe({ of: 'object', object })
  this.check(
    { alive, freed: this.saw('freed', { object, actor }).length },
    { alive: false, freed: 1 },
    `the end of ${object} in the parent`,
  )
})

Then('block {word} is freed in the child, by {actor}', function (this: World, block: string, child: string) {
  this.check(this.saw('freed', { block, actor: child }).length, 1, `how often block ${block} was freed by ${child}`)
})

Then('block {word} is freed in the parent, by {actor}', async function (this: World, block: string, actor: string) {
  const { state } = await this.observe({ of: 'block', block })
  this.check(
    { state, freed: this.saw('freed', { block, actor }).length },
    { state: 'freed', freed: 1 },
    `the end of block ${block} in the parent`,
  )
})
