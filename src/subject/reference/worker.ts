/**
 * A worker of the reference: sits at one seat of the board, and performs what the host posts.
 *
 * It never returns to its event loop; between steps it sleeps on its seat.
 */
import { type MessagePort, workerData } from 'node:worker_threads'
import { afterForkInChild, afterForkInParent } from '../../runtime/interpreter/fork.ts'
import { ThreadRecord } from '../../runtime/interpreter/records.ts'
import { Runtime } from '../../runtime/interpreter/runtime.ts'
import { Thread } from '../../runtime/interpreter/thread.ts'
import { REFUSALS } from '../../runtime/memory/arena.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import { OsThread } from '../../runtime/thread/thread-state.ts'
import { Actor } from './actor.ts'
import { Board } from './board.ts'
import { Desk } from './desk.ts'
import type { FromWorker, Seated, ToWorker } from './messages.ts'
import { refusalOf } from './refusals.ts'
import { Dismissed, giveTurn, SteppedMemory } from './stepped-memory.ts'

const { board: buffer, desk: shared, seat, port } = workerData as Seated & { port: MessagePort }
const board = new Board(new SharedMemory(buffer))
const desk = new Desk<readonly ToWorker[], FromWorker>(shared, port)
let actor: Actor | undefined

for (;;) {
  giveTurn(board, seat)
  for (const message of desk.take() ?? []) receive(message)
}

function receive(message: ToWorker): void {
  if (message.do === 'join') {
    actor = join(message)
  } else if (actor) {
    const answer = perform(actor, message)
    if (answer) desk.put(answer)
  }
}

function join({ name, process, os, thread, names }: Extract<ToWorker, { do: 'join' }>): Actor {
  const { buffer, states } = desk.memory(process)
  const onSleep = () => desk.put({ did: 'sleep', ...told(actor as Actor) })
  const memory = new SteppedMemory(buffer, states, { board, seat, process, onSleep, refusals: REFUSALS, trace: desk.trace })
  const runtime = new Runtime(memory, buffer.byteLength)
  const newcomer = new Actor(name, runtime, memory, OsThread.at(os))
  newcomer.names = names
  if (thread !== undefined) newcomer.threads.push(new Thread(runtime, newcomer.os, ThreadRecord.at(thread), newcomer))
  return newcomer
}

/** @returns nothing if the scenario ended while the actor slept. */
function perform(actor: Actor, { op, args, names, programs }: Extract<ToWorker, { do: 'perform' }>): FromWorker | undefined {
  Object.assign(actor.names, names)
  actor.programs.push(...programs)
  try {
    let facts = {}
    if (op === 'after fork in parent') afterForkInParent(actor.thread)
    else if (op === 'after fork in child') afterForkInChild(actor.thread)
    else facts = actor.perform(op, args)
    return { did: 'end', facts, ...told(actor) }
  } catch (error) {
    if (error instanceof Dismissed) return undefined
    return { did: 'refuse', ...refusalOf(error), ...told(actor) }
  }
}

/** What the host is told since the last time. */
function told({ memory }: Actor) {
  return { trace: memory.trace.take() }
}
