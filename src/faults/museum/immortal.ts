/**
 * Faults of immortal constants.
 */
import type { Fault } from '../fault.ts'

export const immortal: readonly Fault[] = [
  {
    id: 'suppressed-for-all',
    title: 'one thread that evaluates suppresses immortalizing for all',
    requirement: 'IMMORTAL-01',
    shownBy: 'IMMORTAL-01.1',
    file: 'bytecode/constants/suppression.ts',
    text: 'export const isSuppressed = ({ memory, own }: Mutator): boolean => memory.get(own.suppressed) !== 0\n',
    replacement: 'export const isSuppressed = (m: Mutator): boolean => m.threads().some(({ own }) => m.memory.get(own.suppressed) !== 0)\n',
    why: 'Whether a constant is immortal depends on what other threads happen to do.',
  },
  {
    id: 'suppression-not-counted',
    title: 'the end of an inner evaluation ends suppression for the outer one',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.7',
    file: 'bytecode/constants/suppression.ts',
    text: 'memory.set(own.suppressed, memory.get(own.suppressed) - 1)',
    replacement: 'memory.set(own.suppressed, 0)',
    why: 'What the outer evaluation does next leaves its constants behind for ever.',
  },
  {
    id: 'suppression-after-failure',
    title: 'an evaluation that fails goes on to suppress',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.9',
    file: 'bytecode/constants/suppression.ts',
    text: `  try {
    return action()
  } finally {
    memory.set(own.suppressed, memory.get(own.suppressed) - 1)
  }
`,
    replacement: `  const result = action()
  memory.set(own.suppressed, memory.get(own.suppressed) - 1)
  return result
`,
    why: 'The thread makes no constant immortal any more, and contends for all of them.',
  },
  {
    id: 'evaluations-not-exempt',
    title: 'what is evaluated makes its constants immortal',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.5',
    file: 'bytecode/builtins/code.ts',
    text: "return suppressed(m, () => runCompiled(m, 'eval', text, surroundings))",
    replacement: "return runCompiled(m, 'eval', text, surroundings)",
    why: 'A program that evaluates expressions with ever new numbers grows for ever.',
  },
  {
    id: 'functions-immortal-with-threads',
    title: 'functions are immortal as soon as there are two threads',
    requirement: 'IMMORTAL-03',
    shownBy: 'IMMORTAL-03.3',
    file: 'bytecode/objects/function.ts',
    text: '  if (deferred) deferCounting(m, object)\n',
    replacement: `  if (deferred && m.threads().length > 1) memory.storeRelaxed(object + ObjectHeader.offset.local, -1)
  else if (deferred) deferCounting(m, object)
`,
    why: 'Nobody contends for their counts, but all that tests define stays behind, unless there is a switch.',
  },
  {
    id: 'empty-frozenset-kept',
    title: 'whoever makes an empty frozenset is given the one that was made before',
    requirement: 'IMMORTAL-04',
    shownBy: 'IMMORTAL-04.1',
    file: 'bytecode/builtins/constructors.ts',
    text: `const setOf =
  (kind: SetKind) =>
  (m: Caller, [value]: readonly Address[]): Address => {
    if (value === undefined) return newSet(m, kind, [])
`,
    replacement: `const emptySets = new WeakMap<object, Address>()
function emptyFrozenset(m: Caller): Address {
  const empty = emptySets.get(m.memory) ?? newSet(m, Kind.FROZENSET, [])
  emptySets.set(m.memory, empty)
  return itself(m, empty)
}

const setOf =
  (kind: SetKind) =>
  (m: Caller, [value]: readonly Address[]): Address => {
    if (value === undefined) return kind === Kind.FROZENSET ? emptyFrozenset(m) : newSet(m, kind, [])
`,
    why: 'Programs come to rely on it, and are wrong wherever the set comes from the constants of code.',
  },
  {
    id: 'floats-counted',
    title: 'floats are not made immortal',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.1',
    file: 'bytecode/constants/constants.ts',
    text: '    case Kind.INT:\n    case Kind.FLOAT:\n    case Kind.BYTES:\n',
    replacement: '    case Kind.INT:\n    case Kind.BYTES:\n',
    why: 'Threads that run the same arithmetic contend for the counts of its constants.',
  },
  {
    id: 'immortal-in-the-default-build',
    title: 'the default build makes constants immortal too',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.16',
    file: 'bytecode/constants/constants.ts',
    text: 'isImmortal(memory, constant) || !isFreeThreaded(m) || isSuppressed(m)',
    replacement: 'isImmortal(memory, constant) || isSuppressed(m)',
    why: 'No thread contends for them there, and what was only passing through stays behind.',
  },
  {
    id: 'parts-of-slices-left-alone',
    title: 'nobody looks into slices',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.2',
    file: 'bytecode/constants/constants.ts',
    text: `      return rebuilt(m, constant, sliceParts(memory, constant), (items) => newSlice(m, ...(items as [Address, Address, Address])))
`,
    replacement: '      return taken(m, constant)\n',
    why: 'Their parts stay mortal, and so do they: each thread that loads one counts it.',
  },
]
