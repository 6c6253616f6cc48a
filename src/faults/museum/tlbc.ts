/**
 * Faults of thread-local bytecode: whose copy a thread runs, when it is made, and who has none.
 */
import type { Fault } from '../fault.ts'

export const tlbc: readonly Fault[] = [
  {
    id: 'exception-thrown-where-it-slept',
    title: 'a generator that an exception is thrown into stays in the copy that it slept in',
    requirement: 'TLBC-01',
    shownBy: 'TLBC-01.8',
    file: 'bytecode/evaluate/evaluate.ts',
    text: '    enterOwnCopy(m, frame)\n    bringUpToDate(m, run.code)\n',
    replacement: '    bringUpToDate(m, run.code)\n',
    why: 'Its handler runs, and specializes, the copy of another thread.',
  },
  {
    id: 'exception-moves-whatever-it-passes',
    title: 'a generator through which an exception is thrown into another one moves too',
    requirement: 'TLBC-01',
    shownBy: 'TLBC-01.13',
    file: 'bytecode/evaluate/generator.ts',
    text: 'function throwIntoDelegate(m: Runner, generator: Address, exception: Address): Address {\n',
    replacement: `import { enterOwnCopy } from '../copies/enter.ts'
function throwIntoDelegate(m: Runner, generator: Address, exception: Address): Address {
  enterOwnCopy(m, generator + FRAME_IN_GENERATOR)
`,
    why: 'A copy is made of code that the thread does not run, and there may be no memory for it.',
  },
  {
    id: 'short-resume-trusts-the-frame',
    title: 'the short form of RESUME does not look whose copy the frame is in',
    requirement: 'TLBC-01',
    shownBy: 'TLBC-01.7',
    file: 'bytecode/evaluate/instructions/resume.ts',
    text: 'if (isCurrent(m, run.code) && isInOwnCopy(m, frame)) return',
    replacement: 'if (isCurrent(m, run.code)) return',
    why: 'A generator that has been resumed before goes on in the copy of whoever did that.',
  },
  {
    id: 'copied-when-the-frame-is-made',
    title: 'a thread gets its copy as soon as it makes a frame',
    requirement: 'TLBC-02',
    shownBy: 'TLBC-02.7',
    file: 'bytecode/copies/enter.ts',
    text: 'const copy = ownCopy(m, code)\n',
    replacement: 'const copy = obtainCopy(m, code)\n',
    why: 'It is made although the code may never run, or be run by another thread first.',
  },
  {
    id: 'first-call-in-the-main-copy',
    title: 'a thread makes its copy at the first call, and runs in it from the second one on',
    requirement: 'TLBC-02',
    shownBy: 'TLBC-02.11',
    file: 'bytecode/copies/enter.ts',
    text: '  const copy = obtainCopy(m, code)\n',
    replacement: `  const copy = ownCopy(m, code)
  if (copy === NULL) {
    obtainCopy(m, code)
    return false
  }
`,
    why: 'That call changes the main copy, which another thread runs and changes as well.',
  },
  {
    id: 'copied-to-be-closed',
    title: 'a generator moves before anybody looks whether it has something to do at its end',
    requirement: 'TLBC-02',
    shownBy: 'TLBC-02.9',
    file: 'bytecode/evaluate/generator.ts',
    text: `export function generatorClose(m: Runner, generator: Address): Address {
  const { memory } = m
  const state = claim(memory, generator)
  mayRun(m, state)
  if (state === CLEARED) return none(m)
`,
    replacement: `import { enterOwnCopy } from '../copies/enter.ts'
export function generatorClose(m: Runner, generator: Address): Address {
  const { memory } = m
  const state = claim(memory, generator)
  mayRun(m, state)
  if (state === CLEARED) return none(m)
  enterOwnCopy(m, generator + FRAME_IN_GENERATOR)
`,
    why: 'A thread that only gives generators up gets copies of what it never runs.',
  },
  {
    id: 'copies-handed-on',
    title: 'code that is made of other code takes the copies that threads have of it',
    requirement: 'TLBC-04',
    shownBy: 'TLBC-04.5',
    file: 'bytecode/constants/recreate.ts',
    text: `export function recreate(m: Caller, code: Address): Address {
  const parts = m.whileStopped(() => {
    useCanonical(m, m.memory.get(code + CONSTANTS))
    return partsOf(m.memory, code)
  })
  const made = newCode(m, parts)
`,
    replacement: `import { arrayBytes, CopyArray, FIRST_SIZE } from '../code/copy-array.ts'
export function recreate(m: Caller, code: Address): Address {
  const parts = m.whileStopped(() => {
    useCanonical(m, m.memory.get(code + CONSTANTS))
    return partsOf(m.memory, code)
  })
  const made = newCode(m, parts)
  const [from, to] = [code, made].map((each) => m.memory.get(each + CodeObject.offset.copies))
  for (let at = CopyArray.offset.entries + CELL; at < arrayBytes(FIRST_SIZE); at += CELL) {
    m.memory.set(to + at, m.memory.get(from + at))
    m.memory.set(from + at, 0)
  }
`,
    why: 'Tools that look for all copies of the other do not find those in which its frames stand.',
  },
  {
    id: 'index-given-back-twice',
    title: 'the index of a thread that never ran is given back when it is cleared and when it is deleted',
    requirement: 'TLBC-05',
    shownBy: 'TLBC-05.10',
    file: 'interpreter/lifecycle.ts',
    text: '  memory.set(record.base.osThread, NULL)\n  runtime.free',
    replacement: `  memory.set(record.base.osThread, NULL)
  releaseIndex(thread.attached, thread.shared, memory.get(record.code.index))
  runtime.free`,
    why: 'Of the threads that come next, two get it, and run one copy.',
  },
  {
    id: 'array-in-every-build',
    title: 'a code object gets an array of copies in the default build as well',
    requirement: 'TLBC-03',
    shownBy: 'TLBC-03.1',
    file: 'bytecode/code/new-code.ts',
    text: 'memory.get(m.shared.freeThreaded) === 0 ? NULL : obtain(arrayBytes(FIRST_SIZE), CopyArray.name)',
    replacement: 'obtain(arrayBytes(FIRST_SIZE), CopyArray.name)',
    why: 'Every function pays for places that nobody will ever fill.',
  },
  {
    id: 'settings-read-in-every-build',
    title: 'the default build reads the settings of copies',
    requirement: 'TLBC-03',
    shownBy: 'TLBC-03.3',
    file: 'bytecode/copies/settings.ts',
    text: '  if (!freeThreaded) return { freeThreaded, copying: false }\n',
    replacement: '',
    why: 'It does not start with a value that makes no sense, though it has nothing to do with any.',
  },
  {
    id: 'array-ended-behind-the-newest',
    title: 'a new copy ends the array: the place behind it is cleared',
    requirement: 'TLBC-04',
    shownBy: 'TLBC-04.4',
    file: 'bytecode/copies/copies.ts',
    text: '    memory.set(entryAt(array, index), copy)\n    return copy\n',
    replacement: `    memory.set(entryAt(array, index), copy)
    if (index + 1 < size) memory.set(entryAt(array, index + 1), NULL)
    return copy
`,
    why: 'If the next thread called first, its copy is in no array any more.',
  },
  {
    id: 'index-taken-without-lock',
    title: 'an index is taken without the lock of the pool',
    requirement: 'TLBC-05',
    shownBy: 'TLBC-05.6',
    file: 'bytecode/copies/index-pool.ts',
    text: `  lock(parker, pool.mutex)
  try {
    if (memory.get(pool.count) > 0) return pop(memory, pool)
    const next = memory.get(pool.next)
    if (next === memory.get(pool.capacity) && !grow(memory, chunks, pool, firstCapacity)) return undefined
    memory.set(pool.next, next + 1)
    return next
  } finally {
    unlock(memory, parker.lot, pool.mutex)
  }
`,
    replacement: `  if (memory.get(pool.count) > 0) return pop(memory, pool)
  const next = memory.get(pool.next)
  if (next === memory.get(pool.capacity) && !grow(memory, chunks, pool, firstCapacity)) return undefined
  memory.set(pool.next, next + 1)
  return next
`,
    why: 'Two threads that come at once get the same one, and run one copy.',
  },
  {
    id: 'largest-index-first',
    title: 'the largest of the free indices lies on top of the heap',
    requirement: 'TLBC-06',
    shownBy: 'TLBC-06.1',
    file: 'bytecode/copies/index-pool.ts',
    text: 'if (above <= index) break',
    replacement: 'if (above >= index) break',
    why: 'Arrays stay as long as they once had to be.',
  },
  {
    id: 'index-given-back-too-early',
    title: 'a thread that ends gives its index back before what ends with it',
    requirement: 'TLBC-06',
    shownBy: 'TLBC-06.9',
    file: 'interpreter/lifecycle.ts',
    text: `  unregister(thread, record.mergeQueue)
  // After the merge queue, whose finalizers may have run code.
  freeDataStack(thread, record.code)
  if (hasIndex) releaseIndex(thread.attached, thread.shared, thread.memory.get(record.code.index))
`,
    replacement: `  if (hasIndex) releaseIndex(thread.attached, thread.shared, thread.memory.get(record.code.index))
  unregister(thread, record.mergeQueue)
  freeDataStack(thread, record.code)
`,
    why: 'A newcomer gets the same index, and two threads run and change the same copies.',
  },
  {
    id: 'main-copy-for-the-maker',
    title: 'the thread that makes a code object has the main copy for its own',
    requirement: 'TLBC-07',
    shownBy: 'TLBC-07.4',
    file: 'bytecode/code/new-code.ts',
    text: '      memory.set(entryAt(array, 0), mainCopy(address))\n',
    replacement: `      memory.set(entryAt(array, 0), mainCopy(address))
      memory.set(entryAt(array, memory.get(m.own.index)), mainCopy(address))
`,
    why: 'The first thread of the interpreter runs the same copy, and both specialize it.',
  },
  {
    id: 'first-place-left-empty',
    title: 'the first place of a new array is empty like the others',
    requirement: 'TLBC-08',
    shownBy: 'TLBC-08.1',
    file: 'bytecode/code/new-code.ts',
    text: '      memory.set(entryAt(array, 0), mainCopy(address))\n',
    replacement: '',
    why: 'The first thread makes a copy of everything that it runs, and nobody runs what it was made from.',
  },
  {
    id: 'option-by-its-begin',
    title: 'every option that begins like the one for copies is taken for it',
    requirement: 'TLBC-09',
    shownBy: 'TLBC-09.2',
    file: 'bytecode/copies/settings.ts',
    text: "each === 'tlbc' || each.startsWith('tlbc=')",
    replacement: "each.startsWith('tlbc')",
    why: 'The program does not start because of an option that is none of this one’s business.',
  },
  {
    id: 'empty-variable-counts',
    title: 'an empty variable counts like any other value',
    requirement: 'TLBC-10',
    shownBy: 'TLBC-10.2',
    file: 'bytecode/copies/settings.ts',
    text: `  const variable = ignoresEnvironment ? '' : (env.PYTHON_TLBC ?? '')
  if (variable !== '') {
`,
    replacement: `  const variable = ignoresEnvironment ? undefined : env.PYTHON_TLBC
  if (variable !== undefined) {
`,
    why: 'No text at all reads as zero, so whoever empties the variable turns copies off.',
  },
  {
    id: 'counters-start-for-all',
    title: 'counters start also in a copy that several threads run',
    requirement: 'TLBC-11',
    shownBy: 'TLBC-11.2',
    file: 'bytecode/copies/quicken.ts',
    text: '  if (!adaptive) return UNREACHABLE\n',
    replacement: '',
    why: 'All threads specialize the same instructions at once.',
  },
  {
    id: 'frame-begins-in-the-main-copy',
    title: 'a frame begins in the main copy, and says that it is in its thread’s own',
    requirement: 'TLBC-01',
    shownBy: 'TLBC-01.1',
    file: 'bytecode/copies/enter.ts',
    text: 'memory.set(frame + INSTRUCTION, copy === NULL ? mainCopy(code) : copy)',
    replacement: 'memory.set(frame + INSTRUCTION, mainCopy(code))',
    why: 'It is never moved, so all threads run and specialize the main copy, and every place in it is counted from another.',
  },
  {
    id: 'index-given-back-without-lock',
    title: 'an index is given back without the lock of the pool',
    requirement: 'TLBC-06',
    shownBy: 'TLBC-06.8',
    file: 'bytecode/copies/index-pool.ts',
    text: `  lock(parker, pool.mutex)
  push(memory, pool, index)
  unlock(memory, parker.lot, pool.mutex)
`,
    replacement: '  push(memory, pool, index)\n',
    why: 'Of two that come back at once one is lost, or a thread that comes takes what is half put in.',
  },
  {
    id: 'heap-sinks-to-the-left',
    title: 'what sinks in the heap of free indices always sinks to the left',
    requirement: 'TLBC-06',
    shownBy: 'TLBC-06.10',
    file: 'bytecode/copies/index-pool.ts',
    text: '    if (child + 1 < count && memory.get(at(heap, child + 1)) < memory.get(at(heap, child))) child += 1\n',
    replacement: '',
    why: 'With a few free indices it is right, and with more a larger one comes first.',
  },
  {
    id: 'survivor-index-free-in-the-child',
    title: 'in the child of a fork the index of the survivor is free too',
    requirement: 'TLBC-06',
    shownBy: 'TLBC-06.21',
    file: 'bytecode/copies/index-pool.ts',
    text: 'if (index !== survivor) push(memory, pool, index)',
    replacement: 'push(memory, pool, index)',
    why: 'A thread that is made there runs the survivor’s copies.',
  },
  {
    id: 'fresh-counter-after-tools',
    title: 'an instruction that was watched gets a fresh counter, also where copies are turned off',
    requirement: 'TLBC-11',
    shownBy: 'TLBC-11.6',
    file: 'bytecode/instrument/place.ts',
    text: 'unreachable ? UNREACHABLE : WARM_UP',
    replacement: 'WARM_UP',
    why: 'The one copy that all threads run is specialized.',
  },
]
