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
    id: 'suppression-inherited',
    title: 'a thread begins by suppressing if its maker does',
    requirement: 'IMMORTAL-01',
    shownBy: 'IMMORTAL-01.6',
    file: 'interpreter/lifecycle.ts',
    text: '  memory.set(record.code.index, index)\n',
    replacement: `  memory.set(record.code.index, index)
  const maker = (stopper as { record?: ThreadRecord }).record
  if (maker) memory.set(record.code.suppressed, memory.get(maker.code.suppressed))
`,
    why: 'Nothing ever ends it there, so that no constant of that thread is immortal.',
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
  {
    id: 'exchanged-while-others-run',
    title: 'constants that several code objects share are exchanged while threads run',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.13',
    file: 'bytecode/constants/recreate.ts',
    text: `  const parts = m.whileStopped(() => {
    useCanonical(m, m.memory.get(code + CONSTANTS))
    return partsOf(m.memory, code)
  })
`,
    replacement: `  useCanonical(m, m.memory.get(code + CONSTANTS))
  const parts = partsOf(m.memory, code)
`,
    why: 'Whoever is just loading one counts what is gone.',
  },
  {
    id: 'remade-code-left-mortal',
    title: 'code that is made of other code keeps its constants as they are',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.4',
    file: 'bytecode/constants/recreate.ts',
    text: '    useCanonical(m, m.memory.get(code + CONSTANTS))\n',
    replacement: '',
    why: 'Threads that run it contend for the counts of its constants.',
  },
  {
    id: 'compiled-text-immortal',
    title: 'what is compiled makes its constants immortal',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.2',
    file: 'bytecode/builtins/code.ts',
    text: '  return suppressed(m, () => loadText(m, text as string, file as string, how))\n',
    replacement: '  return loadText(m, text as string, file as string, how)\n',
    why: 'Stored code differs from what a build without immortal constants stores.',
  },
  {
    id: 'strings-left-alone-by-evaluations',
    title: 'strings are not interned while immortalizing is suppressed',
    requirement: 'IMMORTAL-02',
    shownBy: 'IMMORTAL-02.3',
    file: 'bytecode/constants/constants.ts',
    text: '  return isFreeThreaded(m) || NAME',
    replacement: '  if (isFreeThreaded(m) && isSuppressed(m)) return taken(m, string)\n  return isFreeThreaded(m) || NAME',
    why: 'Names in what is evaluated are compared letter by letter.',
  },
  {
    id: 'sets-not-made-anew',
    title: 'a set keeps its items although equal ones were there before',
    requirement: 'IMMORTAL-04',
    shownBy: 'IMMORTAL-04.2',
    file: 'bytecode/constants/constants.ts',
    text: 'used.every((item, index) => item === items[index]) ? taken(m, container) : make(used)',
    replacement: 'taken(m, container)',
    why: 'It holds what is counted, and so it is counted itself, and no other is the same.',
  },
  {
    id: 'constants-without-lock',
    title: 'two threads may enter constants at once',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.15',
    file: 'bytecode/constants/constants.ts',
    text: `  return locked(m, table, () => {
    const known = find(memory, table, hash, (other) => isSame(content, contentOf(memory, other)))
    if (known !== NULL) return known
    makeRoom(m, table)
    // Before another thread can find it.
    makeImmortal(memory, constant)
    add(memory, table, hash, constant)
    return constant
  })
`,
    replacement: `  const known = find(memory, table, hash, (other) => isSame(content, contentOf(memory, other)))
  if (known !== NULL) return known
  makeRoom(m, table)
  makeImmortal(memory, constant)
  add(memory, table, hash, constant)
  return constant
`,
    why: 'Of equal ones there are two, or one is written over another.',
  },
  {
    id: 'strings-without-lock',
    title: 'two threads may intern strings at once',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.15',
    file: 'bytecode/constants/intern.ts',
    text: `  return locked(m, strings, () => {
    const found = find(memory, strings, hash, (other) => sameText(memory, other, string))
    if (found !== NULL) {
      if (tryIncref(m, found)) return found
      // It is ending, on another thread that waits to take it out.
      remove(memory, strings, hash, found)
    }
    return enter(m, string, hash, life)
  })
`,
    replacement: `  const found = find(memory, strings, hash, (other) => sameText(memory, other, string))
  if (found !== NULL) {
    if (tryIncref(m, found)) return found
    remove(memory, strings, hash, found)
  }
  return enter(m, string, hash, life)
`,
    why: 'Of equal ones there are two, or one is written over another.',
  },
  {
    id: 'signs-of-zeros-lost',
    title: 'floats that compare equal are one constant',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.14',
    file: 'bytecode/constants/constants.ts',
    text: 'return [kind, ...cells(LOW, 1), ...cells(HIGH, 1)]',
    replacement: 'return [kind, ...cells(LOW, 1), ...cells(HIGH, 1).map((high) => high & 0x7fff_ffff)]',
    why: 'A program that says -0.0 gets 0.0, or the other way round.',
  },
  {
    id: 'first-one-does-not-stay',
    title: 'an equal constant that was there before is not used',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.12',
    file: 'bytecode/constants/constants.ts',
    text: '    if (known !== NULL) return known\n',
    replacement: '',
    why: 'The same text, run again and again, leaves as many constants that never end.',
  },
  {
    id: 'items-not-looked-at',
    title: 'nobody looks into tuples',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.2',
    file: 'bytecode/constants/constants.ts',
    text: `      useCanonical(m, constant)
      return taken(m, constant)
`,
    replacement: '      return taken(m, constant)\n',
    why: 'What is in them stays mortal, and so do they.',
  },
  {
    id: 'containers-not-emptied',
    title: 'at the end constants that contain each other end one within the other',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.19',
    file: 'bytecode/constants/end.ts',
    text: '  for (const constant of constants) empty(m, constant)\n',
    replacement: '',
    why: 'What a container ends is ended once more when its own turn comes.',
  },
  {
    id: 'every-text-interned',
    title: 'the default build interns every string among constants',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.18',
    file: 'bytecode/constants/constants.ts',
    text: 'return isFreeThreaded(m) || NAME.test(textOf(m.memory, string)) ? internHeld(m, string) : taken(m, string)',
    replacement: 'return internHeld(m, string)',
    why: 'Texts that nobody will look up fill the table.',
  },
  {
    id: 'names-not-interned',
    title: 'the name of code is a string like any other',
    requirement: 'IMMORTAL-05',
    shownBy: 'IMMORTAL-05.4',
    file: 'bytecode/constants/load.ts',
    text: '      name: hold(label(m, compiled.name)),\n',
    replacement: '      name: hold(newStr(m, compiled.name)),\n',
    why: 'Functions are looked for by names that are compared letter by letter.',
  },
]
