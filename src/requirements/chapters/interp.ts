import { type ChapterInventory, core, extended } from '../requirement.ts'

export const interp: ChapterInventory = {
  id: 'interp',
  title: 'Sub-interpreters',
  built: false,
  requirements: [
    core('INTERP-01', ['S10'], 'Where 3.12 and 3.13 differ stands a function: channels, queues and interpreters run unchanged on either.'),
    core('INTERP-02', ['S10'], 'On top of 3.12 the modules can be shipped under another name, with what they can do in 3.13.'),
    core(
      'INTERP-03',
      ['S10'],
      'The registry of shareable types, the exceptions and the helpers of the modules are parts of their own, and what crosses interpreters goes through those functions alone.',
    ),
    extended(
      'INTERP-04',
      'The registry knows exact types, static ones for all interpreters and heap types for their own, counts registrations, and never takes a dead class for a living one.',
    ),
    extended(
      'INTERP-05',
      'Data crosses by being taken, made anew and released, the last in its owner, and nothing leaks when either side has gone.',
    ),
    extended(
      'INTERP-06',
      'Code runs in another interpreter with the names handed to it, its error comes back as a snapshot, and one main program runs at a time.',
    ),
    extended(
      'INTERP-07',
      'A channel knows who is associated with it, can be closed, can hold a sender until received, and survives the end of an interpreter.',
    ),
    extended(
      'INTERP-08',
      'A queue keeps its bound and its references, treats items of a dead interpreter as its policy says, and may be destroyed while in use.',
    ),
    extended('INTERP-09', 'What two interpreters own (heaps, freelists, counts, ids, sequences, collectors) never mixes.'),
  ],
}
