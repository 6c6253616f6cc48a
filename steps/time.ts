/**
 * Time: it passes only when a scenario says so.
 */
import { defineParameterType, When } from '@cucumber/cucumber'
import { ACTORS } from './actors.ts'
import { DURATION_WORDS, type Duration, durationOf } from './durations.ts'
import type { World } from './world.ts'

/** Time passes for everybody, whoever is asked to let it pass, and even if that one is parked. */
const ANYONE = ACTORS[0]

defineParameterType({ name: 'duration', regexp: DURATION_WORDS.map((words) => new RegExp(words)), transformer: durationOf })

When('{duration} passes/pass', async function (this: World, length: Duration) {
  await this.perform(ANYONE, 'time.pass', { milliseconds: length(this) })
})
