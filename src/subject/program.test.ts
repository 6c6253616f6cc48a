import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import type { Params } from '../protocol/messages.ts'
import { HELLO } from './hostile/conduct.ts'
import { connectProgram } from './program.ts'
import { KEPT_STDERR } from './program-process.ts'
import { Refusal, type Subject, SubjectFailure } from './subject.ts'

/** Far more than anything takes that works, and little enough to wait for where nothing comes. */
const PATIENT = { reply: 10_000, grace: 10_000 }

/** For a program that never answers, once it has started. */
const HASTY = { reply: 200, grace: 100 }

/** For a program of which something is awaited that comes after all, though not an answer. */
const CALM = { reply: 1_000, grace: 1_000 }

const OPEN: Params<'open'> = {
  scenario: 'QSBR-01.1',
  actors: ['Ada'],
  build: { threading: 'free-threaded', freelists: true, referenceDebugging: false },
  argv: [],
  env: {},
  seed: '1',
}
const STEP: Params<'step'> = { actor: 'Ada', op: 'qsbr.quiescent', args: {} }

let subject: Subject | undefined

afterEach(async () => {
  await subject?.end()
  subject = undefined
})

const hostile = (name: string, ...args: string[]): [string, ...string[]] => [
  process.execPath,
  fileURLToPath(new URL(`hostile/${name}.ts`, import.meta.url)),
  ...args,
]

async function connect(limits: typeof PATIENT, name: string, ...args: string[]): Promise<Subject> {
  subject = await connectProgram(hostile(name, ...args), limits)
  return subject
}

/** How a request fails. That it does is part of what is expected. */
async function failure(request: Promise<unknown>): Promise<SubjectFailure> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SubjectFailure)
  expect((error as SubjectFailure).message).toMatch(`${(error as SubjectFailure).during}: `)
  return error as SubjectFailure
}

/** The process that a program said it is, or had started. */
const pidIn = (stderr: string, word = 'pid'): number => Number(new RegExp(`^${word} (\\d+)$`, 'm').exec(stderr)?.[1])

/** What is left of a failure once it is certain that the program it tells of has gone. */
function gone({ verdict, during, message, stderr }: SubjectFailure): { verdict: string; during: string; message: string } {
  expect(() => process.kill(pidIn(stderr), 0)).toThrow('ESRCH')
  return { verdict, during, message }
}

/** How the step of a scenario fails. Only for the step is the limit of a reply what it says. */
async function stepFailure({ reply, grace }: typeof PATIENT, name: string, ...args: string[]): Promise<SubjectFailure> {
  const limits = { ...PATIENT, grace }
  const program = await connect(limits, name, ...args)
  await program.request('open', OPEN)
  limits.reply = reply
  return failure(program.request('step', STEP))
}

describe('a program that behaves', () => {
  test('is asked and answers', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    expect(program.hello).toEqual(HELLO)
    expect(await program.request('open', OPEN)).toEqual({})
    expect(await program.request('step', STEP)).toEqual({ status: 'ok', facts: {}, events: [] })
    expect(await program.request('close', {})).toMatchObject({ census: { objects: 0 } })
  })

  test('can be given as a line', async () => {
    const [program, ...args] = hostile('well-behaved')
    subject = await connectProgram([`"${program}"`, ...args.map((arg) => `'${arg}'`)].join(' '), PATIENT)
    expect(subject.hello.name).toBe('sample')
  })

  test('is ended once, and asked nothing after that', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    await program.end()
    await program.end()
    expect(gone(await failure(program.request('open', OPEN)))).toMatchObject({
      verdict: 'error',
      message: expect.stringMatching(/suite ended/),
    })
  })

  test('is asked one thing at a time', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    const first = program.request('open', OPEN)
    await expect(program.request('step', STEP)).rejects.toThrow('open "QSBR-01.1" is still under way')
    await first
  })

  test('goes on after a refusal', async () => {
    const refusal = '{"jsonrpc":"2.0","id":ID,"error":{"code":-32003,"message":"not now","data":{"code":"busy"}}}\n'
    const program = await connect(PATIENT, 'answers', 'step', refusal)
    await program.request('open', OPEN)
    await expect(program.request('step', STEP)).rejects.toEqual(new Refusal('busy', 'not now'))
    expect(await program.request('close', {})).toHaveProperty('census')
  })

  test('is not charged with a mistake of the suite, and goes on after it', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    await program.request('open', OPEN)
    const wrong = await failure(program.request('step', { ...STEP, op: 'object.incref' }))
    expect(wrong).toMatchObject({
      verdict: 'error',
      during: 'step Ada object.incref',
      message: expect.stringMatching(/the suite's own request is wrong: params\.args\.object/),
    })
    const long = await failure(program.request('open', { ...OPEN, scenario: 'x'.repeat(1024 * 1024) }))
    expect(long).toMatchObject({
      verdict: 'error',
      message: expect.stringMatching(/the suite's own request is wrong: .* a line holds at most/),
    })
    expect(await program.request('step', STEP)).toMatchObject({ status: 'ok' })
  })

  test('may say what it likes on standard error; the last of it is kept', async () => {
    const program = await connect(PATIENT, 'floods-standard-error')
    await program.request('open', OPEN)
    expect(await program.request('step', STEP)).toMatchObject({ status: 'ok' })
    const crash = await failure(program.request('close', {}))
    const { stderr } = crash
    expect(gone(crash)).toMatchObject({ verdict: 'crash', during: 'close', message: expect.stringMatching(/exit code 6/) })
    expect(Buffer.byteLength(stderr)).toBe(KEPT_STDERR)
    expect(stderr).toMatch(/complaint 4096 \.+\npid \d+\nthe last word\n$/)
  })
})

