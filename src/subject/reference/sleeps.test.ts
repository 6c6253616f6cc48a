import { expect, test } from 'vitest'
import { MEMORY } from '../../runtime/heap/allocators.ts'
import { sleeper } from '../../runtime/interpreter/thread.ts'
import { Theatre } from '../../testing/stage.ts'
import { emptyMemory, Process } from './process.ts'
import { describeSleep } from './sleeps.ts'

const theatre = new Theatre()

/** What Ada sleeps on, if it is the cell given. */
function asleepOn(target: (process: Process) => number) {
  const process = Process.begin(emptyMemory(0))
  const { runtime } = process
  const os = runtime.createOsThread()
  process.give('actor Ada', os.address)
  process.give('interpreter main', runtime.createInterpreter(sleeper(runtime, os)).address)
  process.memory.set(os.waiter.target, target(process))
  return describeSleep(process, 'Ada')
}

test('memory that no name leads to is told by its address', () => {
  expect(asleepOn(({ runtime }) => runtime.allocate(MEMORY, 4, 'secret')).on).toMatch(/^the memory at \d+$/)
})

test('a field that has no words of its own is told by its name, or that of the field', () => {
  expect(asleepOn((process) => process.address('interpreter', 'main') as number)).toEqual({ on: 'the interpreter main' })
  expect(asleepOn(({ runtime }) => runtime.record.interpreters)).toEqual({ on: 'the runtime interpreters' })
})

test('a pause says for whom it waits: threads in its scope that are attached, but not its own', async () => {
  const { step } = await theatre.attached('Ada', 'Ben', 'Cem', 'Dan')
  await step('Dan', 'thread.exit')
  await step('Ada', 'interpreter.create', { interpreter: 'other' })
  await step('Dan', 'thread.enter', { interpreter: 'other' })
  await step('Cem', 'thread.detach')
  expect(await step('Ada', 'world.stop', { scope: 'interpreter' })).toMatchObject({ parked: { holders: ['Ben'] } })
  await step('Ben', 'thread.safe-point')
  await step('Ada', 'world.start', { scope: 'interpreter' })
  expect(await step('Ada', 'world.stop', { scope: 'all' })).toMatchObject({ parked: { holders: ['Ben', 'Dan'] } })
})

test('a thread that is held says that it waits for the world to start', async () => {
  const { step } = await theatre.attached('Ada', 'Ben')
  await step('Ben', 'thread.detach')
  await step('Ada', 'world.stop', { scope: 'interpreter' })
  expect(await step('Ben', 'thread.attach')).toMatchObject({ parked: { on: 'the world to start' } })
})
