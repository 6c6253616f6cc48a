/**
 * Copies of bytecode: who runs which, and how many there are.
 */
import { strict as assert } from 'node:assert'
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { Call } from './calls.ts'
import { crowdOf, PASSERS, PLACES, SIZES } from './crowd.ts'
import { PROGRAM } from './names.ts'
import type { World } from './world.ts'

/** A thread's copy as a token, or null if it has none. */
export async function copyOf(world: World, thread: string, code: string): Promise<{ copy: string | null; main: boolean }> {
  const { copy, main } = await world.observe({ of: 'copy', module: PROGRAM, code, thread, seenBy: thread })
  return { copy, main }
}

const entries = (world: World): number => {
  const first = world.hello.parameters['tlbc.entries']
  assert(first !== undefined, 'the subject does not say how many entries an array of copies has at first')
  return first
}

defineParameterType({ name: 'arraySize', regexp: new RegExp(Object.keys(SIZES).join('|')), transformer: (words: string) => SIZES[words] })

Then('{actors} has/have no copy of {path}', async function (this: World, actors: string[], code: string) {
  for (const actor of actors) this.check(await copyOf(this, actor, code), { copy: null, main: false }, `${actor}'s copy of ${code}`)
})

Then('{actors} runs/run the main copy of {path}', async function (this: World, actors: string[], code: string) {
  for (const actor of actors) this.check((await copyOf(this, actor, code)).main, true, `whether ${actor} runs the main copy of ${code}`)
})

Then('{actors} runs/run a copy of {path} of his/her/their own', async function (this: World, actors: string[], code: string) {
  const seen: (string | null)[] = []
  for (const actor of actors) {
    const { copy, main } = await copyOf(this, actor, code)
    this.check({ copied: copy !== null, main }, { copied: true, main: false }, `${actor}'s copy of ${code}`)
    seen.push(copy)
  }
  this.check(new Set(seen).size, actors.length, `how many copies of ${code} these are: ${actors.join(', ')}`)
})

Then('{actors} run the same copy of {path}', async function (this: World, actors: string[], code: string) {
  const seen = new Set<string | null>()
  for (const actor of actors) seen.add((await copyOf(this, actor, code)).copy)
  this.check([seen.size, seen.has(null)], [1, false], `how many copies of ${code} these run: ${actors.join(', ')}`)
})

When('{actor} remembers his/her copy of {path}', async function (this: World, actor: string, code: string) {
  this.noted.set(`copy of ${code}`, (await copyOf(this, actor, code)).copy)
})

Then('{actor} runs the copy of {path} that was remembered', async function (this: World, actor: string, code: string) {
  const { copy } = await copyOf(this, actor, code)
  this.check(
    copy !== null && copy === this.noted.get(`copy of ${code}`),
    true,
    `whether ${actor} runs the copy of ${code} that was remembered`,
  )
})

Then('there is/are {int} copy/copies of {path}', async function (this: World, count: number, code: string) {
  this.check((await this.observe({ of: 'copies', module: PROGRAM, code })).entries.length, count, `copies of ${code}`)
})

Then('the array of copies of {path} has {arraySize}', async function (this: World, code: string, times: number) {
  this.check((await this.observe({ of: 'copies', module: PROGRAM, code })).size, times * entries(this), `entries of the array of ${code}`)
})

Then('{path} has no array of copies', async function (this: World, code: string) {
  const { size, entries } = await this.observe({ of: 'copies', module: PROGRAM, code })
  this.check({ size, entries }, { size: null, entries: [] }, `the array of copies of ${code}`)
})

Then('the main copy of {path} stands at the first place of its array', async function (this: World, code: string) {
  const { entries } = await this.observe({ of: 'copies', module: PROGRAM, code })
  this.check(entries[0]?.index, 0, `the lowest index of a copy of ${code}`)
})

When('{actor} calls {call}, with memory for one allocation more at each attempt', async function (this: World, actor: string, call: Call) {
  const copies = async () => (await this.observe({ of: 'copies', module: PROGRAM, code: call.function })).entries
  const found = [await copies()]
  for (let allocations = 0; found.length === allocations + 1; allocations += 1) {
    await this.perform(actor, 'memory.limit', { allocations })
    await this.attempt(actor, 'code.call', { module: PROGRAM, ...call })
    if (this.raised?.type === 'MemoryError') found.push(await copies())
  }
  await this.perform(actor, 'memory.limit', { allocations: null })
  this.noted.set('copies before and after failures', found)
})

Then('every attempt that failed left the copies that there were', function (this: World) {
  const [before, ...after] = this.noted.get('copies before and after failures') as object[]
  this.check([after.length > 0, ...after], [true, ...after.map(() => before)], 'the copies after each failure')
})

When('{actor} frees the copies that nobody uses', async function (this: World, actor: string) {
  await this.attempt(actor, 'code.free-unused-copies', {})
})

// Indices

Then('{actors} has/have index {int}', async function (this: World, actors: string[], index: number) {
  for (const thread of actors) this.check((await this.observe({ of: 'thread', thread })).index, index, `${thread}'s index`)
})

Then('{actors} have different indices', async function (this: World, actors: string[]) {
  const indices = new Set<number | null>()
  for (const thread of actors) indices.add((await this.observe({ of: 'thread', thread })).index)
  this.check([indices.size, indices.has(null)], [actors.length, false], `how many indices these have: ${actors.join(', ')}`)
})

// Frames

Then("generator {path} stands in {actor}'s copy of {path}", async function (this: World, generator: string, actor: string, code: string) {
  const { copy } = await this.observe({ of: 'frame', module: PROGRAM, generator })
  this.check(
    copy !== null && copy === (await copyOf(this, actor, code)).copy,
    true,
    `whether ${generator} stands in ${actor}'s copy of ${code}`,
  )
})

Then('generator {path} stands at line {int}', async function (this: World, generator: string, line: number) {
  this.check((await this.observe({ of: 'frame', module: PROGRAM, generator })).line, line, `the line of ${generator}`)
})

// Crowds

defineParameterType({ name: 'place', regexp: new RegExp(Object.keys(PLACES).join('|')), transformer: (words: string) => PLACES[words] })

Given('so many threads have come that the next index is {place} {arraySize}', async function (this: World, place: number, times: number) {
  const [first, ...others] = crowdOf(place, times, this.hello.parameters) as [string, ...string[]]
  const enter = async (thread: string): Promise<void> => {
    await this.perform(thread, 'thread.enter', {})
    await this.perform(thread, 'thread.detach', {})
  }
  await enter(first)
  // They need not run: an index is taken when a thread state is made.
  for (const thread of others) await this.perform(first, 'thread.create', { thread })
  for (const thread of PASSERS) await enter(thread)
  for (const thread of PASSERS) {
    await this.perform(thread, 'thread.attach', {})
    await this.perform(thread, 'thread.exit', {})
  }
})

Then('{actors} has/have index {int}, as {actor} sees it', async function (this: World, actors: string[], index: number, seenBy: string) {
  for (const thread of actors) this.check((await this.observe({ of: 'thread', thread, seenBy })).index, index, `${thread}'s index`)
})
