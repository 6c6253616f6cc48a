/**
 * Shared locks: many hold one for reading, or one for writing.
 */
import { defineParameterType, Given, When } from '@cucumber/cucumber'
import { SHARED_LOCK } from './names.ts'
import type { World } from './world.ts'

defineParameterType({ name: 'mode', regexp: /reading|writing/, transformer: (mode: string) => (mode === 'reading' ? 'read' : 'write') })

type Mode = 'read' | 'write'

Given('{actor} holds the shared lock for {mode}', async function (this: World, actor: string, mode: Mode) {
  await this.perform(actor, 'rwlock.create', { rwlock: SHARED_LOCK })
  await this.perform(actor, 'rwlock.lock', { rwlock: SHARED_LOCK, mode })
})

When('{actor} asks for the shared lock for {mode}', async function (this: World, actor: string, mode: Mode) {
  await this.attempt(actor, 'rwlock.lock', { rwlock: SHARED_LOCK, mode })
})

When('{actor} gives the shared lock back from {mode}', async function (this: World, actor: string, mode: Mode) {
  await this.attempt(actor, 'rwlock.unlock', { rwlock: SHARED_LOCK, mode })
})
