import { expect, test } from 'vitest'
import { codeOf } from '../../testing/code.ts'
import { BYTES, begin, cells, enter } from '../../testing/setting.ts'
import { mainCopy } from '../bytecode/code/code-object.ts'
import { COPY, copyAt as entryOf } from '../bytecode/code/copy-array.ts'
import { FRAME_CODE, Frame, PREVIOUS } from '../bytecode/code/frame.ts'
import { FRAME_IN_GENERATOR, GENERATOR_STATE, GeneratorState, generatorBytes } from '../bytecode/code/generator.ts'
import { lastInstruction } from '../bytecode/code/places.ts'
import { obtainCopy } from '../bytecode/copies/copies.ts'
import { enterOwnCopy, startFrame } from '../bytecode/copies/enter.ts'
import { Kind } from '../bytecode/objects/kinds.ts'
import { uncounted } from '../bytecode/objects/reference.ts'
import { type Address, CELL, NULL } from '../memory/memory.ts'
import { SharedMemory } from '../memory/shared-memory.ts'
import { FROZEN, MARKS, track } from '../refcount/object-header.ts'
import { clearThread, deleteThread } from './lifecycle.ts'
import { Runtime } from './runtime.ts'
import { sleeper, type Thread } from './thread.ts'
import { clearUnusedCopies } from './unused-copies.ts'

/** Ada asks for the clean-up. Ben and Cleo have copies of the same code, and are detached. */
function threeThreads() {
  const setting = begin()
  const { memory, runtime } = setting
  const [ada, ben, cleo] = [enter(setting), enter(setting), enter(setting)]
  const code = codeOf(ada)
  const copies = [obtainCopy(ben, code), obtainCopy(cleo, code)]
  ben.detach()
  cleo.detach()
  const newFrame = (frame: Address, thread: Thread): Address => {
    memory.set(frame + FRAME_CODE, uncounted(code))
    startFrame(thread, frame)
    return frame
  }
  return {
    ...setting,
    ada,
    ben,
    cleo,
    code,
    copies,
    copyAt: (index: number) => entryOf(memory, code, index),
    blocks: () => [...runtime.arena.blocks()].filter(({ name }) => name === COPY).length,
    end: (thread: Thread) => {
      if (!thread.isAttached) thread.attach()
      clearThread(thread)
      deleteThread(thread)
    },
    /** The frame of a generator that Ada owns, begun by somebody. */
    newGenerator: (thread: Thread): Address => {
      const generator = ada.newObject(Kind.GENERATOR, generatorBytes(0, 2), 'generator')
      track(memory, generator)
      memory.set(generator + GENERATOR_STATE, GeneratorState.SUSPENDED)
      newFrame(generator + FRAME_IN_GENERATOR, thread)
      return generator
    },
    /** A frame on the stack of a thread. */
    run: (thread: Thread, by = thread): Address => {
      const frame = newFrame(cells(setting, Frame.size / CELL), by)
      memory.set(frame + PREVIOUS, memory.get(thread.own.frame))
      memory.set(thread.own.frame, frame)
      return frame
    },
  }
}

test('copies of threads that live stay where they are', () => {
  const { ada, copies, copyAt } = threeThreads()
  expect(clearUnusedCopies(ada)).toBe(0)
  expect([copyAt(1), copyAt(2)]).toEqual(copies)
})

test('the end of a thread frees none, and who gets its index next inherits its copies', () => {
  const { ada, ben, copies, copyAt, blocks, end, code, ...setting } = threeThreads()
  end(ben)
  expect([copyAt(1), blocks()]).toEqual([copies[0], 2])
  expect(obtainCopy(enter(setting), code)).toBe(copies[0])
})

