import { type ChapterInventory, core, extended } from '../requirement.ts'

export const thread: ChapterInventory = {
  id: 'thread',
  title: 'Thread state',
  built: true,
  requirements: [
    core(
      'THREAD-01',
      ['S13'],
      'The public thread state and the larger private record behind it are one: going from one to the other and back ends where it began.',
    ),
    core('THREAD-02', ['S13'], 'What the mechanisms keep for a thread stands in the private record and is not part of the public view.'),
    extended(
      'THREAD-03',
      'A thread is attached, detached or suspended; it attaches and detaches itself, and only the thread that stops the world suspends a detached one and releases it.',
    ),
    extended(
      'THREAD-04',
      'Stopping the world brings every other thread of one interpreter, or of all, to rest, those born meanwhile included; starting it releases all of them.',
    ),
    extended(
      'THREAD-05',
      'A safe point serves the requests that were set when it began, in the documented order; a later one waits for the next safe point.',
    ),
    extended(
      'THREAD-06',
      'The parts of a thread state are set up and taken down in a fixed order, and what a part still holds at the end is dealt with or handed over.',
    ),
    extended(
      'THREAD-07',
      'A mutex admits one thread at a time, wakes waiters in the order they came, is handed to one that has waited too long, loses no wake-up, and detaches those who wait.',
    ),
    extended(
      'THREAD-08',
      'After a fork only the calling thread goes on: locks are free again, and it clears away the records of the others without losing anything in them.',
    ),
  ],
}
