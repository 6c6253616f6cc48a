/**
 * Tools: what watches programs run.
 */
import { defineParameterType, Given, When } from '@cucumber/cucumber'
import { type ToolEvent, ToolEvent as ToolEvents } from '../src/protocol/code-operations.ts'
import { PROGRAM } from './names.ts'
import type { World } from './world.ts'

/** How a list of events is written: "line and instruction events". */
const EVENT = ToolEvents.options.join('|')

defineParameterType({
  name: 'toolEvents',
  regexp: new RegExp(`(?:(?:(?:${EVENT}), )*(?:${EVENT}) and )?(?:${EVENT})`),
  transformer: (text: string) => text.split(/, | and /) as ToolEvent[],
})
defineParameterType({ name: 'toolEvent', regexp: new RegExp(EVENT), transformer: (text: string) => text as ToolEvent })

Given('{actor} takes tool {int} into use', async function (this: World, actor: string, tool: number) {
  await this.attempt(actor, 'tool.use', { tool })
})

When('{actor} gives tool {int} back', async function (this: World, actor: string, tool: number) {
  await this.attempt(actor, 'tool.free', { tool })
})

When('{actor} lets tool {int} watch {toolEvents} events', async function (this: World, actor: string, tool: number, events: ToolEvent[]) {
  await this.attempt(actor, 'tool.watch', { tool, events })
})

When(
  '{actor} lets tool {int} watch {toolEvents} events of {path}',
  async function (this: World, actor: string, tool: number, events: ToolEvent[], path: string) {
    await this.attempt(actor, 'tool.watch', { tool, events, module: PROGRAM, function: path })
  },
)

When('{actor} lets tool {int} watch nothing', async function (this: World, actor: string, tool: number) {
  await this.attempt(actor, 'tool.watch', { tool, events: [] })
})

When('{actor} lets tool {int} watch nothing of {path}', async function (this: World, actor: string, tool: number, path: string) {
  await this.attempt(actor, 'tool.watch', { tool, events: [], module: PROGRAM, function: path })
})

Given(
  '{actor} lets tool {int} want no {toolEvent} event twice from one place',
  async function (this: World, actor: string, tool: number, event: ToolEvent) {
    await this.perform(actor, 'tool.answer', { tool, event, disable: true })
  },
)

Given(
  '{actor} lets tool {int} call {path} at every {toolEvent} event',
  async function (this: World, actor: string, tool: number, path: string, event: ToolEvent) {
    await this.perform(actor, 'tool.answer', { tool, event, disable: false, module: PROGRAM, call: path })
  },
)

When('{actor} restarts the events', async function (this: World, actor: string) {
  await this.attempt(actor, 'tool.restart', {})
})

Given(
  '{actor} lets tool {int} give up {toolEvent} events, and keep {toolEvent} events, of {path}',
  async function (this: World, actor: string, tool: number, given: ToolEvent, kept: ToolEvent, path: string) {
    await this.perform(actor, 'tool.watch', { tool, events: [given, kept], module: PROGRAM, function: path })
    await this.perform(actor, 'tool.watch', { tool, events: [kept], module: PROGRAM, function: path })
  },
)
