import { type ChapterInventory, core, extended } from '../requirement.ts'

export const tlbc: ChapterInventory = {
  id: 'tlbc',
  title: 'Thread-local bytecode',
  built: true,
  requirements: [
    core('TLBC-01', ['S1'], "A thread specializes its own copy of a function's bytecode, and no other thread's copy changes with it."),
    core('TLBC-02', ['S1'], 'A thread gets its copy when it first starts to run the code, and not earlier.'),
    core('TLBC-03', ['S1'], 'Copies exist in free-threaded builds only.'),
    core('TLBC-04', ['S1'], 'A code object keeps all copies of its bytecode in one array.'),
    core(
      'TLBC-05',
      ['S1'],
      'Every thread reserves an index when it is made, no two living threads the same, and finds its copy there in every array.',
    ),
    core('TLBC-06', ['S1'], 'The index is free again when the thread is destroyed, and the smallest free index is the next to be given.'),
    core('TLBC-07', ['S1'], 'The first entry of every array is the main copy, which stands in the code object itself.'),
    core('TLBC-08', ['S1'], 'As long as a program uses no threads, no bytecode is copied.'),
    core('TLBC-09', ['S1'], 'The option `-X tlbc=0` turns copies off.'),
    core('TLBC-10', ['S1'], 'The variable `PYTHON_TLBC=0` turns copies off.'),
    core('TLBC-11', ['S1'], 'With copies off all threads run the main copy, and nothing is specialized.'),
    core('TLBC-12', ['S1'], 'Whoever specializes or instruments changes bytecode with atomic operations.'),
    core('TLBC-13', ['S1'], 'An instruction that was instrumented meanwhile is not overwritten by its specialized form.'),
    extended(
      'TLBC-14',
      'A value that makes no sense is refused with the documented message, and the command line outweighs the environment.',
    ),
    extended('TLBC-15', 'A new copy begins without specialization, with the instrumentation in force, and with fresh counters.'),
    extended(
      'TLBC-16',
      'The array grows under the eyes of its readers and the old one is freed with delay; a copy outlives the frames in it, and only the explicit clean-up frees unused ones.',
    ),
    extended('TLBC-17', 'Instrumenting stops the world and reaches every copy, those made later included.'),
    extended(
      'TLBC-18',
      'Each family of instructions counts, specializes and falls back as documented, and a frame or generator moves to the copy of the thread that runs it.',
    ),
  ],
}
