/**
 * Interpreters: how they end.
 */
import { Then, When } from '@cucumber/cucumber'
import type { World } from './world.ts'

When('{actor} begins to end the interpreter', async function (this: World, actor: string) {
  await this.perform(actor, 'interpreter.finalize', {})
})

When('{actor} ends the interpreter', async function (this: World, actor: string) {
  await this.attempt(actor, 'interpreter.end', {})
})

Then('the interpreter is not ending', async function (this: World) {
  this.check((await this.observe({ of: 'interpreter' })).finalizing, false, 'whether the interpreter is ending')
})