describe('a program that cannot be started', () => {
  test.each([
    ['because it does not exist', ['/nonexistent/subject'], /ENOENT/],
    ['because it is not a program', [fileURLToPath(import.meta.url)], /EACCES/],
    ['because it has no name', [], /ERR_INVALID_ARG_TYPE|must be of type string/],
    ['because the command is empty', ' ', /the command is empty/],
    ['because a quote is open', 'a "b', /a quote is never closed/],
  ])('is an error, %s', async (_, command, message) => {
    const { verdict, during, message: said } = await failure(connectProgram(command, PATIENT))
    expect({ verdict, during, said }).toEqual({ verdict: 'error', during: 'start', said: expect.stringMatching(message) })
  })
})

describe('a program with which nothing can begin', () => {
  const helloFailure = (limits: typeof PATIENT, name: string, ...args: string[]): Promise<SubjectFailure> =>
    failure(connect(limits, name, ...args))

  test('crashes at start', async () => {
    const crash = await helloFailure(PATIENT, 'crashes-at-start')
    expect(crash.stderr).toMatch(/no such configuration\n$/)
    expect(gone(crash)).toEqual({
      verdict: 'crash',
      during: 'hello',
      message: 'hello: the program ended by itself, with exit code 3; it never answered anything',
    })
  })

  test('hangs in hello', async () => {
    const hang = ['/bin/sh', '-c', 'echo "pid $$" >&2; exec sleep 1000']
    expect(gone(await failure(connectProgram(hang, CALM)))).toEqual({
      verdict: 'timeout',
      during: 'hello',
      message: 'hello: no reply within 1000 ms',
    })
  })

  test('chooses a version that was not offered', async () => {
    const hello = JSON.stringify({ ...HELLO, protocol: 7 })
    expect(gone(await helloFailure(PATIENT, 'answers', 'hello', `{"jsonrpc":"2.0","id":ID,"result":${hello}}\n`))).toEqual({
      verdict: 'protocol-violation',
      during: 'hello',
      message: 'hello: result.protocol: version 7 was chosen, but 1 to 1 were offered',
    })
  })

  test('speaks no version that the suite does, and says so', async () => {
    const refusal = '{"jsonrpc":"2.0","id":ID,"error":{"code":-32001,"message":"only 2","data":{"code":"unsupported"}}}\n'
    expect(gone(await helloFailure(PATIENT, 'answers', 'hello', refusal))).toEqual({
      verdict: 'error',
      during: 'hello',
      message: 'hello: the subject cannot be judged: only 2 (unsupported)',
    })
  })
})

