import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Hello, Method, Result } from '../protocol/messages.ts'
import { failureOf, OPEN, STEP, scenario } from './hostile/asking.ts'
import { HELLO } from './hostile/conduct.ts'
import { Isolation } from './isolation.ts'
import { LIMITS } from './isolation-limits.ts'
import { Refusal, type Subject, SubjectFailure } from './subject.ts'

type Way = (method: Method) => Promise<unknown>

/** A subject that answers each request in the way it is given. */
class Fake implements Subject {
  readonly hello: Hello
  ended = false
  readonly #way: Way
  constructor(way: Way, hello = HELLO) {
    this.#way = way
    this.hello = hello
  }

  async request<M extends Method>(method: M): Promise<Result<M>> {
    return (await this.#way(method)) as Result<M>
  }

  async end(): Promise<void> {
    this.ended = true
  }
}

const RESULTS: Record<Method, unknown> = {
  hello: HELLO,
  open: {},
  step: { status: 'ok', facts: {}, events: [] },
  race: { how: 'sampled', complete: false, schedules: 1, outcomes: [] },
  observe: { states: [] },
  close: { census: { objects: 1, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 } },
}

const good: Way = async (method) => RESULTS[method]
const never: Promise<never> = new Promise(() => undefined)
const crash = new SubjectFailure('crash', 'it fell over', 'step Ada qsbr.quiescent', 'its last words')

/** Crashes in the step. */
const bad: Way = async (method) => {
  if (method === 'step') throw crash
  return good(method)
}

/** A factory of subjects, one way after the other and the last for ever, and what it made. */
function makes(...ways: [Way, ...Way[]]): { connect: () => Promise<Subject>; made: Fake[] } {
  const made: Fake[] = []
  const connect = async (): Promise<Subject> => {
    const subject = new Fake(ways[Math.min(made.length, ways.length - 1)] as Way)
    made.push(subject)
    return subject
  }
  return { connect, made }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})

afterEach(() => {
  expect(vi.getTimerCount()).toBe(0)
  vi.useRealTimers()
})

describe('while nothing goes wrong', () => {
  test('one subject serves every scenario, from the first that asks for it', async () => {
    const { connect, made } = makes(good)
    const isolation = new Isolation(connect)
    expect(made).toHaveLength(0)
    for (let count = 0; count < 10; count += 1) expect(await scenario(isolation)).toBeUndefined()
    expect(isolation.hello).toEqual(HELLO)
    await isolation.end()
    expect(made.map(({ ended }) => ended)).toEqual([true])
  })

  test('an answer goes through without the fields that nobody knows', async () => {
    const isolation = new Isolation(makes(async (method) => ({ ...(RESULTS[method] as object), note: '' })).connect)
    expect(await isolation.request('open', OPEN)).toEqual(RESULTS.open)
    expect(await isolation.request('step', STEP)).toEqual(RESULTS.step)
    expect(await isolation.request('close', {})).toEqual(RESULTS.close)
    await isolation.end()
  })

  test('what a refusal tells has to fit too', async () => {
    const { connect } = makes(async (method) => {
      if (method === 'step') throw new Refusal('busy', 'not now', { events: [{ actor: 'Ada', event: 'failed' }] })
      return good(method)
    })
    const isolation = new Isolation(connect)
    await isolation.request('open', OPEN)
    await expect(isolation.request('step', STEP)).rejects.toMatchObject({
      verdict: 'protocol-violation',
      message: expect.stringContaining('error.data.events[0].code'),
    })
    await isolation.end()
  })

  test('a refusal goes through, and the scenario goes on', async () => {
    const refusal = new Refusal('busy', 'not now')
    const { connect, made } = makes(async (method) => {
      if (method === 'step') throw refusal
      return good(method)
    })
    const isolation = new Isolation(connect)
    await isolation.request('open', OPEN)
    await expect(isolation.request('step', STEP)).rejects.toBe(refusal)
    await isolation.request('close', {})
    expect(await scenario(isolation)).toBe(refusal)
    expect(made).toHaveLength(1)
    await isolation.end()
  })

  test('nothing can be asked before a scenario is open, nor when it is over', async () => {
    const isolation = new Isolation(makes(good).connect)
    expect(await failureOf(isolation.request('step', STEP))).toMatchObject({
      verdict: 'error',
      message: 'step Ada qsbr.quiescent: no scenario is open',
    })
    await scenario(isolation)
    expect(await failureOf(isolation.request('close', {}))).toMatchObject({ verdict: 'error', message: 'close: no scenario is open' })
    await isolation.end()
  })
})

