import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Method, Params, Result } from '../protocol/messages.ts'
import { readReply, writeRequest } from '../protocol/wire.ts'
import { HELLO } from './hostile/conduct.ts'
import { serve } from './serve.ts'
import { Refusal, type Subject } from './subject.ts'

const OPEN: Params<'open'> = {
  scenario: 'QSBR-01.1',
  actors: ['Ada'],
  build: { threading: 'free-threaded', freelists: true, referenceDebugging: false },
  argv: [],
  env: {},
  seed: '1',
}
const STEP: Params<'step'> = { actor: 'Ada', op: 'qsbr.poll', args: { goal: '3' } }

/** A subject that answers steps in the way it is given, and what it was asked. */
function subjectOf(step: () => unknown): Subject & { readonly asked: unknown[] } {
  const asked: unknown[] = []
  return {
    asked,
    hello: HELLO,
    async request<M extends Method>(method: M, params: Params<M>): Promise<Result<M>> {
      asked.push(params)
      return (method === 'step' ? step() : {}) as Result<M>
    },
    async end() {},
  }
}

const reached = (): unknown => ({ status: 'ok', facts: { reached: true }, events: [] })

/** The lines that a subject answers to these bytes. */
async function exchange(subject: Subject, ...input: (string | Buffer)[]): Promise<string[]> {
  let answers = ''
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      answers += chunk
      done()
    },
  })
  await serve(subject, Readable.from(input.map((chunk) => Buffer.from(chunk))), output)
  return answers.split('\n').slice(0, -1)
}

describe('a subject that is served', () => {
  test('answers each request with its id, in order, and ends with its input', async () => {
    const subject = subjectOf(reached)
    const lines = await exchange(
      subject,
      writeRequest('a', 'hello', { protocol: [1, 3] }) + writeRequest('b', 'open', OPEN),
      writeRequest('c', 'step', STEP),
    )
    expect(lines.map(readReply)).toMatchObject([
      { id: 'a', result: HELLO },
      { id: 'b', result: {} },
      { id: 'c', result: reached() },
    ])
    expect(subject.asked).toEqual([OPEN, STEP])
  })

  test('has nothing to say to nobody', async () => {
    expect(await exchange(subjectOf(reached))).toEqual([])
  })

  test('is not told what nobody knows', async () => {
    const subject = subjectOf(reached)
    await exchange(subject, writeRequest('1', 'step', { ...STEP, args: { goal: '3', haste: 'none' }, colour: 'red' }))
    expect(subject.asked).toEqual([STEP])
  })

  test('speaks its own version, or says that it cannot', async () => {
    const [low, high, both] = await exchange(
      subjectOf(reached),
      writeRequest('1', 'hello', { protocol: [0, 0] }),
      writeRequest('2', 'hello', { protocol: [2, 9] }),
      writeRequest('3', 'hello', { protocol: [0, 9] }),
    )
    const message = (range: string): string => `version 1 of the protocol is spoken here, and ${range} were offered`
    expect(readReply(low as string)).toEqual({ id: '1', refusal: { code: 'unsupported', message: message('0 to 0') } })
    expect(readReply(high as string)).toEqual({ id: '2', refusal: { code: 'unsupported', message: message('2 to 9') } })
    expect(readReply(both as string)).toMatchObject({ id: '3', result: HELLO })
  })

  test('refuses in its own words', async () => {
    const refuse = (): never => {
      throw new Refusal('busy', 'not now')
    }
    const [line] = await exchange(subjectOf(refuse), writeRequest('1', 'step', STEP))
    expect(readReply(line as string)).toEqual({ id: '1', refusal: { code: 'busy', message: 'not now' } })
  })

  test('tells with a refusal what happened all the same', async () => {
    const happened = { events: [{ actor: 'Ada', event: 'advanced' as const }], changes: [{ actor: 'Ada', at: 'x', from: '0', to: '1' }] }
    const refuse = (): never => {
      throw new Refusal('busy', 'not now', happened)
    }
    const [line] = await exchange(subjectOf(refuse), writeRequest('1', 'step', STEP))
    expect(readReply(line as string)).toEqual({ id: '1', refusal: { code: 'busy', message: 'not now', ...happened } })
  })
})

describe('a line that is no request is answered with an error, and the next one is served', () => {
  const next = writeRequest('next', 'step', STEP)

  test.each([
    ['garbage', 'hello?\n', null, 'bad-message', 'not JSON: "hello?"'],
    ['not UTF-8', Buffer.from([0xff, 0x0a]), null, 'bad-message', 'a line is not UTF-8: "\uFFFD"'],
    ['too long', `${'x'.repeat(1024 * 1024)}\n`, null, 'bad-message', expect.stringMatching(/^a line is longer than allowed.*: "xxx/)],
    ['with a carriage return', '{}\r\n', null, 'bad-message', expect.stringMatching(/^a line ends with \\r\\n/)],
    [
      'with an unknown method',
      '{"jsonrpc":"2.0","id":"1","method":"dance","params":{}}\n',
      '1',
      'unsupported',
      'there is no method "dance"',
    ],
    [
      'with args that do not fit',
      writeRequest('1', 'step', { ...STEP, args: { goal: 3 } }),
      '1',
      'bad-message',
      'params.args.goal: expected string, received number (ids and 64-bit numbers travel as strings)',
    ],
  ])('%s', async (_, line, id, code, message) => {
    const subject = subjectOf(reached)
    const [first, second, ...others] = await exchange(subject, line, next)
    expect(readReply(first as string)).toEqual({ id, refusal: { code, message } })
    expect(readReply(second as string)).toMatchObject({ id: 'next', result: reached() })
    expect(others).toEqual([])
    expect(subject.asked).toEqual([STEP])
  })

  test('also where the input ends in the middle of it', async () => {
    const [first, ...others] = await exchange(subjectOf(reached), '{"jsonrpc":')
    expect(readReply(first as string)).toMatchObject({
      id: null,
      refusal: { code: 'bad-message', message: expect.stringMatching(/^the output ended/) },
    })
    expect(others).toEqual([])
  })
})

describe('there is no honest answer', () => {
  const serveStep = (step: () => unknown): Promise<string[]> => exchange(subjectOf(step), writeRequest('1', 'step', STEP))

  test('if the subject breaks the protocol', async () => {
    await expect(serveStep(() => ({ status: 'ok', facts: {}, events: [] }))).rejects.toMatchObject({
      name: 'Violation',
      culprit: 'subject',
    })
  })

  test('if the answer is too long for a line', async () => {
    const events = Array.from({ length: 40_000 }, () => ({ actor: 'Ada', event: 'scanned' }))
    await expect(serveStep(() => ({ ...(reached() as object), events }))).rejects.toThrow(RangeError)
  })

  test('if the subject breaks', async () => {
    const broken = new TypeError('x is undefined')
    const breaks = (): never => {
      throw broken
    }
    await expect(serveStep(breaks)).rejects.toBe(broken)
  })

  test('if nobody reads it', async () => {
    const gone = new Error('EPIPE')
    const output = new Writable({ write: (_chunk, _encoding, done) => done(gone) })
    const heard = once(output, 'error')
    const input = Readable.from([Buffer.from(writeRequest('1', 'step', STEP))])
    await expect(serve(subjectOf(reached), input, output)).rejects.toBe(gone)
    await heard.catch((error) => expect(error).toBe(gone))
  })
})
