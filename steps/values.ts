/**
 * Values and constants: which object something is, and whether it lives for ever.
 */
import { strict as assert } from 'node:assert'
import { defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { Value } from '../src/protocol/states.ts'
import { PROGRAM } from './names.ts'
import type { World } from './world.ts'

defineParameterType({ name: 'constant', regexp: /\S.*?/, transformer: (text: string) => text })

/** A constant of a code object, by what the language writes for it, at any depth. */
async function constantOf(world: World, code: string, text: string, module = PROGRAM): Promise<Value> {
  const { constants } = await world.observe({ of: 'constants', module, code })
  const found = search(constants, text)
  assert(found, `${code} has no constant ${text}, but ${constants.map((constant) => constant.text).join(', ')}`)
  return found
}

function search(values: readonly Value[], text: string): Value | undefined {
  for (const value of values) {
    const found = value.text === text ? value : search(value.items, text)
    if (found) return found
  }
  return undefined
}

const observed = (world: World, value: string, module = PROGRAM) => world.observe({ of: 'value', module, value })

// Making code

Given('{actor} compiles {string} and keeps the code as {path}', async function (this: World, actor: string, source: string, code: string) {
  await this.attempt(actor, 'code.make', { module: PROGRAM, code, source, how: 'compile' })
})

Given(
  '{actor} compiles the syntax tree of {string} and keeps the code as {path}',
  async function (this: World, actor: string, source: string, code: string) {
    await this.attempt(actor, 'code.make', { module: PROGRAM, code, source, how: 'tree' })
  },
)

Given(
  '{actor} loads the stored code of {string} and keeps it as {path}',
  async function (this: World, actor: string, source: string, code: string) {
    await this.attempt(actor, 'code.make', { module: PROGRAM, code, source, how: 'stored' })
  },
)

Given(
  '{actor} makes a renamed copy of code {path} and keeps it as {path}',
  async function (this: World, actor: string, from: string, code: string) {
    await this.attempt(actor, 'code.make', { module: PROGRAM, code, from, how: 'replace' })
  },
)

// Constants

Then('the constant {constant} of {path} is immortal', async function (this: World, text: string, code: string) {
  this.check((await constantOf(this, code, text)).immortal, true, `whether ${text} of ${code} is immortal`)
})

Then('the constant {constant} of {path} is mortal', async function (this: World, text: string, code: string) {
  this.check((await constantOf(this, code, text)).immortal, false, `whether ${text} of ${code} is immortal`)
})

Then('{path} and {path} share the constant {literal}', async function (this: World, one: string, other: string, text: string) {
  const [a, b] = [await constantOf(this, one, text), await constantOf(this, other, text)]
  this.check(a.value === b.value, true, `whether ${text} of ${one} and of ${other} is one object`)
})

Then('{path} and {path} do not share the constant {literal}', async function (this: World, one: string, other: string, text: string) {
  const [a, b] = [await constantOf(this, one, text), await constantOf(this, other, text)]
  this.check(a.value === b.value, false, `whether ${text} of ${one} and of ${other} is one object`)
})

// Values

Then('{path} is an immortal object', async function (this: World, value: string) {
  this.check((await observed(this, value)).immortal, true, `whether ${value} is immortal`)
})

Then('{path} is a mortal object', async function (this: World, value: string) {
  this.check((await observed(this, value)).immortal, false, `whether ${value} is immortal`)
})

Then('{path} is an interned string', async function (this: World, value: string) {
  const { interned, immortal } = await observed(this, value)
  this.check({ interned, immortal }, { interned: true, immortal: true }, `what ${value} is`)
})

Then('{path} is not interned', async function (this: World, value: string) {
  this.check((await observed(this, value)).interned, false, `whether ${value} is interned`)
})

Then('the collector tracks {path}', async function (this: World, value: string) {
  this.check((await observed(this, value)).tracked, true, `whether the collector tracks ${value}`)
})

Then('the collector does not track {path}', async function (this: World, value: string) {
  this.check((await observed(this, value)).tracked, false, `whether the collector tracks ${value}`)
})

Then('{path} and {path} are one object', async function (this: World, one: string, other: string) {
  const [a, b] = [await observed(this, one), await observed(this, other)]
  this.check([a.text, a.value === b.value], [b.text, true], `whether ${one} and ${other} are one object`)
})

Then('{path} and {path} are two objects', async function (this: World, one: string, other: string) {
  const [a, b] = [await observed(this, one), await observed(this, other)]
  this.check(a.value === b.value, false, `whether ${one} and ${other} are one object`)
})

Then('{path} and {path} of {string} are two objects', async function (this: World, one: string, other: string, module: string) {
  const [a, b] = [await observed(this, one), await observed(this, other, module)]
  this.check([a.text, a.value === b.value], [b.text, false], `whether ${one} and ${other} of ${module} are one object`)
})

When('{actor} remembers {path}', async function (this: World, _actor: string, value: string) {
  this.noted.set(`value ${value}`, (await observed(this, value)).value)
})

Then('{path} is the object that was remembered as {path}', async function (this: World, value: string, remembered: string) {
  this.check(
    (await observed(this, value)).value === this.noted.get(`value ${remembered}`),
    true,
    `whether ${value} is the object that was remembered as ${remembered}`,
  )
})

// Suppression

Then('immortalizing is suppressed for {actor}', async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).suppressed > 0, true, `whether it is suppressed for ${thread}`)
})

Then('immortalizing is not suppressed for {actor}', async function (this: World, thread: string) {
  this.check((await this.observe({ of: 'thread', thread })).suppressed, 0, `how often it is suppressed for ${thread}`)
})

// The collector

When('{actor} freezes what the collector tracks', async function (this: World, actor: string) {
  await this.perform(actor, 'collector.freeze', {})
})

When('{actor} unfreezes it', async function (this: World, actor: string) {
  await this.perform(actor, 'collector.unfreeze', {})
})
