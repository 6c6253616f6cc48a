/**
 * Starts: the arguments and the environment that a runtime is given, and the ones with which it will not start.
 *
 * A runtime is opened before a scenario's first step, so these steps are read ahead (`startIn`). Tags say the same
 * where a whole scenario is about one setting; steps can also take it from the row of an outline.
 */
import { strict as assert } from 'node:assert'
import { Given, Then } from '@cucumber/cucumber'
import { PROGRAM } from './names.ts'
import { REFUSED, type Start, WITH_ARGUMENTS, WITH_VARIABLE } from './start-words.ts'
import type { World } from './world.ts'

Given(WITH_ARGUMENTS, function (this: World, words: string) {
  readAhead(this, ({ argv }) => argv.join(' ') === words)
})

Given(WITH_VARIABLE, function (this: World, name: string, value: string) {
  readAhead(this, ({ env }) => env[name] === value)
})

/** Whoever opened the runtime must have seen the step. */
function readAhead({ start }: World, seen: (start: Start) => boolean): void {
  assert(start && seen(start), 'the runtime was opened without what this step says')
}

Then(REFUSED, function (this: World, reason: string) {
  // In front of the reason stands who says so, which is the runtime's own affair.
  this.check(String(this.notStarted?.message).replace(/^\w+: /, ''), reason, 'why the runtime does not start')
})

Then(/^copies are turned (on|off), as (\w+) and (\w+) show$/, async function (this: World, setting: string, first: string, second: string) {
  await this.perform(first, 'code.run', { module: PROGRAM, source: 'def f(x):\n    return x\n' })
  await this.perform(second, 'code.call', { module: PROGRAM, function: 'f', args: ['1'] })
  const { entries } = await this.observe({ of: 'copies', module: PROGRAM, code: 'f' })
  this.check(entries.length, setting === 'on' ? 2 : 1, `copies of what ${first} wrote and ${second} called`)
})
