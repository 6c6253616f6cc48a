import { describe, expect, test } from 'vitest'
import { unmeasured } from '../testing/unmeasured.ts'
import { commandOf, pidIn, scenario } from './hostile/asking.ts'
import { HELLO } from './hostile/conduct.ts'
import { connectIsolated, Isolation } from './isolation.ts'
import { LIMITS } from './isolation-limits.ts'
import { connectProgram } from './program.ts'
import { type Subject, type SubjectFailure, Unstartable } from './subject.ts'

unmeasured()

describe('programs in isolation', () => {
  const LATE = { ...LIMITS, reply: 1_000, grace: 100 }

  test.each([
    ['crash', 'crashes-at-start', [], LIMITS],
    ['crash', 'crashes-in-step', [], LIMITS],
    ['crash', 'dies-in-step', [], LIMITS],
    ['crash', 'exits-early', [], LIMITS],
    ['crash', 'exits-mid-line', [], LIMITS],
    ['crash', 'crashes-after-close', [], LIMITS],
    ['crash', 'floods-standard-error', [], LIMITS],
    ['timeout', 'hangs-in', ['step'], LATE],
    ['timeout', 'stops-mid-line', [], LATE],
    ['protocol-violation', 'answers', ['step', 'garbage\n'], LIMITS],
    ['protocol-violation', 'answers-at-length', [], LIMITS],
    ['protocol-violation', 'answers-twice', ['open'], LIMITS],
    ['protocol-violation', 'answers-twice', ['close'], LIMITS],
    ['protocol-violation', 'changes-its-mind', [], LIMITS],
    ['protocol-violation', 'floods', ['x'], LIMITS],
    ['protocol-violation', 'floods', ['{}\n'], LIMITS],
  ] as const)('that end with %s cost the next scenario nothing: %s', async (verdict, name, args, limits) => {
    const programs = [() => connectProgram(commandOf(name, ...args), limits), () => connectProgram(commandOf('well-behaved'), LIMITS)]
    const isolation = new Isolation(() => (programs.shift() as () => Promise<Subject>)())
    expect(await scenario(isolation)).toMatchObject({ verdict })
    expect([await scenario(isolation), await scenario(isolation)]).toEqual([undefined, undefined])
    await isolation.end()
  })

  test('that take too long for a scenario leave their last words', async () => {
    const isolation = new Isolation(() => connectProgram(commandOf('hangs-in', 'step'), LIMITS), { ...LIMITS, scenario: 300 })
    const late = (await scenario(isolation)) as SubjectFailure
    expect(late).toMatchObject({ verdict: 'timeout', stderr: expect.stringMatching(/^pid \d+\n$/) })
    expect(() => process.kill(pidIn(late.stderr), 0)).toThrow('ESRCH')
    await isolation.end()
  })

  test('are connected by their command', async () => {
    const isolation = await connectIsolated(commandOf('well-behaved'))
    expect(isolation.hello).toEqual(HELLO)
    expect(await scenario(isolation)).toBeUndefined()
    await isolation.end()
  })

  test('that cannot be started are not judged', async () => {
    await expect(connectIsolated('/nonexistent/subject')).rejects.toThrow(
      /^the subject cannot be judged: start: the program cannot be started: .*ENOENT$/,
    )
  })

  test('that fail at their first hello are not judged, and what they said last is told', async () => {
    const started = connectIsolated(commandOf('crashes-at-start'))
    await expect(started).rejects.toThrow(Unstartable)
    await expect(started).rejects.toThrow(/^the subject cannot be judged: hello: .*\n {2}\S/)
  })
})