describe('a subject that fails', () => {
  test('is ended, and the next scenario gets a fresh one', async () => {
    const { connect, made } = makes(bad, good)
    const isolation = new Isolation(connect)
    expect(await scenario(isolation)).toBe(crash)
    expect(made.map(({ ended }) => ended)).toEqual([true])
    expect(await scenario(isolation)).toBeUndefined()
    expect(made.map(({ ended }) => ended)).toEqual([true, false])
    await isolation.end()
  })

  test('fails the rest of its scenario in the same way', async () => {
    const isolation = new Isolation(makes(bad).connect)
    await scenario(isolation)
    expect(await failureOf(isolation.request('observe', { what: [{ of: 'allocators' }] }))).toBe(crash)
    expect(await failureOf(isolation.request('close', {}))).toBe(crash)
    await isolation.end()
  })

  test('fails all that was asked at once in the same way', async () => {
    const late = new SubjectFailure('error', 'it was ended', 'observe')
    const isolation = new Isolation(
      makes(async (method) => {
        if (method === 'observe') await setImmediate()
        if (method === 'observe') throw late
        return bad(method)
      }).connect,
    )
    await isolation.request('open', OPEN)
    const both = [isolation.request('step', STEP), isolation.request('observe', { what: [{ of: 'allocators' }] })]
    expect(await Promise.all(both.map(failureOf))).toEqual([crash, crash])
    await isolation.end()
  })

  test('with anything but a failure is a mistake of ours', async () => {
    const mistake = new TypeError('x is undefined')
    const isolation = new Isolation(
      makes(async () => {
        throw mistake
      }).connect,
    )
    expect(await scenario(isolation)).toMatchObject({
      verdict: 'error',
      message: 'open "QSBR-01.1": TypeError: x is undefined',
      during: 'open "QSBR-01.1"',
      cause: mistake,
    })
    await isolation.end()
  })

  test('by its answer has violated the protocol', async () => {
    const { connect, made } = makes(async (method) => (method === 'step' ? { ...(RESULTS.step as object), facts: [] } : RESULTS[method]))
    const isolation = new Isolation(connect)
    expect(await scenario(isolation)).toMatchObject({
      verdict: 'protocol-violation',
      message:
        'step Ada qsbr.quiescent: result.facts: expected record, received array (an empty object {} was written as an empty array [])',
      during: 'step Ada qsbr.quiescent',
    })
    expect(made[0]?.ended).toBe(true)
    await isolation.end()
  })

  test('is not charged with a request that is wrong', async () => {
    const isolation = new Isolation(makes(good).connect)
    await isolation.request('open', OPEN)
    expect(await failureOf(isolation.request('step', { ...STEP, op: 'object.incref' }))).toMatchObject({
      verdict: 'error',
      message: 'step Ada object.incref: params.args.object: expected string, received undefined',
    })
    await isolation.end()
  })

  test('to close is not given another scenario', async () => {
    const refusal = new Refusal('misuse', 'it is mine')
    const stubborn: Way = async (method) => {
      if (method === 'close') throw refusal
      return good(method)
    }
    const { connect, made } = makes(stubborn, good)
    const isolation = new Isolation(connect)
    expect(await scenario(isolation)).toBe(refusal)
    expect(await scenario(isolation)).toBeUndefined()
    expect(made.map(({ ended }) => ended)).toEqual([true, false])
    await isolation.end()
  })

  test('must be the same implementation when it is started again', async () => {
    const subjects = [new Fake(bad), new Fake(good, { ...HELLO, version: '2.0' }), new Fake(good)]
    const isolation = new Isolation(async () => subjects.shift() as Subject)
    await scenario(isolation)
    const [, other] = [...subjects]
    expect(await scenario(isolation)).toMatchObject({
      verdict: 'protocol-violation',
      message: 'hello: started again, the subject describes itself otherwise than at first',
    })
    expect(await scenario(isolation)).toBeUndefined()
    expect(other?.ended).toBe(false)
    await isolation.end()
    expect(other?.ended).toBe(true)
  })
})

