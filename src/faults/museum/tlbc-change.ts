/**
 * Faults of thread-local bytecode: how copies begin, grow, are specialized and are instrumented.
 */
import type { Fault } from '../fault.ts'

export const tlbcChange: readonly Fault[] = [
  {
    id: 'instrumented-by-plain-writes',
    title: 'a tool writes over instructions with plain loads and stores',
    requirement: 'TLBC-12',
    shownBy: 'TLBC-12.1',
    file: 'bytecode/instrument/place.ts',
    text: '    memory.storeRelease(unit, withOpcode(memory.loadRelaxed(unit), form))\n',
    replacement: '    memory.set(unit, withOpcode(memory.get(unit), form))\n',
    why: 'Another thread may be fetching the instruction from its copy, and what it finds then is undefined.',
  },
  {
    id: 'asked-for-without-a-pause',
    title: 'what a tool asks for everywhere changes while threads run',
    requirement: 'TLBC-12',
    shownBy: 'TLBC-12.3',
    file: 'bytecode/instrument/tools.ts',
    text: '  m.whileStopped(() => {\n    if (askedBy(memory, tools.everywhere, tool) === asked) return\n',
    replacement:
      '  const change = (action: () => void): void => action()\n  change(() => {\n    if (askedBy(memory, tools.everywhere, tool) === asked) return\n',
    why: 'A thread brings code up to date with one half of the old and one of the new.',
  },
  {
    id: 'counter-of-watched-goes-on',
    title: 'the counter of an instruction that is watched may fire',
    requirement: 'TLBC-13',
    shownBy: 'TLBC-13.1',
    file: 'bytecode/instrument/fire.ts',
    text: '  if (hasCounter(genericAt(memory, site.code, site.offset))) pause(memory, site.at)\n',
    replacement: '',
    why: 'The instruction is to be specialized while another stands in its place, which is refused, and tried again for ever.',
  },
  {
    id: 'watched-not-looked-at',
    title: 'whoever specializes an instruction does not look whether it is watched by now',
    requirement: 'TLBC-13',
    shownBy: 'TLBC-13.3',
    file: 'bytecode/specialize/change-opcode.ts',
    text: '  if (isInstrumented(opcodeOf(before))) return false\n',
    replacement: '',
    why: 'A tool that came between fetching the instruction and specializing it is written over, and told of nothing there.',
  },
  {
    id: 'specialized-by-plain-write',
    title: 'a specialized form is written over whatever stands there',
    requirement: 'TLBC-13',
    shownBy: 'TLBC-13.3',
    file: 'bytecode/specialize/change-opcode.ts',
    text: '  return memory.compareExchange(unit, before, withOpcode(before, opcode)) === before\n',
    replacement: '  memory.storeRelaxed(unit, withOpcode(before, opcode))\n  return true\n',
    why: 'A tool that comes after the look is written over, and told of nothing there.',
  },
  {
    id: 'variable-not-looked-at',
    title: 'a variable that makes no sense is passed over where the option would outweigh it',
    requirement: 'TLBC-14',
    shownBy: 'TLBC-14.5',
    file: 'bytecode/copies/settings.ts',
    text: "const variable = ignoresEnvironment ? '' : (env.PYTHON_TLBC ?? '')",
    replacement: "const variable = ignoresEnvironment || extended.some((each) => each.startsWith('tlbc')) ? '' : (env.PYTHON_TLBC ?? '')",
    why: 'The mistake in the environment shows up only once the option is left out, when nobody expects it.',
  },
  {
    id: 'copied-with-specialization',
    title: 'a new copy is made of what stands in the main copy now',
    requirement: 'TLBC-15',
    shownBy: 'TLBC-15.1',
    file: 'bytecode/copies/copies.ts',
    text: '    memory.set(copy + offset * CELL, withOpcode(unit, generic))\n',
    replacement: '    memory.set(copy + offset * CELL, unit)\n',
    why: 'A thread begins with forms that were chosen for the operands of another, and misses each time.',
  },
  {
    id: 'constants-always-counted',
    title: 'a copy loads every constant as if it had to be counted',
    requirement: 'TLBC-15',
    shownBy: 'TLBC-15.7',
    file: 'bytecode/copies/quicken.ts',
    text: 'opcode === OP.LOAD_CONST && isImmortal',
    replacement: 'opcode === OP.LOAD_CONST_IMMORTAL && isImmortal',
    why: 'All threads look at the count of a constant that nobody has to count.',
  },
  {
    id: 'array-freed-at-once',
    title: 'an array of copies that is too small is freed as soon as it is replaced',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.3',
    file: 'bytecode/copies/copies.ts',
    text: '  m.retire(array)\n',
    replacement: '  m.free(array)\n',
    why: 'Another thread may be looking its own copy up in it, without a lock.',
  },
  {
    id: 'array-grows-by-one',
    title: 'an array of copies grows just as far as it must',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.1',
    file: 'bytecode/copies/copies.ts',
    text: '  while (larger <= index) larger *= 2\n',
    replacement: '  while (larger <= index) larger += 1\n',
    why: 'Each new thread copies the array of every function that it runs, and leaves the old one to be freed.',
  },
  {
    id: 'copies-under-frames-freed',
    title: 'the copies of a thread that is gone are freed though frames stand in them',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.41',
    file: 'bytecode/copies/unused.ts',
    text: '!taken.has(index) && !occupied.has(copy)',
    replacement: '!taken.has(index)',
    why: 'A generator that is resumed afterwards goes on in freed memory.',
  },
  {
    id: 'main-copy-instrumented-only',
    title: 'a tool reaches the main copy and no other',
    requirement: 'TLBC-17',
    shownBy: 'TLBC-17.1',
    file: 'bytecode/instrument/place.ts',
    text: 'for (const copy of copiesOf(memory, code)) {',
    replacement: 'for (const copy of [...copiesOf(memory, code)].slice(0, 1)) {',
    why: 'What other threads do with copies of their own is told to nobody.',
  },
  {
    id: 'later-copies-not-watched',
    title: 'a copy that is made after a tool has asked is not instrumented',
    requirement: 'TLBC-17',
    shownBy: 'TLBC-17.4',
    file: 'bytecode/copies/copies.ts',
    text: '  carryInstrumentation(memory, code, copy)\n',
    replacement: '',
    why: 'The code is taken for up to date, so a thread that comes later is invisible to the tool.',
    report: 'gh-136396',
  },
  {
    id: 'array-grows-while-a-tool-edits',
    title: 'who brings code up to date with tools does not take its lock',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.6',
    file: 'bytecode/instrument/instrument.ts',
    text: '  withCodeLocked(m, code, () => updateIfOutdated(m, code))\n',
    replacement: '  updateIfOutdated(m, code)\n',
    why: 'A copy that is made meanwhile, and put into a larger array, is passed over.',
  },
  {
    id: 'watched-store-passed-over',
    title: 'appending in place goes past the instruction that stores, whatever stands there by now',
    requirement: 'TLBC-17',
    shownBy: 'TLBC-17.12',
    file: 'bytecode/evaluate/instructions/arithmetic.ts',
    text: 'const isStore = opcodeOf(store) === OP.STORE_FAST\n',
    replacement: 'const isStore = opcodeOf(store) !== OP.CACHE\n',
    why: 'A tool that has asked for the line of that instruction is told nothing of it.',
  },
  {
    id: 'quickened-in-callbacks',
    title: 'the entry of a function becomes short also if a callback of a tool calls it',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.15',
    file: 'bytecode/evaluate/instructions/resume.ts',
    text: '  if (memory.get(own.callbacks) !== 0) return\n',
    replacement: '',
    why: 'Code that is not brought up to date with tools is taken for code that need not be.',
  },
  {
    id: 'right-operand-not-asked',
    title: 'an operation is specialized for the type of its left operand',
    requirement: 'TLBC-18',
    shownBy: 'TLBC-18.2',
    file: 'bytecode/specialize/binary-op.ts',
    text: '  if (kindOf(memory, right) !== kind) return undefined\n',
    replacement: '',
    why: 'Where the right one is of another type the form is wrong each time.',
  },
  {
    id: 'constants-judged-as-they-were',
    title: 'a new copy loads constants as the main copy does',
    requirement: 'TLBC-15',
    shownBy: 'TLBC-15.7',
    file: 'bytecode/copies/copies.ts',
    text: '  carryInstrumentation(memory, code, copy)\n',
    replacement: `  for (let offset = 0; offset < count; offset += 1 + cachesOf(genericAt(memory, code, offset))) {
    const unit = memory.loadRelaxed(mainCopy(code) + offset * CELL)
    if (withOpcode(unit, genericAt(memory, code, offset)) === unit && cachesOf(genericAt(memory, code, offset)) === 0) {
      memory.set(copy + offset * CELL, unit)
    }
  }
  carryInstrumentation(memory, code, copy)
`,
    why: 'What has become immortal since goes on being counted, by every thread that comes.',
  },
  {
    id: 'copy-made-without-lock',
    title: 'a copy is made without the lock of the code',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.5',
    file: 'bytecode/copies/copies.ts',
    text: `  begin(m, code + CODE_MUTEX, NULL)
  try {
    return makeCopy(m, code)
  } finally {
    end(m)
  }
`,
    replacement: '  return makeCopy(m, code)\n',
    why: 'Whoever makes the array longer leaves behind what another has just entered into the old one.',
  },
  {
    id: 'array-published-before-it-is-filled',
    title: 'an array is put in its place before the copies are in it',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.4',
    file: 'bytecode/copies/copies.ts',
    text: `  for (let each = 0; each < size; each++) memory.set(entryAt(larger, each), memory.get(entryAt(array, each)))
  memory.set(entryAt(larger, index), copy)
  // Release: whoever finds the array finds its entries written.
  memory.storeRelease(code + COPIES, larger)
`,
    replacement: `  memory.storeRelease(code + COPIES, larger)
  for (let each = 0; each < size; each++) memory.set(entryAt(larger, each), memory.get(entryAt(array, each)))
  memory.set(entryAt(larger, index), copy)
`,
    why: 'A thread that looks for its copy finds none, and makes another.',
  },
  {
    id: 'array-published-without-release',
    title: 'nothing says that an array is filled before it is found',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.4',
    file: 'bytecode/copies/copies.ts',
    text: 'memory.storeRelease(code + COPIES, larger)',
    replacement: 'memory.storeRelaxed(code + COPIES, larger)',
    why: 'On some machines a thread finds the array, and its own entry empty.',
  },
  {
    id: 'array-found-without-acquire',
    title: 'whoever finds an array does not wait for what is in it',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.4',
    file: 'bytecode/code/copy-array.ts',
    text: '  const array = memory.loadAcquire(code + COPIES)\n',
    replacement: '  const array = memory.loadRelaxed(code + COPIES)\n',
    why: 'On some machines a thread finds the array, and its own entry empty.',
  },
  {
    id: 'array-lost-when-it-cannot-grow',
    title: 'an array that cannot grow is given up',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.51',
    file: 'bytecode/copies/copies.ts',
    text: `  if (larger === NULL) {
    m.free(copy)
`,
    replacement: `  if (larger === NULL) {
    memory.set(code + COPIES, NULL)
    m.free(copy)
`,
    why: 'All threads go on in the main copy, one beside the other.',
  },
  {
    id: 'main-copy-freed',
    title: 'the main copy is freed like any other once nobody has its index',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.29',
    file: 'bytecode/copies/unused.ts',
    text: 'for (let index = 1; index < size; index++)',
    replacement: 'for (let index = 0; index < size; index++)',
    why: 'It is a part of the code object, and what all other copies are made from.',
  },
  {
    id: 'freed-copy-left-in-the-array',
    title: 'a copy that was freed stays in the array',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.23',
    file: 'bytecode/copies/unused.ts',
    text: '    memory.set(entry, NULL)\n',
    replacement: '',
    why: 'The next thread with that index runs what was freed.',
  },
  {
    id: 'copies-freed-under-running-threads',
    title: 'copies are freed while the other threads run',
    requirement: 'TLBC-16',
    shownBy: 'TLBC-16.31',
    file: 'interpreter/unused-copies.ts',
    text: 'return thread.whileStopped(() => freeUnusedCopies(thread, (kind, each) => visitObjects(runtime.arena, interpreter.address, kind, each)))',
    replacement: 'return freeUnusedCopies(thread, (kind, each) => visitObjects(runtime.arena, interpreter.address, kind, each))',
    why: 'A thread that has just got the index runs a copy that is being freed.',
  },
]
