import { type ChapterInventory, core, extended } from '../requirement.ts'

export const flist: ChapterInventory = {
  id: 'flist',
  title: 'Freelists',
  built: false,
  requirements: [
    core('FLIST-01', ['S5'], 'Every kind of object uses the same implementation.'),
    core('FLIST-02', ['S5'], 'The first word of a dead block links it to the next, and nothing else in the block is touched.'),
    core('FLIST-03', ['S5'], 'Configured off, the operations do nothing and blocks come from and go to the allocator.'),
    extended('FLIST-04', 'The block freed last is reused first, up to the limit of its kind; what exceeds the limit is freed.'),
    extended('FLIST-05', 'Nobody can tell a recycled object from a new one.'),
    extended(
      'FLIST-06',
      'A list belongs to the freeing thread, in a default build to the interpreter; collections empty it, and the final clearing closes it for good.',
    ),
  ],
}
