import { type ChapterInventory, core, extended } from '../requirement.ts'

export const qsbr: ChapterInventory = {
  id: 'qsbr',
  title: 'Quiescent-state-based reclamation',
  built: true,
  requirements: [
    core(
      'QSBR-01',
      ['S8'],
      'Whoever unlinks memory can learn when it is safe to free: an advance gives a goal, and a poll answers whether it is reached.',
    ),
    core(
      'QSBR-02',
      ['S8'],
      'A poll says no as long as some thread that was attached at the advance has since neither reported a quiescent state nor detached.',
    ),
    core(
      'QSBR-03',
      ['S8'],
      'There is one write sequence, one read sequence per thread, and one remembered minimum of these, as in FreeBSD’s GUS, from which the scheme comes.',
    ),
    extended('QSBR-04', 'Once every attached thread has reported, a poll says yes, and it does so at exactly the goal.'),
    extended('QSBR-05', 'A detached thread holds no goal back, and a thread that attaches later holds no earlier goal back.'),
    extended(
      'QSBR-06',
      'A deferred advance moves the write sequence only when it completes a round; until it has moved, the goal that was promised is not reached.',
    ),
    extended('QSBR-07', 'Sequences compare correctly across the point where they wrap around.'),
    extended(
      'QSBR-08',
      'The table of slots starts small and doubles in a pause; threads keep their sequence, and a slot that was given back is used again and holds nothing back.',
    ),
  ],
}
