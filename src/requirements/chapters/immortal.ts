import { type ChapterInventory, core, extended } from '../requirement.ts'

export const immortal: ChapterInventory = {
  id: 'immortal',
  title: 'Immortalization',
  built: true,
  requirements: [
    core('IMMORTAL-01', ['S2'], 'Suppressing immortalization concerns one thread; others of the same interpreter go on immortalizing.'),
    core(
      'IMMORTAL-02',
      ['S2'],
      'Evaluating a string suppresses immortalization while it compiles, nested or failing too, so that evaluating again and again leaks nothing.',
    ),
    core('IMMORTAL-03', ['S2'], 'Tests have no switch of their own for suppression, and need none.'),
    core(
      'IMMORTAL-04',
      ['S2'],
      'The empty frozenset is a constant but no singleton: whether the same code yields the same object twice is open, and nobody may rely on either.',
    ),
    extended(
      'IMMORTAL-05',
      'Which constants are interned and made immortal depends on their type, also inside other constants; a default build makes none immortal.',
    ),
  ],
}
