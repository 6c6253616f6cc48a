/**
 * A worker that races: performs one actor's program again and again, at the same time as the others do theirs.
 *
 * Nobody scripts it. It runs freely, on memory that it really shares, and where the runtime sleeps it sleeps.
 */
import { type MessagePort, workerData } from 'node:worker_threads'
import { Random } from '../../explore/random.ts'
import { Runtime } from '../../runtime/interpreter/runtime.ts'
import { SharedMemory } from '../../runtime/memory/shared-memory.ts'
import type { Actor } from './actor.ts'
import { Desk } from './desk.ts'
import type { Came, Part, Raced } from './racer.ts'
import { BYTES, play, sceneOf } from './staging.ts'
import { Track } from './track.ts'
import { Unshared } from './unshared.ts'

/** The part that this worker plays. */
interface Role {
  readonly actor: Actor
  readonly part: Part
  readonly random: Random
}

/** Doublings of the longest time that one may set off later than another, in pauses of some tens of nanoseconds. */
const LATE = 8

const { memory, track: cells, desk: shared, lane, port } = workerData as Raced & { port: MessagePort }
const runtime = new Runtime(new SharedMemory(memory), BYTES)
const track = new Track(new SharedMemory(cells))
const desk = new Desk<Part, Came>(shared, port)
let role: Role | undefined

for (;;) {
  track.heed(lane)
  const part = desk.take()
  if (part) {
    role = prepare(part)
    track.done(lane, part.racers)
  } else run(role as Role)
}

/** What the actor is, but for the memory: found by doing once more what it did, in a memory of this worker's own. */
function prepare(part: Part): Role {
  const { actors } = sceneOf(new Unshared(new SharedArrayBuffer(BYTES)), part.standing)
  return { actor: actors.get(part.actor) as Actor, part, random: new Random(part.seed) }
}

function run({ actor, part: { program, racers }, random }: Role): void {
  // Short times are as likely as long ones: programs differ in length by as much.
  const late = random.below(1 << random.below(LATE))
  track.start(racers)
  track.dawdle(late)
  try {
    desk.put({ played: play(actor, program, { runtime }) })
    track.done(lane, racers)
  } catch (error) {
    desk.put({ failed: String(error) })
    track.done(lane, racers)
    track.break()
  }
}
