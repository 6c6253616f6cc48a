import { expect, test } from 'vitest'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import type { Address } from '../../runtime/memory/memory.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { park } from '../../runtime/sync/parking-lot.ts'
import type { Actor } from './actor.ts'
import { BYTES, type Done, sceneOf } from './staging.ts'
import { standstill } from './standstill.ts'

/** Memory in which whoever would sleep breaks off, and so stays in the queue of those who do. */
class Sleepless extends SharedMemory {
  override wait(): never {
    throw new Error('asleep')
  }
}

/** What is said of Ada and Ben, who are attached; those given are parked on a cell. */
function told(parked: Readonly<Record<string, (actor: Actor) => Address>> = {}) {
  const enter = (actor: string): Done => ({ actor, op: 'thread.enter', args: {} })
  const standing = { actors: ['Ada', 'Ben'], steps: [enter('Ada'), enter('Ben')] }
  const { actors, named } = sceneOf(new Sleepless(new SharedArrayBuffer(BYTES)), standing)
  for (const [name, cell] of Object.entries(parked)) {
    const actor = actors.get(name) as Actor
    expect(() => park(sleeper(actor.runtime, actor.os), cell(actor), 0)).toThrow('asleep')
  }
  return standstill(named, ['Ada', 'Ben'])
}

const toStop = ({ thread }: Actor) => thread.interpreter.pause.allAtRest
const table = ({ thread }: Actor) => thread.interpreter.qsbr.mutex

test('if all are parked nobody can go on, and each is told with what it waits for, and for whom', () => {
  expect(told({ Ada: toStop, Ben: table })).toEqual({
    kind: 'deadlock',
    message:
      'nobody can go on: Ada is parked and waits for the threads of its interpreter to come to rest (Ben); Ben is parked and waits for the table of sequences',
  })
})

test('if somebody is not parked it is no deadlock, and does not end all the same', () => {
  expect(told({ Ben: table })).toEqual({
    kind: 'endless',
    message: 'it does not end: Ada goes on; Ben is parked and waits for the table of sequences',
  })
  expect(told()).toEqual({ kind: 'endless', message: 'it does not end: Ada goes on; Ben goes on' })
})