describe('a scenario that is never closed', () => {
  test('leaves nothing to the next', async () => {
    const { connect, made } = makes(good)
    const isolation = new Isolation(connect)
    await isolation.request('open', OPEN)
    expect(await scenario(isolation)).toBeUndefined()
    expect(made.map(({ ended }) => ended)).toEqual([true, false])
    await isolation.end()
  })

  test('because it was never opened costs the subject nothing', async () => {
    const refusal = new Refusal('unsupported', 'no such build')
    const { connect, made } = makes(async (method) => {
      if (method === 'open') throw refusal
      return good(method)
    })
    const isolation = new Isolation(connect)
    for (let count = 0; count < 10; count += 1) expect(await scenario(isolation)).toBe(refusal)
    expect(made.map(({ ended }) => ended)).toEqual([false])
    await isolation.end()
  })
})

describe('a storm of restarts', () => {
  const storm = (times: string, last = 'crash, it fell over'): string =>
    `the subject was started again ${times} in a row and answered no step; the last failure was ${last}`

  test('is stopped after three, and no later scenario is run', async () => {
    const { connect, made } = makes(bad)
    const isolation = new Isolation(connect)
    for (let count = 0; count < 4; count += 1) expect(await scenario(isolation)).toBe(crash)
    for (let count = 0; count < 3; count += 1) {
      expect(await scenario(isolation)).toMatchObject({
        verdict: 'not-run',
        message: storm('3 times'),
        during: 'open "QSBR-01.1"',
        stderr: '',
      })
    }
    expect(made).toHaveLength(4)
    await isolation.end()
  })

  test.each([
    ['done', async () => RESULTS.step],
    ['refused', () => Promise.reject(new Refusal('misuse', 'no'))],
  ] as const)('is none if a step is %s in between, even if no scenario comes to its end', async (_, answer) => {
    const dies: Way = async (method) => {
      if (method === 'close') throw crash
      return method === 'step' ? answer() : good(method)
    }
    const { connect, made } = makes(bad, bad, bad, dies, bad, bad, bad, dies)
    const isolation = new Isolation(connect)
    for (let count = 0; count < 12; count += 1) {
      await isolation.request('open', OPEN)
      await isolation.request('step', STEP).catch(() => undefined)
      expect(await failureOf(isolation.request('close', {}))).toBe(crash)
    }
    expect(made).toHaveLength(12)
    await isolation.end()
  })

  test('counts the restarts since the last step that was answered', async () => {
    let steps = 0
    const once: Way = async (method) => {
      if (method === 'step') steps += 1
      return steps > 1 ? bad(method) : good(method)
    }
    const { connect, made } = makes(bad, bad, bad, once)
    const isolation = new Isolation(connect)
    const verdicts: (string | undefined)[] = []
    for (let count = 0; count < 11; count += 1) verdicts.push((await scenario(isolation))?.verdict)
    const crashes = (times: number): string[] => Array.from({ length: times }, () => 'crash')
    expect(verdicts).toEqual([...crashes(3), undefined, ...crashes(5), 'not-run', 'not-run'])
    expect(made).toHaveLength(8)
    await isolation.end()
  })

  test('is also one of subjects that cannot even be connected', async () => {
    let tried = 0
    const isolation = new Isolation(
      async () => {
        tried += 1
        throw crash
      },
      { ...LIMITS, restarts: 1 },
    )
    expect(await scenario(isolation)).toBe(crash)
    expect(() => isolation.hello).toThrow(crash)
    expect(await scenario(isolation)).toBe(crash)
    expect(await scenario(isolation)).toMatchObject({ verdict: 'not-run', message: storm('once') })
    expect(tried).toBe(2)
    await isolation.end()
  })
})

