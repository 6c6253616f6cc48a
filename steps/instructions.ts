/**
 * Instructions: what stands at a place of a program at present, and the counters that decide when that changes.
 */
import { strict as assert } from 'node:assert'
import { defineParameterType, Then, When } from '@cucumber/cucumber'
import type { Counter, Instruction } from '../src/protocol/states.ts'
import type { Call } from './calls.ts'
import { PROGRAM } from './names.ts'
import { at, expectedForm, FORM_WORDS, formWords, SITE, type Site, siteOf } from './sites.ts'
import type { World } from './world.ts'

defineParameterType({ name: 'site', regexp: SITE, transformer: siteOf })
defineParameterType({ name: 'form', regexp: new RegExp(FORM_WORDS.join('|')), transformer: (form: string) => form })

async function instructionAt(world: World, thread: string, code: string, site: Site): Promise<Instruction> {
  const { instructions } = await world.observe({ of: 'copy', module: PROGRAM, code, thread, seenBy: thread })
  const found = at(instructions, site)
  assert(found, `${thread}'s copy of ${code} has no ${site.name} number ${site.nth + 1}`)
  return found
}

Then(
  "the {site} of {path} is {form} in {actors}'s copy/copies",
  async function (this: World, site: Site, code: string, form: string, actors: string[]) {
    for (const actor of actors) {
      const instruction = await instructionAt(this, actor, code, site)
      this.check(
        formWords(instruction.form),
        expectedForm(form, site, this.hello.parameters),
        `what stands at ${site.name} of ${code} in ${actor}'s copy`,
      )
    }
  },
)

// Counters

interface CounterRule {
  readonly value: number
  readonly warmUp: Counter
  readonly coolDown: Counter
  readonly restarts: readonly number[]
  readonly highest: number
  readonly unreachable: number
}

export function ruleOf(world: World): CounterRule {
  const rule = world.hello.parameters['tlbc.counter']
  assert(rule, 'the subject does not say how its counters count')
  return rule
}

/** What a counter is after an execution that attempts nothing. */
export const advanced = ({ value, backoff }: Counter, { value: bits }: CounterRule): Counter => ({
  value: value === 0 ? 2 ** bits - 1 : value - 1,
  backoff,
})

/** Whether the next execution attempts to specialize. */
const fires = ({ value, backoff }: Counter, { unreachable }: CounterRule): boolean => value === 0 && backoff !== unreachable

/** What a counter is after an execution whose attempt failed: a longer time begins, and that execution is part of it. */
function restarted({ backoff }: Counter, rule: CounterRule): Counter {
  const longer = Math.min(backoff + 1, rule.highest)
  return advanced({ value: rule.restarts[longer] as number, backoff: longer }, rule)
}

Then(
  "the counter of the {site} of {path} is fresh in {actor}'s copy",
  async function (this: World, site: Site, code: string, actor: string) {
    const { counter } = await instructionAt(this, actor, code, site)
    this.check(counter, ruleOf(this).warmUp, `the counter of ${site.name} of ${code} in ${actor}'s copy`)
  },
)

Then(
  "the counter of the {site} of {path} has just been set by specializing in {actor}'s copy",
  async function (this: World, site: Site, code: string, actor: string) {
    const { counter } = await instructionAt(this, actor, code, site)
    this.check(counter, ruleOf(this).coolDown, `the counter of ${site.name} of ${code} in ${actor}'s copy`)
  },
)

Then(
  "the counter of the {site} of {path} cannot run out in {actor}'s copy",
  async function (this: World, site: Site, code: string, actor: string) {
    const { counter } = await instructionAt(this, actor, code, site)
    this.check(counter?.backoff, ruleOf(this).unreachable, `the backoff of ${site.name} of ${code} in ${actor}'s copy`)
  },
)

When('{actor} remembers the counter of the {site} of {path}', async function (this: World, actor: string, site: Site, code: string) {
  this.noted.set(`counter of ${site.name} of ${code}`, (await instructionAt(this, actor, code, site)).counter)
})

Then(
  "the counter of the {site} of {path} is as it was remembered in {actor}'s copy",
  async function (this: World, site: Site, code: string, actor: string) {
    const { counter } = await instructionAt(this, actor, code, site)
    this.check(counter, this.noted.get(`counter of ${site.name} of ${code}`), `the counter of ${site.name} of ${code} in ${actor}'s copy`)
  },
)

Then(
  'in {int} calls of {call} by {actor} the {site} is tried as often as its counter says, and never specialized',
  async function (this: World, times: number, call: Call, actor: string, site: Site) {
    const rule = ruleOf(this)
    let expected = rule.warmUp
    const [observed, wanted]: [unknown[], unknown[]] = [[], []]
    let attempts = 0
    for (let execution = 1; execution <= times; execution++) {
      await this.perform(actor, 'code.call', { module: PROGRAM, ...call })
      attempts += Number(fires(expected, rule))
      expected = fires(expected, rule) ? restarted(expected, rule) : advanced(expected, rule)
      const { counter, form } = await instructionAt(this, actor, call.function, site)
      observed.push({ ...counter, form: formWords(form) })
      wanted.push({ ...expected, form: 'general' })
    }
    this.check(observed, wanted, `the counters after each of ${times} executions`)
    this.check(attempts > 1, true, `whether it was tried more than once in ${times} executions`)
  },
)

Then(
  'the {site} of {path} is specialized again by exactly as many misses by {actor} as its counter says, calling {call}',
  async function (this: World, site: Site, code: string, actor: string, call: Call) {
    const { coolDown } = ruleOf(this)
    const before = (await instructionAt(this, actor, code, site)).form
    let misses = 0
    do {
      await this.perform(actor, 'code.call', { module: PROGRAM, ...call })
      misses += 1
    } while ((await instructionAt(this, actor, code, site)).form === before && misses <= 2 * coolDown.value)
    this.check(misses, coolDown.value + 1, `misses until ${site.name} of ${code} changes`)
  },
)

When('{actor} calls {call} until one miss is left of the {site}', async function (this: World, actor: string, call: Call, _site: Site) {
  await this.attempt(actor, 'code.call', { module: PROGRAM, ...call, times: ruleOf(this).coolDown.value })
})
