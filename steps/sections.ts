/**
 * Critical sections: locks that a thread holds only while it is attached.
 */
import { Given, When } from '@cucumber/cucumber'
import type { World } from './world.ts'

Given('{actor} has mutexes {word} and {word}', async function (this: World, actor: string, one: string, other: string) {
  for (const mutex of [one, other]) await this.perform(actor, 'mutex.create', { mutex })
})

When('{actor} begins a section on mutex {word}', async function (this: World, actor: string, mutex: string) {
  await this.attempt(actor, 'section.begin', { mutex })
})

When('{actor} begins a section on mutexes {word} and {word}', async function (this: World, actor: string, mutex: string, second: string) {
  await this.attempt(actor, 'section.begin', { mutex, second })
})

Given(
  '{actor} begins a section on mutex {word}, and within it one on mutex {word}',
  async function (this: World, actor: string, outer: string, inner: string) {
    for (const mutex of [outer, inner]) await this.perform(actor, 'section.begin', { mutex })
  },
)

Given('{actor} has detached within a section on mutex {word}', async function (this: World, actor: string, mutex: string) {
  await this.perform(actor, 'section.begin', { mutex })
  await this.perform(actor, 'thread.detach', {})
})

When('{actor} ends his/her section', async function (this: World, actor: string) {
  await this.perform(actor, 'section.end', {})
})

When('{actor} ends both his/her sections', async function (this: World, actor: string) {
  await this.perform(actor, 'section.end', {})
  await this.perform(actor, 'section.end', {})
})