describe('a program that ends', () => {
  test('with an error in a step is a crash, with what it said last', async () => {
    const crash = await stepFailure(PATIENT, 'crashes-in-step')
    expect(crash.stderr).toMatch('an assertion of its own')
    expect(gone(crash)).toEqual({
      verdict: 'crash',
      during: 'step Ada qsbr.quiescent',
      message: 'step Ada qsbr.quiescent: the program ended by itself, with exit code 1; the last request it answered was open "QSBR-01.1"',
    })
  })

  test('by a signal in a step is a crash that names the signal', async () => {
    expect(gone(await stepFailure(PATIENT, 'dies-in-step'))).toMatchObject({
      verdict: 'crash',
      during: 'step Ada qsbr.quiescent',
      message: expect.stringMatching(/was killed by SIGKILL; the last request it answered was open/),
    })
  })

  test('too early is a crash, though it says that all is well', async () => {
    expect(gone(await stepFailure(PATIENT, 'exits-early'))).toMatchObject({
      verdict: 'crash',
      during: 'step Ada qsbr.quiescent',
      message: expect.stringMatching(/ended by itself, with exit code 0; the last request it answered was open/),
    })
  })

  test('in the middle of a line shows what there is of it', async () => {
    expect(gone(await stepFailure(PATIENT, 'exits-mid-line'))).toMatchObject({
      verdict: 'crash',
      message: expect.stringMatching(/exit code 0; .*; it left a line without a newline: "\{\\"jsonrpc\\":\\"2\.0\\","$/),
    })
  })

  test('after its last answer is charged to the scenario that is over', async () => {
    const program = await connect(PATIENT, 'crashes-after-close')
    await program.request('open', OPEN)
    expect(gone(await failure(program.request('close', {})))).toEqual({
      verdict: 'crash',
      during: 'hello',
      message: 'hello: the program ended by itself, with exit code 4; the last request it answered was close',
    })
  })

  test('fails the same way whatever it is asked from then on', async () => {
    const program = await connect(PATIENT, 'crashes-in-step')
    await program.request('open', OPEN)
    const first = await failure(program.request('step', STEP))
    const { verdict, during, stderr } = await failure(program.request('close', {}))
    expect({ verdict, during, stderr }).toEqual({ verdict: first.verdict, during: 'close', stderr: first.stderr })
  })

  test('and leaves a process that keeps its output open is not waited for', async () => {
    const crash = await stepFailure({ ...PATIENT, grace: CALM.grace }, 'leaves-a-daemon')
    process.kill(pidIn(crash.stderr, 'daemon'), 'SIGKILL')
    expect(gone(crash)).toMatchObject({
      verdict: 'crash',
      during: 'step Ada qsbr.quiescent',
      message: expect.stringMatching(/exit code 5/),
    })
  })
})

describe('a program that does not answer', () => {
  test('is a timeout', async () => {
    expect(gone(await stepFailure(HASTY, 'hangs-in', 'step'))).toEqual({
      verdict: 'timeout',
      during: 'step Ada qsbr.quiescent',
      message: 'step Ada qsbr.quiescent: no reply within 200 ms',
    })
  })

  test('because it forgot the newline is told so', async () => {
    expect(gone(await stepFailure(CALM, 'stops-mid-line'))).toMatchObject({
      verdict: 'timeout',
      message: expect.stringMatching(/no reply within 1000 ms; 74 bytes came without a newline \(end each line with \\n and flush it\)$/),
    })
  })

  test('because it reads nothing is told so', async () => {
    expect(gone(await stepFailure(HASTY, 'closes-its-input'))).toMatchObject({
      verdict: 'timeout',
      message: expect.stringMatching(/no reply within 200 ms; the program has closed its standard input$/),
    })
  })

  test('and does not end either is killed, with all that it started', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ftspec-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const server = createServer().listen(join(folder, 'alive'))
    onTestFinished(() => void server.close())
    const { promise: died, resolve } = Promise.withResolvers<void>()
    server.once('connection', (grandchild) => grandchild.resume().once('close', () => resolve()))
    const stubborn = await stepFailure(HASTY, 'hangs-stubbornly', join(folder, 'alive'))
    expect(gone(stubborn)).toMatchObject({ verdict: 'timeout', during: 'step Ada qsbr.quiescent' })
    await died
  })
})

