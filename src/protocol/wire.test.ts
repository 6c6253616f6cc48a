import { describe, expect, test } from 'vitest'
import { ERRORS, type ErrorCode } from './messages.ts'
import { readReply, readRequest, writeRefusal, writeRequest, writeResult } from './wire.ts'

describe('what is written is read back', () => {
  test('a request', () => {
    expect(readRequest(writeRequest('7', 'close', {}))).toEqual({ jsonrpc: '2.0', id: '7', method: 'close', params: {} })
  })

  test('a result', () => {
    expect(readReply(writeResult('7', { census: 1 }))).toMatchObject({ id: '7', result: { census: 1 } })
  })

  test.each(Object.keys(ERRORS) as ErrorCode[])('a refusal with the code %s', (code) => {
    expect(readReply(writeRefusal('7', { code, message: 'why' }))).toEqual({ id: '7', refusal: { code, message: 'why' } })
    expect(readReply(writeRefusal(null, { code, message: 'why' }))).toEqual({ id: null, refusal: { code, message: 'why' } })
  })
})

describe('a line that is no request is turned down with the id that it has', () => {
  test.each([
    ['nonsense', { id: null, code: 'bad-message', problem: 'not JSON: "nonsense"' }],
    ['', { id: null, code: 'bad-message', problem: 'not JSON: ""' }],
    ['[]', { id: null, code: 'bad-message', problem: 'not a JSON object: "[]"' }],
    ['null', { id: null, code: 'bad-message', problem: 'not a JSON object: "null"' }],
    ['7', { id: null, code: 'bad-message', problem: 'not a JSON object: "7"' }],
    ['{"jsonrpc":"2.0","id":"7","method":"guess","params":{}}', { id: '7', code: 'unsupported', problem: 'there is no method "guess"' }],
    [
      '{"jsonrpc":"2.0","id":"7","method":"step","params":{"actor":"Ada","op":"moon.land","args":{}}}',
      { id: '7', code: 'unsupported', problem: 'there is no operation "moon.land"' },
    ],
    ['{"id":"7","method":"close","params":{}}', { id: '7', code: 'bad-message', problem: 'request.jsonrpc: expected "2.0"' }],
    [
      '{"jsonrpc":"2.0","id":7,"method":"close","params":[]}',
      {
        id: null,
        code: 'bad-message',
        problem:
          'request.id: expected string, received number (ids and 64-bit numbers travel as strings); ' +
          'request.params: expected record, received array (an empty object {} was written as an empty array [])',
      },
    ],
    [
      '{"jsonrpc":"2.0","id":"7","method":"close","params":[1]}',
      { id: '7', code: 'bad-message', problem: 'request.params: expected record, received array' },
    ],
    ['{"jsonrpc":"2.0","id":"7"}', { id: '7', code: 'bad-message', problem: expect.stringContaining('request.method: ') }],
  ])('%s', (text, unserved) => {
    expect(readRequest(text)).toEqual(unserved)
  })

  test('an operation that has not the right form is left to the check of the params', () => {
    const text = '{"jsonrpc":"2.0","id":"7","method":"step","params":{"op":7}}'
    expect(readRequest(text)).toMatchObject({ id: '7', method: 'step', params: { op: 7 } })
  })

  test('the outcome of an earlier step can be asked for', () => {
    expect(readRequest('{"jsonrpc":"2.0","id":"7","method":"step","params":{"actor":"Ada","op":"await","args":{}}}')).toHaveProperty(
      'params',
    )
  })
})

describe('a line that is no reply is the subject’s violation', () => {
  test.each([
    ['Segmentation fault', /not JSON: "Segmentation fault" \(does something else print/],
    ['[]', /not a JSON object/],
    ['"ok"', /not a JSON object/],
    ['{"jsonrpc":"2.0","method":"log","params":{}}', /a request or a notification/],
    ['{"jsonrpc":"2.0","id":"7"}', /either a result or an error/],
    ['{"jsonrpc":"2.0","id":"7","result":{},"error":null}', /either a result or an error/],
    ['{"id":"7","result":{}}', /reply\.jsonrpc: expected "2.0"/],
    ['{"jsonrpc":"2.0","id":7,"result":{}}', /reply\.id: expected string, received number \(ids/],
    ['{"jsonrpc":"2.0","id":null,"result":{}}', /reply\.id: expected string, received null/],
    ['{"jsonrpc":"2.0","id":"7","error":"no"}', /reply\.error: expected object, received string/],
    ['{"jsonrpc":"2.0","id":"7","error":{"code":-32601,"message":"no"}}', /reply\.error\.data: expected object, received undefined/],
    ['{"jsonrpc":"2.0","id":"7","error":{"code":1,"message":"no","data":{"code":"sorry"}}}', /reply\.error\.data\.code: Invalid option/],
    [
      '{"jsonrpc":"2.0","id":"7","error":{"code":1,"message":"no","data":{"code":"busy"}}}',
      /reply\.error\.code: "busy" has the number -32003, not 1/,
    ],
  ])('%s', (text, message) => {
    expect(() => readReply(text)).toThrow(expect.objectContaining({ culprit: 'subject', message: expect.stringMatching(message) }))
  })
})
