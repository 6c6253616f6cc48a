import { type ChapterInventory, core, extended } from '../requirement.ts'

export const heap: ChapterInventory = {
  id: 'heap',
  title: 'Separate heaps',
  built: false,
  requirements: [
    core(
      'HEAP-01',
      ['S12'],
      'A thread state has four heaps: for raw memory, for objects, for collected objects, and for collected objects with something in front of them.',
    ),
    core('HEAP-02', ['S12'], 'The collector finds its objects by walking the heaps, and needs no list of them that all threads share.'),
    core('HEAP-03', ['S12'], "Heaps and the allocator's data of a thread can be initialised in memory that somebody else provides."),
    core(
      'HEAP-04',
      ['S12'],
      "The allocator's data belongs to a thread state: a thread of the system that serves two interpreters has two sets.",
    ),
    core(
      'HEAP-05',
      ['S12'],
      'Another thread than its creator can abandon a heap, at the end or after a fork, and the blocks in use can still be reached.',
    ),
    core('HEAP-06', ['S12'], 'One enumeration names the kinds of heaps; a default build can name them and has none.'),
    extended('HEAP-07', 'An abandoned page is adopted only by threads of its interpreter, and only into a heap of its kind.'),
    extended('HEAP-08', 'A block freed by another thread comes back once, also while its page is abandoned or adopted.'),
    extended('HEAP-09', 'A walk over a heap meets every block in use once and no other.'),
  ],
}
