import { describe, expect, test } from 'vitest'
import { unmeasured } from '../testing/unmeasured.ts'
import { connect, failureOf, gone, OPEN, PATIENT, STEP, stepFailure } from './hostile/asking.ts'

unmeasured()

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
    expect(gone(await failureOf(program.request('step', STEP)))).toMatchObject({
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
    expect(gone(await failureOf(program.request('step', STEP)))).toEqual({
      verdict: 'protocol-violation',
      during: 'open "QSBR-01.1"',
      message: 'open "QSBR-01.1": it was answered twice',
    })
  })

  test('when the scenario is over is charged to that scenario', async () => {
    const program = await connect(PATIENT, 'answers-twice', 'close')
    await program.request('open', OPEN)
    expect(gone(await failureOf(program.request('close', {})))).toEqual({
      verdict: 'protocol-violation',
      during: 'close',
      message: 'close: it was answered twice',
    })
  })
})
