/** Runs a function of a program that lies in a memory, as one of its threads; the operations are turns of its loop. */
import { newInt } from '../runtime/bytecode/objects/int.ts'
import { decref } from '../runtime/refcount/biased.ts'
import { atOnce } from './at-once.ts'

atOnce(
  (thread, work, operations) => {
    const turns = newInt(thread, operations)
    decref(thread, thread.call(work, [turns]))
    decref(thread, turns)
  },
  // Attached only while it runs: whoever is at rest holds up nobody's pause.
  (thread, timed) => {
    thread.attach()
    timed()
    thread.detach()
  },
)
