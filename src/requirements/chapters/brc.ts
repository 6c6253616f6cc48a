import { type ChapterInventory, core, extended } from '../requirement.ts'

export const brc: ChapterInventory = {
  id: 'brc',
  title: 'Biased reference counting',
  built: true,
  requirements: [
    core(
      'BRC-01',
      ['S11'],
      'An object has two counts, one local to its owner and one shared, and their sum is the number of its references.',
    ),
    core(
      'BRC-02',
      ['S11'],
      'The shared count may fall below zero when one thread takes references and another drops them; the sum never does.',
    ),
    core('BRC-03', ['S11'], 'A thread whose decrement needs both counts asks the owner to give the object up and merge them.'),
    extended(
      'BRC-04',
      'The owner alone writes the local count, without atomic operations; all other threads count atomically on the shared one.',
    ),
    extended(
      'BRC-05',
      'An object is in one of four states (none, maybe-weakref, queued, merged) and changes between them only as the table of transitions says.',
    ),
    extended(
      'BRC-06',
      "An object to be merged waits in its owner's queue, the owner is asked, and serves the request at its next safe point; no object is queued twice.",
    ),
    extended(
      'BRC-07',
      'When the owner is gone, the thread that would have asked it merges in its place; an owner that is leaving empties its queue first.',
    ),
    extended('BRC-08', "The collector's pause merges every queued object, also of owners that are blocked."),
    extended('BRC-09', 'Whatever the order of events, exactly one thread deallocates an object, once.'),
    extended(
      'BRC-10',
      'Taking a reference without a lock fails on an object that is dead, and on one that was never opened to other threads; it revives nothing.',
    ),
    extended('BRC-11', 'An immortal object is not counted and not freed, and no queue that it passes through makes it mortal.'),
    extended('BRC-12', 'A finalizer that brings its object back to life loses no reference that another thread takes or drops meanwhile.'),
    extended('BRC-13', 'A request that finds no memory to be queued in is replaced by a pause in which the requester merges.'),
  ],
}
