import { type ChapterInventory, core, extended } from '../requirement.ts'

export const uniq: ChapterInventory = {
  id: 'uniq',
  title: 'Per-thread reference counts',
  built: false,
  requirements: [
    core(
      'UNIQ-01',
      ['S4'],
      'Part of the references to a heap type is counted in an array of each thread, and only all parts together are the true count.',
    ),
    core(
      'UNIQ-02',
      ['S4'],
      'Making and destroying instances leaves the shared count of their type alone, so threads that do so do not disturb each other.',
    ),
    core(
      'UNIQ-03',
      ['S3'],
      'Nothing about the mechanism is special to types: code objects and the dictionaries of modules can have a unique id as well.',
    ),
    core(
      'UNIQ-04',
      ['S3'],
      'Threads that create nested functions do not contend on the code, globals and builtins that these have in common.',
    ),
    extended(
      'UNIQ-05',
      'An interpreter gives out ids from one pool that starts with eight and doubles, the last returned first; a returned id counts from zero in every thread.',
    ),
    extended(
      'UNIQ-06',
      'What a thread counted is merged when the collector runs and when the thread ends, and never frees an object by itself.',
    ),
    extended('UNIQ-07', 'Where there is no id, or no array any more, references are counted the ordinary way and none is lost.'),
    extended('UNIQ-08', 'An id that could not be assigned leaves neither the pool nor the object changed.'),
  ],
}
