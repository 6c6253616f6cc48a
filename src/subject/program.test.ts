import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { unmeasured } from '../testing/unmeasured.ts'
import { commandOf, connect, failureOf, gone, OPEN, PATIENT, pidIn, STEP, stepFailure } from './hostile/asking.ts'
import { HELLO } from './hostile/conduct.ts'
import { connectProgram } from './program.ts'
import { KEPT_STDERR } from './program-process.ts'
import { Refusal, type SubjectFailure } from './subject.ts'

unmeasured()

/** For a program that never answers, once it has started. */
const HASTY = { reply: 200, grace: 100 }

/** For a program of which something is awaited that comes after all, though not an answer. */
const CALM = { reply: 1_000, grace: 1_000 }

describe('a program that behaves', () => {
  test('is asked and answers', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    expect(program.hello).toEqual(HELLO)
    expect(await program.request('open', OPEN)).toEqual({})
    expect(await program.request('step', STEP)).toEqual({ status: 'ok', facts: {}, events: [] })
    expect(await program.request('close', {})).toMatchObject({ census: { objects: 0 } })
  })

  test('can be given as a line', async () => {
    const [program, ...args] = commandOf('well-behaved')
    const subject = await connectProgram([`"${program}"`, ...args.map((arg) => `'${arg}'`)].join(' '), PATIENT)
    onTestFinished(() => subject.end())
    expect(subject.hello.name).toBe('sample')
  })

  test('is ended once, and asked nothing after that', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    await program.end()
    await program.end()
    expect(gone(await failureOf(program.request('open', OPEN)))).toMatchObject({
      verdict: 'error',
      message: expect.stringMatching(/suite ended/),
    })
  })

  test('is asked one thing at a time, in the order in which it is asked for', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    const requests = [program.request('open', OPEN), program.request('step', STEP), program.request('close', {})]
    expect(await Promise.all(requests)).toMatchObject([{}, { status: 'ok' }, { census: {} }])
  })

  test('goes on after a refusal', async () => {
    const refusal = '{"jsonrpc":"2.0","id":ID,"error":{"code":-32003,"message":"not now","data":{"code":"busy"}}}\n'
    const program = await connect(PATIENT, 'answers', 'step', refusal)
    await program.request('open', OPEN)
    await expect(program.request('step', STEP)).rejects.toEqual(new Refusal('busy', 'not now'))
    expect(await program.request('close', {})).toHaveProperty('census')
  })

  test('tells with a refusal what happened all the same', async () => {
    const data = '{"code":"busy","events":[{"actor":"Ada","event":"advanced"}],"changes":[{"actor":"Ada","at":"x","from":"0","to":"1"}]}'
    const refusal = `{"jsonrpc":"2.0","id":ID,"error":{"code":-32003,"message":"not now","data":${data}}}\n`
    const program = await connect(PATIENT, 'answers', 'step', refusal)
    await program.request('open', OPEN)
    await expect(program.request('step', STEP)).rejects.toMatchObject(JSON.parse(data))
  })

  test('is not charged with a mistake of the suite, and goes on after it', async () => {
    const program = await connect(PATIENT, 'well-behaved')
    await program.request('open', OPEN)
    const wrong = await failureOf(program.request('step', { ...STEP, op: 'object.incref' }))
    expect(wrong).toMatchObject({
      verdict: 'error',
      during: 'step Ada object.incref',
      message: expect.stringMatching(/the suite's own request is wrong: params\.args\.object/),
    })
    const long = await failureOf(program.request('open', { ...OPEN, scenario: 'x'.repeat(1024 * 1024) }))
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
    const crash = await failureOf(program.request('close', {}))
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
    const { verdict, during, message: said } = await failureOf(connectProgram(command, PATIENT))
    expect({ verdict, during, said }).toEqual({ verdict: 'error', during: 'start', said: expect.stringMatching(message) })
  })
})

describe('a program with which nothing can begin', () => {
  const helloFailure = (limits: typeof PATIENT, name: string, ...args: string[]): Promise<SubjectFailure> =>
    failureOf(connect(limits, name, ...args))

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
    expect(gone(await failureOf(connectProgram(hang, CALM)))).toEqual({
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
    expect(gone(await failureOf(program.request('close', {})))).toEqual({
      verdict: 'crash',
      during: 'hello',
      message: 'hello: the program ended by itself, with exit code 4; the last request it answered was close',
    })
  })

  test('fails everything that was asked at once', async () => {
    const program = await connect(PATIENT, 'crashes-in-step')
    await program.request('open', OPEN)
    const [step, close] = await Promise.all([failureOf(program.request('step', STEP)), failureOf(program.request('close', {}))])
    expect([step.verdict, step.during, close.verdict, close.during]).toEqual(['crash', 'step Ada qsbr.quiescent', 'crash', 'close'])
  })

  test('fails the same way whatever it is asked from then on', async () => {
    const program = await connect(PATIENT, 'crashes-in-step')
    await program.request('open', OPEN)
    const first = await failureOf(program.request('step', STEP))
    const { verdict, during, stderr } = await failureOf(program.request('close', {}))
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

describe('a program that describes itself otherwise than at first', () => {
  test('violates the protocol', async () => {
    const program = await connect(PATIENT, 'changes-its-mind')
    await program.request('open', OPEN)
    expect(gone(await failureOf(program.request('close', {})))).toEqual({
      verdict: 'protocol-violation',
      during: 'hello',
      message: 'hello: it describes itself otherwise than at first',
    })
  })

  test('violates the protocol also if it does so by refusing', async () => {
    const program = await connect(PATIENT, 'greets-once')
    await program.request('open', OPEN)
    expect(gone(await failureOf(program.request('close', {})))).toMatchObject({ verdict: 'protocol-violation', during: 'hello' })
  })
})
