/** Rules of the merge queue: what waits in it, and who knows. */
import { NULL } from '../../../runtime/memory/memory.ts'
import { bucketOf, MergeQueue } from '../../../runtime/refcount/merge-queue.ts'
import { flagsOf, IMMORTAL, QUEUED } from '../../../runtime/refcount/object-header.ts'
import { isEmpty } from '../../../runtime/refcount/object-stack.ts'
import { MERGE } from '../../../runtime/thread/requests.ts'
import { first, type LiveThread, type Rule, type View } from './view.ts'

export const mergeQueue: readonly Rule[] = [
  {
    name: 'a queued object waits in one queue, once',
    // Between its mark and its place in the queue it is on its way, and so it is from there to the merge. The shared word
    // of an immortal object means nothing: whoever saw it before it was immortal may have left a mark there.
    broken: ({ objects, queued, busy }) =>
      first(objects, ({ name, at, local, shared }) => {
        const times = queued.filter((object) => object === at).length
        const isMarked = local !== IMMORTAL && flagsOf(shared) === QUEUED
        return times === 1 || (times === 0 && (!isMarked || busy)) ? undefined : `${name} waits ${times} times`
      }),
  },
  {
    name: 'an object that waits for a merge is alive',
    broken: (view) => first(view.queued, (object) => (view.isInUse(object) ? undefined : `what lay at ${object} waits, and is freed`)),
  },
  {
    name: 'a thread for which objects wait is asked to merge',
    // The bucket's lock is held while an object is put there, and a thread that has taken the request back goes on to look.
    broken: (view) =>
      first(registered(view), ({ record, identity, interpreter, busy }) => {
        if (isEmpty(view.memory, record.mergeQueue.toMerge) || (view.get(record.base.requests) & MERGE) !== 0) return undefined
        if (busy || view.isTaken(bucketOf(interpreter.mergeTable, identity).mutex)) return undefined
        return view.get(interpreter.pause.stopped) !== 0 ? undefined : 'objects wait, and nobody has asked'
      }),
  },
  {
    name: 'the bucket of a thread id holds each thread that can be asked to merge, once, and no other',
    broken: (view) =>
      first(registered(view), ({ record, identity, interpreter }) => {
        const bucket = bucketOf(interpreter.mergeTable, identity)
        if (view.isTaken(bucket.mutex)) return undefined
        const queues = queuesFrom(view, view.get(bucket.first))
        const times = queues.filter(({ address }) => address === record.mergeQueue.address).length
        const strangers = queues.filter((queue) => bucketOf(interpreter.mergeTable, view.get(queue.identity)).address !== bucket.address)
        return times === 1 && strangers.length === 0 ? undefined : `it stands there ${times} times, with ${strangers.length} strangers`
      }),
  },
]

const registered = ({ threads }: View): LiveThread[] => threads.filter(({ identity }) => identity !== NULL)

function queuesFrom(view: View, address: number): MergeQueue[] {
  const queues: MergeQueue[] = []
  for (let at = address; at !== NULL; at = view.get(at + MergeQueue.offset.next)) queues.push(MergeQueue.at(at))
  return queues
}
