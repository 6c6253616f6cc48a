/**
 * The source documents: the commit messages that introduced the mechanisms into CPython, from
 * December 2023 to November 2024.
 *
 * @see https://github.com/python/cpython, at the commits named
 */

export const DOCUMENTS = {
  S1: {
    title: 'Thread-local bytecode',
    commit: '2e95c5ba3b',
    summary:
      'Threads specialize private copies of the bytecode, so that specializing needs no sharing and one thread alone copies nothing.',
  },
  S2: {
    title: 'Immortalization',
    commit: '332356b880',
    summary: 'Keeping constants from becoming immortal is up to each thread, and evaluating a string does so by itself.',
  },
  S3: {
    title: 'Per-thread reference counting, naming',
    commit: 'b482538523',
    summary: 'Counting per thread is renamed for what it is, so that more than types can use it.',
  },
  S4: {
    title: 'Per-thread reference counts of heap types',
    commit: 'dc09301067',
    summary: 'Each thread counts its references to a type in an array of its own, so that making instances does not contend.',
  },
  S5: {
    title: 'Freelists',
    commit: '5716cc3529',
    summary: 'One implementation keeps dead objects of every kind for reuse, and can be configured away.',
  },
  S6: {
    title: 'Reference totals',
    commit: '1a6594f661',
    summary: 'The number of references held is tallied by each thread and handed over when the thread ends.',
  },
  S7: {
    title: 'Delayed free',
    commit: 'e3ad6ca56f',
    summary: 'Memory that somebody may still be reading without a lock is freed later, by its own allocator.',
  },
  S8: {
    title: 'Quiescent-state-based reclamation',
    commit: '5903190727',
    summary: 'A clock of retirements, and a report from every thread, tell when no reader can hold a pointer any more.',
  },
  S9: {
    title: 'Collector scheduling',
    commit: 'b24c9161a6',
    summary: 'Threads buffer what they allocate before adding it to the count that triggers the collector.',
  },
  S10: {
    title: 'Sub-interpreters',
    commit: '514b1c91b8',
    summary: 'What depends on the version hides behind functions and separate files, so that the same modules build for an older one.',
  },
  S11: {
    title: 'Biased reference counting, merge queue',
    commit: 'a3af3cb4f4',
    summary:
      'An object counts for its owner and for everybody else apart; a decrement that needs both counts asks the owner to merge them.',
  },
  S12: {
    title: 'Separate heaps',
    commit: 'acf3bcc886',
    summary: 'A thread state allocates from four heaps of its own, which can be found, walked and abandoned from elsewhere.',
  },
  S13: {
    title: 'Thread state',
    commit: 'db460735af',
    summary: 'Behind the thread state that everybody sees stands a larger one with what nobody else should.',
  },
} as const satisfies Record<string, { title: string; commit: string; summary: string }>

export type DocumentId = keyof typeof DOCUMENTS
