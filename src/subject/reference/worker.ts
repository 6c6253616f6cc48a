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
import type { Note, TraceWriter } from './trace.ts'

/** The actor that this worker is, and what it writes its trace with. */
interface Role {
  readonly actor: Actor
  readonly trace: TraceWriter
}

const { board: buffer, desk: shared, seat, port } = workerData as Seated & { port: MessagePort }
const board = new Board(new SharedMemory(buffer))
const desk = new Desk<readonly ToWorker[], FromWorker>(shared, port)
let playing: Role | undefined

for (;;) {
  giveTurn(board, seat)
  for (const message of desk.take() ?? []) receive(message)
}

function receive(message: ToWorker): void {
  if (message.do === 'join') {
    playing = join(message)
  } else if (playing) {
    const answer = perform(playing, message)
    if (answer) desk.put(answer)
  }
}

function join({ name, process, os, thread, names }: Extract<ToWorker, { do: 'join' }>): Role {
  const { buffer, states } = desk.memory(process)
  const onSleep = () => desk.put({ did: 'sleep', trace: trace.take() })
  const memory: SteppedMemory = new SteppedMemory(buffer, states, { board, seat, process, onSleep, refusals: REFUSALS, trace: desk.trace })
  const runtime = new Runtime(memory, buffer.byteLength)
  const { trace } = memory
  const surroundings = { note: (note: Note) => trace.note(note), unchecked: new SharedMemory(buffer) }
  const actor = new Actor(name, runtime, OsThread.at(os), surroundings)
  actor.names = names
  if (thread !== undefined) actor.threads.push(new Thread(runtime, actor.os, ThreadRecord.at(thread), actor))
  return { actor, trace }
}

/** @returns nothing if the scenario ended while the actor slept. */
function perform({ actor, trace }: Role, { op, args, names, programs }: Extract<ToWorker, { do: 'perform' }>): FromWorker | undefined {
  Object.assign(actor.names, names)
  actor.programs.push(...programs)
  try {
    let facts = {}
    if (op === 'after fork in parent') afterForkInParent(actor.thread)
    else if (op === 'after fork in child') afterForkInChild(actor.thread)
    else facts = actor.perform(op, args)
    return { did: 'end', facts, trace: trace.take() }
  } catch (error) {
    if (error instanceof Dismissed) return undefined
    return { did: 'refuse', ...refusalOf(error), trace: trace.take() }
  }
}
