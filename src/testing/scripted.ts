import { expect, onTestFinished } from 'vitest'
import { ScriptedMemory } from './scripted-memory.ts'

/** A memory of zeros for the running test, which fails if a script did not come to act: what it was to show did not happen. */
export function scripted(bytes: number): ScriptedMemory {
  const memory = new ScriptedMemory(new SharedArrayBuffer(bytes))
  onTestFinished(() => expect(memory.outstanding).toEqual([]))
  return memory
}
