import { type ChapterInventory, core, extended } from '../requirement.ts'

export const total: ChapterInventory = {
  id: 'total',
  title: 'Reference totals',
  built: false,
  requirements: [
    core('TOTAL-01', ['S6'], 'A thread tallies the references that it takes and drops in its own thread state.'),
    core('TOTAL-02', ['S6'], 'When a thread ends, its tally is added to that of its interpreter.'),
    extended(
      'TOTAL-03',
      "The interpreter's tally and those of its living threads add up to the references held, across forks and the end of interpreters too.",
    ),
  ],
}
