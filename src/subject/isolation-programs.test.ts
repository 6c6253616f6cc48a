import { describe, expect, test } from 'vitest'
import { commandOf, OPEN, pidIn, STEP } from './hostile/asking.ts'
import { HELLO } from './hostile/conduct.ts'
import { connectIsolated, Isolation } from './isolation.ts'
import { LIMITS } from './isolation-limits.ts'
import { connectProgram } from './program.ts'
import type { Subject, SubjectFailure } from './subject.ts'

/** A whole scenario: nothing, or how it failed. */
async function scenario(isolation: Subject): Promise<SubjectFailure | undefined> {
  try {
    await isolation.request('open', OPEN)
    await isolation.request('step', STEP)
    await isolation.request('close', {})
    return undefined
  } catch (error) {
    return error as SubjectFailure
  }
}

describe('programs', () => {
  test('that fail in a scenario cost the next one nothing', async () => {
    const commands = [
      commandOf('crashes-in-step'),
      commandOf('answers', 'step', 'garbage\n'),
      commandOf('well-behaved'),
      commandOf('well-behaved'),
    ]
    const isolation = new Isolation(() => connectProgram(commands.shift() as string[], LIMITS))
    const outcomes = [await scenario(isolation), await scenario(isolation), await scenario(isolation), await scenario(isolation)]
    expect(outcomes.map((outcome) => outcome?.verdict)).toEqual(['crash', 'protocol-violation', undefined, undefined])
    expect(commands).toHaveLength(1)
    await isolation.end()
  })

  test('that take too long for a scenario leave their last words', async () => {
    const isolation = new Isolation(() => connectProgram(commandOf('hangs-in', 'step'), LIMITS), { ...LIMITS, scenario: 300 })
    const late = (await scenario(isolation)) as SubjectFailure
    expect(late).toMatchObject({ verdict: 'timeout', stderr: expect.stringMatching(/^pid \d+\n$/) })
    expect(() => process.kill(Number(late.stderr.slice(4)), 0)).toThrow('ESRCH')
    await isolation.end()
  })

  test('are connected by their command', async () => {
    const isolation = await connectIsolated(commandOf('well-behaved'))
    expect(isolation.hello).toEqual(HELLO)
    expect(await scenario(isolation)).toBeUndefined()
    await isolation.end()
  })

  test('that cannot be connected fail every scenario', async () => {
    const isolation = await connectIsolated('/nonexistent/subject')
    expect(() => isolation.hello).toThrow('ENOENT')
    for (const message of [/ENOENT/, /ENOENT/, /ENOENT/, /ENOENT/, /stopped restarting: 3 restarts .* ENOENT/]) {
      expect(await scenario(isolation)).toMatchObject({ verdict: 'error', message: expect.stringMatching(message) })
    }
    await isolation.end()
  })
})
