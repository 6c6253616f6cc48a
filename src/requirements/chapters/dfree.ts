import { type ChapterInventory, core, extended } from '../requirement.ts'

export const dfree: ChapterInventory = {
  id: 'dfree',
  title: 'Delayed free',
  built: true,
  requirements: [
    core(
      'DFREE-01',
      ['S7'],
      'A block given to delayed free stays whole until every reader that could have found it without a lock is done.',
    ),
    core('DFREE-02', ['S7'], 'A block goes back to the allocator that an ordinary free would have given it to.'),
    core(
      'DFREE-03',
      ['S7'],
      'A block is freed in the end: when a chunk of the queue is full, when the collector runs, or after its thread has left the queue to another.',
    ),
    extended('DFREE-04', 'Blocks are freed in the order in which they came, and the first that is not ready holds up those behind it.'),
    extended('DFREE-05', 'A thread that ends leaves its queue to its interpreter, every block with the goal it had.'),
    extended(
      'DFREE-06',
      'Nothing is delayed while this interpreter is ending or has stopped its own world; a pause of all interpreters alone changes nothing.',
    ),
    extended('DFREE-07', 'Every block is freed once; behind a thread that never reports the queues grow, and that can be observed.'),
    extended('DFREE-08', 'An empty page of an object heap is given to another size class only after its goal is reached.', 'heap'),
  ],
}
