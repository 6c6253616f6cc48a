import { type ChapterInventory, core, extended } from '../requirement.ts'

export const gccount: ChapterInventory = {
  id: 'gccount',
  title: 'Collector scheduling',
  built: false,
  requirements: [
    core('GCCOUNT-01', ['S9'], 'What triggers a collection is the number of allocations minus deallocations since the one before.'),
    core(
      'GCCOUNT-02',
      ['S9'],
      "A thread keeps its share of that number and adds it to the interpreter's atomically, whenever it has grown large enough.",
    ),
    core('GCCOUNT-03', ['S9'], "Threads that allocate do not contend on the interpreter's number."),
    core('GCCOUNT-04', ['S9'], 'A collection does not come at an exact moment, and no program may count on one right after an allocation.'),
    extended(
      'GCCOUNT-05',
      'A collection is due when the thresholds and the long-lived total say so, not while disabled, and one thread at a time runs it.',
    ),
    extended(
      'GCCOUNT-06',
      'The number one can see is off by less than one buffer per living thread, and no share is lost when a thread ends.',
    ),
    extended(
      'GCCOUNT-07',
      'The collector frees every unreachable cycle once, wherever its parts live, and nothing reachable; finalizers run once, and what they revive stays.',
    ),
  ],
}
