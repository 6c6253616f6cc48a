/**
 * Framing: one message per line. Decides where a line ends and whether its bytes can be read at
 * all, before anybody looks at what it says.
 *
 * A line is UTF-8 without a byte order mark, ends with a single `\n`, and is at most LONGEST_LINE
 * bytes long, that newline included. What breaks these rules is named, so that whoever wrote the
 * other side can see at once which of the usual traps it is.
 */
import { isUtf8 } from 'node:buffer'
import { LONGEST_LINE } from './messages.ts'

/** What can be wrong with a line, whatever it says. */
export type LineFault = 'too long' | 'not UTF-8' | 'byte order mark' | 'carriage return' | 'unfinished'

/** The same in words, with what usually causes it. */
export const LINE_FAULTS: Readonly<Record<LineFault, string>> = {
  'too long': 'a line is longer than allowed, or output goes on without a newline',
  'not UTF-8': 'a line is not UTF-8',
  'byte order mark': 'a line begins with a byte order mark: write UTF-8 without one',
  'carriage return': 'a line ends with \\r\\n: end it with \\n alone (standard output is in text mode)',
  unfinished: 'the output ended in the middle of a line: end each line with \\n and flush it',
}

/** A line that can be read, without its newline, or what is wrong with it and how it begins. */
export type Line = { readonly text: string } | FaultyLine
export interface FaultyLine {
  readonly fault: LineFault
  readonly start: string
}

const NEWLINE = 0x0a
const RETURN = 0x0d
const MARK = Buffer.from([0xef, 0xbb, 0xbf])
const EXCERPT = 80

/** The beginning of a text that may be long or unprintable, quoted. */
export const excerpt = (text: string): string => JSON.stringify(text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text)

/**
 * Cuts a stream of bytes into lines.
 *
 * Never holds more than one line of the greatest length. A line that is too long is reported as
 * soon as that is certain, and skipped up to its newline; the line after it is read as usual.
 */
export class LineDecoder {
  readonly #longest: number
  #held = Buffer.alloc(0)
  #length = 0
  #skipping = false

  constructor(longest: number = LONGEST_LINE) {
    this.#longest = longest
  }

  /** How many bytes of a line without a newline have arrived. */
  get pending(): number {
    return this.#length
  }

  /** The lines that this chunk completes, in order. Valid only if all of them are taken before the next chunk. */
  *push(chunk: Uint8Array): Generator<Line, void, undefined> {
    let from = 0
    while (from < chunk.length) {
      const newline = chunk.indexOf(NEWLINE, from)
      const to = newline < 0 ? chunk.length : newline
      const piece = chunk.subarray(from, to)
      if (!this.#skipping && this.#length + piece.length >= this.#longest) {
        yield { fault: 'too long', start: this.#join(piece.subarray(0, EXCERPT)).toString('utf8', 0, EXCERPT) }
        this.#skipping = true
        this.#length = 0
      }
      if (newline < 0) {
        if (!this.#skipping) this.#hold(piece)
        return
      }
      if (!this.#skipping) yield lineOf(this.#join(piece))
      this.#skipping = false
      this.#length = 0
      from = newline + 1
    }
  }

  /** The stream has ended. A line that never got its newline is a fault. */
  end(): FaultyLine | undefined {
    if (this.#length === 0) return undefined
    return { fault: 'unfinished', start: this.#held.toString('utf8', 0, Math.min(this.#length, EXCERPT)) }
  }

  /** What is held and this piece as one, without copying where nothing is held. */
  #join(piece: Uint8Array): Buffer {
    if (this.#length === 0) return Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    this.#hold(piece)
    return this.#held.subarray(0, this.#length)
  }

  #hold(piece: Uint8Array): void {
    const needed = this.#length + piece.length
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#held.length))
      this.#held.copy(larger, 0, 0, this.#length)
      this.#held = larger
    }
    this.#held.set(piece, this.#length)
    this.#length = needed
  }
}

/**
 * One message as a line, newline included.
 *
 * @throws RangeError if it would be longer than a line may be.
 */
export function encodeLine(message: object): string {
  const line = `${JSON.stringify(message)}\n`
  const length = Buffer.byteLength(line)
  if (length > LONGEST_LINE) throw new RangeError(`the message is ${length} bytes long, and a line holds at most ${LONGEST_LINE}`)
  return line
}

function lineOf(bytes: Buffer): Line {
  const fault = faultOf(bytes)
  return fault === undefined ? { text: bytes.toString() } : { fault, start: bytes.toString('utf8', 0, EXCERPT) }
}

function faultOf(bytes: Buffer): LineFault | undefined {
  if (!isUtf8(bytes)) return 'not UTF-8'
  if (bytes.subarray(0, MARK.length).equals(MARK)) return 'byte order mark'
  return bytes.at(-1) === RETURN ? 'carriage return' : undefined
}
