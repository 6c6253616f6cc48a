import { afterEach, expect, test, vi } from 'vitest'
import { EXIT } from '../verdict/gate.ts'
import { untilInterrupted } from './interruptions.ts'

class Exit extends Error {}

afterEach(() => vi.restoreAllMocks())

/** Interrupts what runs. @returns the exit codes, in their order: a process that really ends has but one. */
async function interrupted(report: () => void): Promise<unknown[]> {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Exit()
  })
  await untilInterrupted(report, async () => {
    expect(() => process.emit('SIGHUP')).toThrow(Exit)
  })
  return exit.mock.calls.map(([code]) => code)
}

test('whoever is not interrupted hears of no signal, and none is listened for afterwards', async () => {
  const before = process.listenerCount('SIGINT')
  const report = vi.fn()
  expect(await untilInterrupted(report, async () => process.listenerCount('SIGINT'))).toBe(before + 1)
  expect(process.listenerCount('SIGINT')).toBe(before)
  expect(report).not.toHaveBeenCalled()
})

test('a report that cannot be given is told, and is a mistake of the suite', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {})
  const codes = await interrupted(() => {
    throw new Error('the disk is full')
  })
  expect(codes).toEqual([EXIT.internal])
  expect(told).toHaveBeenCalledWith(new Error('the disk is full'))
})
