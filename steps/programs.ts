/**
 * Programs: what actors run and call, and what comes of it.
 *
 * The module that a scenario is about has no name in it; a second one is called by its name.
 */
import { type DataTable, defineParameterType, Given, Then, When } from '@cucumber/cucumber'
import type { Event } from '../src/protocol/messages.ts'
import { CALL, type Call, callOf } from './calls.ts'
import { PROGRAM } from './names.ts'
import type { World } from './world.ts'

defineParameterType({ name: 'call', regexp: CALL, transformer: callOf })
defineParameterType({ name: 'path', regexp: /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/, transformer: (path: string) => path })
defineParameterType({ name: 'literal', regexp: /.+/, transformer: (text: string) => text })

// Running

Given('{actor} runs this program:', async function (this: World, actor: string, source: string) {
  await this.attempt(actor, 'code.run', { module: PROGRAM, source })
})

Given('{actor} runs this program as {string}:', async function (this: World, actor: string, module: string, source: string) {
  await this.attempt(actor, 'code.run', { module, source })
})

When('{actor} calls {call}', async function (this: World, actor: string, call: Call) {
  await this.attempt(actor, 'code.call', { module: PROGRAM, ...call })
})

When('{actor} calls {call} {int} times', async function (this: World, actor: string, call: Call, times: number) {
  await this.attempt(actor, 'code.call', { module: PROGRAM, ...call, times })
})

When('{actor} keeps the result of {call} as {path}', async function (this: World, actor: string, call: Call, keep: string) {
  await this.attempt(actor, 'code.call', { module: PROGRAM, ...call, keep })
})

When('{actor} gives up the program', async function (this: World, actor: string) {
  await this.perform(actor, 'code.forget', { module: PROGRAM })
})

When('{actor} gives up the program {string}', async function (this: World, actor: string, module: string) {
  await this.perform(actor, 'code.forget', { module })
})

// What came of it

Then('the result is {literal}', function (this: World, expected: string) {
  this.check(this.facts.result, expected, 'the result')
})

Then('{actor} gets the result {literal}', async function (this: World, actor: string, expected: string) {
  await this.await(actor)
  this.check(this.facts.result, expected, `what ${actor} gets`)
})

Then('that fails with {word}', function (this: World, type: string) {
  this.check(String(this.raised?.type), type, 'the exception')
})

Then('that fails with {word} in line {int}', function (this: World, type: string, line: number) {
  const { raised } = this
  this.check(raised && { type: raised.type, line: raised.line }, { type, line }, 'the exception')
})

// What tools were told

/** What a table of events says of one. */
const told = ({ actor, about, function: name, line, value, callable, target }: Event): Record<string, string> => ({
  actor,
  event: String(about),
  function: String(name),
  line: String(line ?? ''),
  value: value ?? '',
  called: callable ?? '',
  'leads to': String(target ?? ''),
})

/** What a tool was told since the last time that somebody looked. */
function news(world: World, tool: number): Event[] {
  const events = world.saw('told', { tool })
  const seen = (world.noted.get(`told ${tool}`) as number | undefined) ?? 0
  world.noted.set(`told ${tool}`, events.length)
  return events.slice(seen)
}

Then('tool {int} was told:', function (this: World, tool: number, table: DataTable) {
  const rows = table.hashes()
  const columns = Object.keys(rows[0] ?? {})
  const observed = news(this, tool).map((event) => Object.fromEntries(columns.map((column) => [column, told(event)[column]])))
  this.check(observed, rows, `what tool ${tool} was told`)
})

Then('tool {int} was told nothing', function (this: World, tool: number) {
  this.check(news(this, tool).map(told), [], `what tool ${tool} was told`)
})

Then('tool {int} was told of {int} {string} events', function (this: World, tool: number, count: number, about: string) {
  const events = news(this, tool).filter((event) => event.about === about)
  this.check(events.length, count, `how many "${about}" events tool ${tool} was told of`)
})

Then(
  'tool {int} was told of as many {string} events by {actor} as by {actor}',
  function (this: World, tool: number, about: string, one: string, other: string) {
    const events = news(this, tool).filter((event) => event.about === about)
    const [first, second] = [one, other].map((actor) => events.filter((event) => event.actor === actor).length)
    this.check([second, events.length > 0], [first, true], `"${about}" events by ${other}, against ${first} by ${one}`)
  },
)

Then('tool {int} was told the same by {actor} as by {actor}', function (this: World, tool: number, newer: string, older: string) {
  const events = news(this, tool)
  const [observed, expected] = [newer, older].map((by) => events.filter(({ actor }) => actor === by).map(anonymous))
  this.check(events.length > 0, true, `that tool ${tool} was told of anything`)
  this.check(observed, expected, `what tool ${tool} was told by ${newer}`)
})

/** What was told, but for by whom, and where in memory something lies that no two threads have in common. */
const anonymous = (event: Event): Record<string, unknown> => {
  const { actor, value, ...same } = told(event)
  return { ...same, value: value?.replace(/ at 0x[0-9a-f]+/, ''), offset: event.offset }
}

Then('tool {int} was told of no place twice', function (this: World, tool: number) {
  const places = news(this, tool).map(({ about, function: name, offset }) => `${about} ${name} ${offset}`)
  this.check([...new Set(places)].sort(), places.sort(), `the places that tool ${tool} was told of`)
  this.check(places.length > 0, true, `that tool ${tool} was told of anything`)
})

Then('tool {int} was told of {path} alone', function (this: World, tool: number, path: string) {
  const functions = this.saw('told', { tool }).map((event) => String(event.function))
  this.check([...new Set(functions)], [path], `what functions tool ${tool} was told of`)
})