describe('a limit', () => {
  const limits = { ...LIMITS, scenario: 1_000, run: 2_500 }
  const silent: Way = (method) => (method === 'step' ? never : good(method))

  test('of a scenario ends the subject in whichever request it is exceeded', async () => {
    const { connect, made } = makes(silent, good)
    const isolation = new Isolation(connect, limits)
    await isolation.request('open', OPEN)
    await vi.advanceTimersByTimeAsync(600)
    const step = failureOf(isolation.request('step', STEP))
    await vi.advanceTimersByTimeAsync(399)
    expect(made[0]?.ended).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await step).toMatchObject({
      verdict: 'timeout',
      message: 'step Ada qsbr.quiescent: the scenario took longer than its limit of 1000 ms',
      during: 'step Ada qsbr.quiescent',
      stderr: '',
    })
    expect(made[0]?.ended).toBe(true)
    expect(await scenario(isolation)).toBeUndefined()
    await isolation.end()
  })

  test('of a scenario holds also if it passes while nothing is asked', async () => {
    const isolation = new Isolation(makes(good).connect, limits)
    await isolation.request('open', OPEN)
    await vi.advanceTimersByTimeAsync(1_001)
    expect(await failureOf(isolation.request('close', {}))).toMatchObject({ verdict: 'timeout' })
    await isolation.end()
  })

  test('of a scenario keeps what the subject said last', async () => {
    let fail: (reason: unknown) => void = () => undefined
    class Talkative extends Fake {
      override async end(): Promise<void> {
        fail(new SubjectFailure('error', 'ended', 'step', 'where I was'))
      }
    }
    const isolation = new Isolation(async () => {
      return new Talkative((method) =>
        method === 'step'
          ? new Promise((_, reject) => {
              fail = reject
            })
          : good(method),
      )
    }, limits)
    await isolation.request('open', OPEN)
    const step = failureOf(isolation.request('step', STEP))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await step).toMatchObject({ verdict: 'timeout', stderr: 'where I was' })
    await isolation.end()
  })

  test('of the run ends the scenario it falls into, and runs no other', async () => {
    const { connect, made } = makes(silent)
    const isolation = new Isolation(connect, limits)
    for (const wait of [1_000, 1_000, 500]) {
      await isolation.request('open', OPEN)
      const step = failureOf(isolation.request('step', STEP))
      await vi.advanceTimersByTimeAsync(wait)
      const message = wait === 500 ? 'the run took longer than its limit of 2500 ms' : 'the scenario took longer than its limit of 1000 ms'
      expect(await step).toMatchObject({ verdict: 'timeout', message: `step Ada qsbr.quiescent: ${message}` })
    }
    for (let count = 0; count < 2; count += 1) {
      expect(await scenario(isolation)).toMatchObject({ verdict: 'not-run', message: 'the run took longer than its limit of 2500 ms' })
    }
    expect(made.map(({ ended }) => ended)).toEqual([true, true, true])
    await isolation.end()
  })
})

describe('connecting before the first scenario', () => {
  test('tells who the subject is, and the first scenario uses it', async () => {
    const { connect, made } = makes(good)
    const isolation = new Isolation(connect)
    expect(() => isolation.hello).toThrow('no subject was connected yet')
    await isolation.prepare()
    expect(isolation.hello).toEqual(HELLO)
    expect(await scenario(isolation)).toBeUndefined()
    expect(made).toHaveLength(1)
    await isolation.end()
  })

  test('says what went wrong', async () => {
    const isolation = new Isolation(() => Promise.reject(crash))
    await expect(isolation.prepare()).rejects.toBe(crash)
    await isolation.end()
  })
})

describe('the end', () => {
  test('leaves no subject, also if it comes while one is being connected', async () => {
    const late = new Fake(good)
    const { promise, resolve } = Promise.withResolvers<Subject>()
    const isolation = new Isolation(() => promise)
    const opening = failureOf(isolation.request('open', OPEN))
    const ending = isolation.end()
    resolve(late)
    await ending
    expect(late.ended).toBe(true)
    expect(await opening).toMatchObject({ verdict: 'error', message: 'open "QSBR-01.1": the run has ended' })
  })

  test('leaves no scenario', async () => {
    const { connect, made } = makes(good)
    const isolation = new Isolation(connect)
    await isolation.request('open', OPEN)
    await isolation.end()
    await isolation.end()
    expect(made.map(({ ended }) => ended)).toEqual([true])
    expect(await scenario(isolation)).toMatchObject({ verdict: 'error', message: 'open "QSBR-01.1": the run has ended' })
  })
})