test('copies of threads that are gone are freed, and made anew for who gets the index next', () => {
  const { memory, ada, ben, copies, copyAt, blocks, end, code, ...setting } = threeThreads()
  end(ben)
  expect(clearUnusedCopies(ada)).toBe(1)
  expect([copyAt(1), copyAt(2), blocks()]).toEqual([NULL, copies[1], 1])
  expect(copyAt(0)).toBe(mainCopy(code))
  const dan = enter({ ...setting, memory } as never)
  expect(memory.get(dan.own.index)).toBe(1)
  expect(obtainCopy(dan, code)).toBe(copyAt(1))
  dan.detach()
  expect(clearUnusedCopies(ada)).toBe(0)
})

test('a thread that is cleared and not gone yet still has its copies', () => {
  const { ada, ben, copies, copyAt } = threeThreads()
  ben.attach()
  clearThread(ben)
  ben.detach()
  expect(clearUnusedCopies(ada)).toBe(0)
  expect(copyAt(1)).toBe(copies[0])
  ben.attach()
  deleteThread(ben)
  expect(clearUnusedCopies(ada)).toBe(1)
})

test('the main copy stays also if the thread that ran it is gone', () => {
  const { ada, ben, code, copyAt, end } = threeThreads()
  end(ada)
  ben.attach()
  expect(clearUnusedCopies(ben)).toBe(0)
  expect(copyAt(0)).toBe(mainCopy(code))
})

test('a copy that a suspended generator is in stays until the generator has been taken up or is over', () => {
  const { memory, ada, ben, cleo, copies, copyAt, end, newGenerator } = threeThreads()
  const [one, two] = [newGenerator(ben), newGenerator(cleo)]
  end(ben)
  end(cleo)
  expect(clearUnusedCopies(ada)).toBe(0)
  expect([copyAt(1), copyAt(2)]).toEqual(copies)
  expect(lastInstruction(memory, one + FRAME_IN_GENERATOR)).toBe(0)
  expect(enterOwnCopy(ada, one + FRAME_IN_GENERATOR)).toBe(true)
  memory.set(two + GENERATOR_STATE, GeneratorState.CLEARED)
  expect(clearUnusedCopies(ada)).toBe(2)
  expect([copyAt(1), copyAt(2)]).toEqual([NULL, NULL])
})

test('a copy stays that a frame is in which another thread runs, or called from', () => {
  const { ada, ben, cleo, copies, copyAt, end, run } = threeThreads()
  run(cleo, ben)
  run(cleo)
  end(ben)
  expect(clearUnusedCopies(ada)).toBe(0)
  expect(copyAt(1)).toBe(copies[0])
})

test('frozen code is left alone', () => {
  const { memory, ada, ben, code, copies, copyAt, end } = threeThreads()
  end(ben)
  const marks = memory.loadRelaxed(code + MARKS)
  memory.storeRelaxed(code + MARKS, marks | FROZEN)
  expect([clearUnusedCopies(ada), copyAt(1)]).toEqual([0, copies[0]])
  memory.storeRelaxed(code + MARKS, marks)
  expect(clearUnusedCopies(ada)).toBe(1)
})

test('code of another interpreter is left alone, whatever its threads', () => {
  const { memory, runtime, parker, ada, ben, end, copyAt } = threeThreads()
  const other = { runtime, interpreter: runtime.createInterpreter(parker) }
  const [dan, eve] = [enter(other), enter(other)]
  const code = codeOf(dan)
  const copy = obtainCopy(eve, code)
  dan.detach()
  end(eve)
  end(ben)
  expect(clearUnusedCopies(ada)).toBe(1)
  expect([copyAt(1), entryOf(memory, code, 1)]).toEqual([NULL, copy])
})

test('in a build without threads there is nothing to be freed', () => {
  const memory = new SharedMemory(new SharedArrayBuffer(BYTES))
  const runtime = Runtime.create(memory, BYTES, { freeThreaded: false, copying: false })
  const ada = enter({ runtime, interpreter: runtime.createInterpreter(sleeper(runtime, runtime.createOsThread())) })
  const code = codeOf(ada)
  expect([clearUnusedCopies(ada), entryOf(memory, code, 0)]).toEqual([0, mainCopy(code)])
})
