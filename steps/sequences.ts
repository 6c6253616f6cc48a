/**
 * Sequences: how far the clock of retirements has come, how far each thread has, and which goals are reached.
 */
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import { round, sequenceAfter, TURNS, type Turn } from './limits.ts'
import type { World } from './world.ts'

defineParameterType({
  name: 'turn',
  regexp: Object.keys(TURNS).map((name) => new RegExp(name)),
  transformer: (name: string) => name as Turn,
})

// Reporting and advancing

When('{actor} reports a quiescent state', async function (this: World, actor: string) {
  await this.perform(actor, 'qsbr.quiescent', {})
})

When('{actor} and {actor} report quiescent states', async function (this: World, first: string, second: string) {
  for (const actor of [first, second]) await this.perform(actor, 'qsbr.quiescent', {})
})

When('{actor}, {actor} and {actor} report quiescent states', async function (this: World, first: string, second: string, third: string) {
  for (const actor of [first, second, third]) await this.perform(actor, 'qsbr.quiescent', {})
})

When('{actor} reports a quiescent state without being attached', async function (this: World, actor: string) {
  await this.attempt(actor, 'qsbr.quiescent', {})
})

When('{actor} advances to goal {word}', async function (this: World, actor: string, goal: string) {
  this.goals.set(goal, (await this.perform(actor, 'qsbr.advance', {})).goal)
})

When('{actor} advances', async function (this: World, actor: string) {
  await this.perform(actor, 'qsbr.advance', {})
})

When('{actor} makes a deferred advance to goal {word}', async function (this: World, actor: string, goal: string) {
  this.goals.set(goal, (await this.perform(actor, 'qsbr.defer', {})).goal)
})

Given('{actor} has just completed a round of deferred advances', async function (this: World, actor: string) {
  await completeRound(this, actor)
})

When('{actor} completes the round of deferred advances', async function (this: World, actor: string) {
  await completeRound(this, actor)
})

When('{actor} makes all deferred advances of a round but the last', async function (this: World, actor: string) {
  for (let call = 1; call < round(this.hello.parameters); call += 1) await this.perform(actor, 'qsbr.defer', {})
})

When('{actor} makes deferred advances for two rounds and one call more', async function (this: World, actor: string) {
  for (let call = 1; call <= 2 * round(this.hello.parameters) + 1; call += 1) {
    this.goals.set(`of call ${call}`, (await this.perform(actor, 'qsbr.defer', {})).goal)
  }
})

Given('{actor} is attached, {int} advance(s) short of {turn}', async function (this: World, actor: string, advances: number, turn: Turn) {
  const sequence = sequenceAfter(this.hello.parameters, TURNS[turn](this.hello.parameters), -advances)
  await this.perform(actor, 'thread.enter', {})
  await this.perform(actor, 'qsbr.begin-at', { sequence })
})

// Asking

When('{actor} polls goal {word}', async function (this: World, actor: string, goal: string) {
  await this.perform(actor, 'qsbr.poll', { goal: this.goal(goal) })
})

When('{actor} polls goal {word} without being attached', async function (this: World, actor: string, goal: string) {
  await this.attempt(actor, 'qsbr.poll', { goal: this.goal(goal) })
})

Then('{actor} finds goal {word} reached', async function (this: World, actor: string, goal: string) {
  this.check((await this.perform(actor, 'qsbr.poll', { goal: this.goal(goal) })).reached, true, `whether goal ${goal} is reached`)
})

Then('{actor} finds goal {word} not reached', async function (this: World, actor: string, goal: string) {
  this.check((await this.perform(actor, 'qsbr.poll', { goal: this.goal(goal) })).reached, false, `whether goal ${goal} is reached`)
})

Then('{actor} knows that goal {word} is reached', async function (this: World, actor: string, goal: string) {
  this.check(
    (await this.perform(actor, 'qsbr.reached', { goal: this.goal(goal) })).reached,
    true,
    `whether goal ${goal} is known to be reached`,
  )
})

Then('{actor} does not know that goal {word} is reached', async function (this: World, actor: string, goal: string) {
  this.check(
    (await this.perform(actor, 'qsbr.reached', { goal: this.goal(goal) })).reached,
    false,
    `whether goal ${goal} is known to be reached`,
  )
})

Then('nobody has looked at the threads', function (this: World) {
  this.check(this.saw('scanned').length, 0, 'scans')
})

Then('the threads were looked at once', function (this: World) {
  this.check(this.saw('scanned').length, 1, 'scans')
})

// Sequences

Then('the write sequence is goal {word}', async function (this: World, goal: string) {
  this.check((await this.observe({ of: 'interpreter' })).writeSequence, this.goal(goal), 'the write sequence')
})

Then('the write sequence is goal {word}, as {actor} sees it', async function (this: World, goal: string, seenBy: string) {
  this.check((await this.observe({ of: 'interpreter', seenBy })).writeSequence, this.goal(goal), `the write sequence, as ${seenBy} sees it`)
})

Then('the lowest read sequence is goal {word}', async function (this: World, goal: string) {
  this.check((await this.observe({ of: 'interpreter' })).readSequence, this.goal(goal), 'the lowest read sequence')
})

Then("{actor}'s read sequence is goal {word}", async function (this: World, thread: string, goal: string) {
  this.check((await this.observe({ of: 'thread', thread })).sequence, this.goal(goal), `${thread}'s read sequence`)
})

Then('{actor} has no read sequence', async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).sequence, '0', `${thread}'s read sequence`)
})

Then('goal {word} is one advance after goal {word}', function (this: World, late: string, early: string) {
  this.check(this.goal(late), sequenceAfter(this.hello.parameters, this.goal(early), 1), `goal ${late}`)
})

Then('goal {word} is the same as goal {word}', function (this: World, one: string, other: string) {
  this.check(this.goal(one), this.goal(other), `goal ${one}`)
})

Then('goal {word} is the first sequence of all', function (this: World, goal: string) {
  this.check(this.goal(goal), this.hello.parameters['qsbr.first'], `goal ${goal}`)
})

Then('each round shares one goal, and the last call has the goal after the write sequence', async function (this: World) {
  const { writeSequence } = await this.observe({ of: 'interpreter' })
  const calls = round(this.hello.parameters)
  const expected = [-1, 0].flatMap((advances) =>
    Array.from({ length: calls }, () => sequenceAfter(this.hello.parameters, writeSequence, advances)),
  )
  this.check([...this.goals.values()], [...expected, sequenceAfter(this.hello.parameters, writeSequence, 1)], 'the goals')
})

Then("{actor}'s round has just begun", async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).deferrals, 0, `${thread}'s deferred advances in this round`)
})

Then("{actor}'s round is one call short", async function (this: World, thread: string) {
  this.check(
    (await this.observe({ of: 'thread', thread })).deferrals,
    round(this.hello.parameters) - 1,
    `${thread}'s deferred advances in this round`,
  )
})

/** Defers until a call advances, which no more than a round of calls can take. */
async function completeRound(world: World, actor: string): Promise<void> {
  for (let call = 1; call <= round(world.hello.parameters); call += 1) {
    if ((await world.perform(actor, 'qsbr.defer', {})).advanced) return
  }
}
