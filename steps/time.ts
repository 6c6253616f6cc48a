/**
 * Time: it passes only when a scenario says so.
 */
import { defineParameterType, When } from '@cucumber/cucumber'
import { ACTORS } from './actors.ts'
import type { World } from './world.ts'

/** Time passes for everybody, whoever is asked to let it pass, and even if that one is parked. */
const ANYONE = ACTORS[0]

/** By how much one length of time exceeds another that it is to be told from, in milliseconds. */
const MOMENT = 0.25

/** A length of time, in milliseconds: often it is the subject that says how long. */
export type Duration = (world: World) => number

/** Lengths of time by what they mean. */
const DURATIONS = {
  'half the fairness limit': ({ hello }) => hello.parameters['mutex.fair-after'] / 2,
  'a moment longer than the fairness limit': ({ hello }) => hello.parameters['mutex.fair-after'] + MOMENT,
  'the fairness limit': ({ hello }) => hello.parameters['mutex.fair-after'],
  'a moment longer than the polling interval': ({ hello }) => hello.parameters['world.poll-every'] + MOMENT,
  'half a second': () => 500,
  'a second': () => 1000,
  'two seconds': () => 2000,
} as const satisfies Record<string, Duration>

defineParameterType({
  name: 'duration',
  regexp: Object.keys(DURATIONS).map((name) => new RegExp(name)),
  transformer: (name: string): Duration => DURATIONS[name as keyof typeof DURATIONS],
})

When('{duration} passes/pass', async function (this: World, length: Duration) {
  await this.perform(ANYONE, 'time.pass', { milliseconds: length(this) })
})
