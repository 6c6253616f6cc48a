import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeLine, excerpt, type Line, LineDecoder } from './framing.ts'
import { LONGEST_LINE } from './messages.ts'

const bytes = (...parts: (string | number[])[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part as string)))

function decode(chunks: readonly Uint8Array[], longest?: number): Line[] {
  const decoder = new LineDecoder(longest)
  const lines = chunks.flatMap((chunk) => [...decoder.push(chunk)])
  return [...lines, ...[decoder.end()].filter((line) => line !== undefined)]
}

describe('lines', () => {
  test('come out as they went in, however the bytes are cut', () => {
    const cases = fc.array(fc.string({ unit: 'grapheme' }).filter((text) => !/[\n\r\uFEFF]/.test(text)))
    fc.assert(
      fc.property(cases, fc.array(fc.nat()), (texts, cuts) => {
        const whole = bytes(texts.map((text) => `${text}\n`).join(''))
        const places = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b)
        const chunks = places.slice(1).map((to, index) => whole.subarray(places[index], to))
        expect(decode(chunks)).toEqual(texts.map((text) => ({ text })))
      }),
    )
  })

  test('that do not end are a fault, and so is nothing else at the end', () => {
    expect(decode([bytes('one\ntw'), bytes('o')])).toEqual([{ text: 'one' }, { fault: 'unfinished', start: 'two' }])
    expect(decode([bytes('one\n')])).toEqual([{ text: 'one' }])
  })

  test('that do not end yet are counted in bytes', () => {
    const decoder = new LineDecoder()
    expect([...decoder.push(bytes('one\ntwö'))]).toEqual([{ text: 'one' }])
    expect(decoder.pending).toBe(4)
    expect([...decoder.push(bytes('\n'))]).toEqual([{ text: 'twö' }])
    expect(decoder.pending).toBe(0)
  })

  test('with one of the usual traps are named, and the next line is read', () => {
    const MARK = [0xef, 0xbb, 0xbf]
    expect(decode([bytes(MARK, '{}\n{}\r\n', [0xff, 0xfe, 0x7b], '\n{}\n')])).toEqual([
      { fault: 'byte order mark', start: '\uFEFF{}' },
      { fault: 'carriage return', start: '{}\r' },
      { fault: 'not UTF-8', start: '\uFFFD\uFFFD{' },
      { text: '{}' },
    ])
  })
})

describe('a line that is too long', () => {
  test('is one whose newline does not fit', () => {
    expect(decode([bytes('1234567\n')], 8)).toEqual([{ text: '1234567' }])
    expect(decode([bytes('12345678\nnext\n')], 8)).toEqual([{ fault: 'too long', start: '12345678' }, { text: 'next' }])
  })

  test('is reported before its end has come, once, and nothing of it is kept', () => {
    const decoder = new LineDecoder(8)
    expect([...decoder.push(bytes('12345'))]).toEqual([])
    expect([...decoder.push(bytes('678'))]).toEqual([{ fault: 'too long', start: '12345678' }])
    expect(decoder.pending).toBe(0)
    expect([...decoder.push(bytes('90123456789'))]).toEqual([])
    expect(decoder.pending).toBe(0)
    expect([...decoder.push(bytes('0\nnext\n'))]).toEqual([{ text: 'next' }])
    expect(decoder.end()).toBeUndefined()
  })

  test('is shown by its beginning', () => {
    expect(decode([Buffer.alloc(1000, 'x')], 500)).toEqual([{ fault: 'too long', start: 'x'.repeat(80) }])
    expect(decode([Buffer.alloc(400, 'x'), Buffer.alloc(400, 'x')], 500)).toEqual([{ fault: 'too long', start: 'x'.repeat(80) }])
  })
})

describe('a message', () => {
  test('becomes one line', () => {
    expect(encodeLine({ text: 'a\nb' })).toBe('{"text":"a\\nb"}\n')
  })

  test('fills a line to its last byte, and no further', () => {
    const room = LONGEST_LINE - '{"":""}\n'.length
    expect(Buffer.byteLength(encodeLine({ '': 'x'.repeat(room) }))).toBe(LONGEST_LINE)
    expect(() => encodeLine({ '': 'x'.repeat(room + 1) })).toThrow(RangeError)
    expect(() => encodeLine({ '': 'ü'.repeat(room / 2 + 1) })).toThrow(/a line holds at most/)
  })
})

test('an excerpt is quoted, and cut where it is long', () => {
  expect(excerpt('a\u0007b')).toBe('"a\\u0007b"')
  expect(excerpt('x'.repeat(80))).toBe(JSON.stringify('x'.repeat(80)))
  expect(excerpt('x'.repeat(81))).toBe(JSON.stringify(`${'x'.repeat(80)}…`))
})