describe('a program whose answer to a step is no answer', () => {
  const result = '{"status":"ok","facts":{},"events":[]}'
  const reply = `{"jsonrpc":"2.0","id":ID,"result":${result}}`

  test.each([
    [
      'garbage',
      'Traceback (most recent call last):\n',
      'a line is not JSON: "Traceback (most recent call last):" (does something else print to standard output?)',
    ],
    ['an empty line', '\n', 'a line is not JSON: "" (does something else print to standard output?)'],
    ['JSON of its own', '{"hello":"world"}\n', 'a reply has either a result or an error: "{\\"hello\\":\\"world\\"}"'],
    ['a list of replies', '[]\n', 'a line is not a JSON object: "[]"'],
    ['a question', '{"jsonrpc":"2.0","id":"1","method":"hello"}\n', /a subject only answers/],
    [
      'for an unknown request',
      reply.replace('ID', '"99"'),
      /a reply has the id "99", for which no request waits; the last request it answered was open/,
    ],
    ['with a number for an id', reply.replace('ID', '3'), /reply\.id: expected string, received number \(ids/],
    ['with a byte order mark', `\uFEFF${reply}\n`, /a line begins with a byte order mark/],
    ['with a carriage return', `${reply}\r\n`, /a line ends with \\r\\n/],
    [
      'with an array for an object',
      reply.replace('"facts":{}', '"facts":[]'),
      /result\.facts: expected record, received array \(an empty object/,
    ],
    ['without what it owes', reply.replace('"events"', '"happenings"'), /result\.events: expected array, received undefined/],
    [
      'that it cannot read what it was asked',
      '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"huh?","data":{"code":"bad-message"}}}',
      /it cannot read a request that is well formed: huh\?/,
    ],
    [
      'that the request is no good',
      '{"jsonrpc":"2.0","id":ID,"error":{"code":-32600,"message":"huh?","data":{"code":"bad-message"}}}',
      /it cannot read a request that is well formed: huh\?/,
    ],
    [
      'with a code of its own',
      '{"jsonrpc":"2.0","id":ID,"error":{"code":-1,"message":"huh?","data":{"code":"huh"}}}',
      /reply\.error\.data\.code: /,
    ],
  ])('but %s violates the protocol', async (_, text, message) => {
    const violation = gone(await stepFailure(PATIENT, 'answers', 'step', text.endsWith('\n') ? text : `${text}\n`))
    expect(violation).toEqual({
      verdict: 'protocol-violation',
      during: 'step Ada qsbr.quiescent',
      message: typeof message === 'string' ? `step Ada qsbr.quiescent: ${message}` : expect.stringMatching(message),
    })
  })

  test('because nothing was asked violates the protocol', async () => {
    const complaint = '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"huh?","data":{"code":"bad-message"}}}'
    const program = await connect(PATIENT, 'answers', 'open', `{"jsonrpc":"2.0","id":ID,"result":{}}\n${complaint}\n`)
    await program.request('open', OPEN)
    expect(gone(await failure(program.request('step', STEP)))).toMatchObject({
      verdict: 'protocol-violation',
      message: expect.stringMatching(/a reply has the id null, for which no request waits; the last request it answered was open/),
    })
  })

  test('because it is not UTF-8 violates the protocol', async () => {
    expect(gone(await stepFailure(PATIENT, 'answers-in-latin'))).toMatchObject({
      verdict: 'protocol-violation',
      message: expect.stringMatching(/a line is not UTF-8/),
    })
  })

  test('because it is too long violates the protocol', async () => {
    expect(gone(await stepFailure(PATIENT, 'answers-at-length'))).toMatchObject({
      verdict: 'protocol-violation',
      during: 'step Ada qsbr.quiescent',
      message: expect.stringMatching(/a line is longer than allowed, or output goes on without a newline: "\{/),
    })
  })

  test('because it never ends violates the protocol', async () => {
    expect(gone(await stepFailure(PATIENT, 'floods', 'x'))).toMatchObject({
      verdict: 'protocol-violation',
      during: 'step Ada qsbr.quiescent',
      message: expect.stringMatching(/a line is longer than allowed, or output goes on without a newline: "xxx/),
    })
  })

  test('because there is no end of answers violates the protocol', async () => {
    expect(gone(await stepFailure(PATIENT, 'floods', `${reply.replace('ID', '"2"')}\n`))).toMatchObject({
      verdict: 'protocol-violation',
      during: 'open "QSBR-01.1"',
      message: 'open "QSBR-01.1": it was answered twice',
    })
  })
})

describe('a program that answers twice', () => {
  test('in a scenario violates the protocol, and the request it answered twice is named', async () => {
    const program = await connect(PATIENT, 'answers-twice', 'open')
    await program.request('open', OPEN)
    expect(gone(await failure(program.request('step', STEP)))).toEqual({
      verdict: 'protocol-violation',
      during: 'open "QSBR-01.1"',
      message: 'open "QSBR-01.1": it was answered twice',
    })
  })

  test('when the scenario is over is charged to that scenario', async () => {
    const program = await connect(PATIENT, 'answers-twice', 'close')
    await program.request('open', OPEN)
    expect(gone(await failure(program.request('close', {})))).toEqual({
      verdict: 'protocol-violation',
      during: 'close',
      message: 'close: it was answered twice',
    })
  })
})

describe('a program that describes itself otherwise than at first', () => {
  test('violates the protocol', async () => {
    const program = await connect(PATIENT, 'changes-its-mind')
    await program.request('open', OPEN)
    expect(gone(await failure(program.request('close', {})))).toEqual({
      verdict: 'protocol-violation',
      during: 'hello',
      message: 'hello: it describes itself otherwise than at first',
    })
  })

  test('violates the protocol also if it does so by refusing', async () => {
    const program = await connect(PATIENT, 'greets-once')
    await program.request('open', OPEN)
    expect(gone(await failure(program.request('close', {})))).toMatchObject({ verdict: 'protocol-violation', during: 'hello' })
  })
})
