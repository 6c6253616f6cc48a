/**
 * A desk: where the host and a worker lay down what they tell each other. Whoever has the turn uses it.
 *
 * It is there for speed: there are thousands of turns, and a message port takes many times as long as
 * the turn itself. Only what shares memory, and what does not fit on the desk, goes through the port.
 */
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads'
import { CELL } from '../../runtime/memory/memory.ts'

/** Bytes of text, and of trace, that fit: all of the step that makes an interpreter ready for programs. Most need a hundredth of it. */
const TEXT = 128 * 1024
const TRACE = 512 * 1024

const LENGTH = 64

export const DESK_BYTES = LENGTH + TRACE + TEXT

/** What lies on the desk when it is no text: nothing, or that the message comes through the port. */
const NOTHING = 0
const BY_PORT = -1

/** A memory of a process, with what may be done with each of its cells. */
export interface ProcessMemory {
  readonly index: number
  readonly buffer: SharedArrayBuffer
  readonly states: SharedArrayBuffer
}

type Parcel<Message> = { readonly memory: ProcessMemory } | { readonly message: Message }

export class Desk<Incoming, Outgoing> {
  /** Where the worker notes what it does to memory. */
  readonly trace: Int32Array
  readonly #length: Int32Array
  readonly #text: Buffer
  readonly #port: MessagePort
  readonly #memories = new Map<number, ProcessMemory>()

  constructor(buffer: SharedArrayBuffer, port: MessagePort) {
    this.#length = new Int32Array(buffer, 0, 1)
    this.trace = new Int32Array(buffer, LENGTH, TRACE / CELL)
    this.#text = Buffer.from(buffer, LENGTH + TRACE, TEXT)
    this.#port = port
  }

  /** Lays a message down for the other side. What lay there is gone. */
  put(message: Outgoing): void {
    const text = JSON.stringify(message)
    // No character of a string takes more than three bytes of UTF-8.
    if (text.length * 3 <= TEXT) {
      this.#length[0] = this.#text.write(text)
    } else {
      this.#length[0] = BY_PORT
      this.#send({ message })
    }
  }

  /** Takes what the other side has laid down, if it has. */
  take(): Incoming | undefined {
    const length = this.#length[0] as number
    this.#length[0] = NOTHING
    if (length === NOTHING) return undefined
    return length === BY_PORT ? this.#receive() : JSON.parse(this.#text.toString('utf8', 0, length))
  }

  /** Shares a memory with the other side, if it does not have it yet. */
  lend(memory: ProcessMemory): void {
    if (this.#memories.get(memory.index) === memory) return
    this.#memories.set(memory.index, memory)
    this.#send({ memory })
  }

  /** The memory that the other side has lent under that number. */
  memory(index: number): ProcessMemory {
    while (!this.#memories.has(index)) this.#unpack()
    return this.#memories.get(index) as ProcessMemory
  }

  #send(parcel: Parcel<Outgoing>): void {
    this.#port.postMessage(parcel)
  }

  #receive(): Incoming {
    for (;;) {
      const parcel = this.#unpack()
      if ('message' in parcel) return parcel.message
    }
  }

  #unpack(): Parcel<Incoming> {
    const received = receiveMessageOnPort(this.#port)
    if (!received) throw new Error('the other side has not sent what it said it would')
    const parcel = received.message as Parcel<Incoming>
    if ('memory' in parcel) this.#memories.set(parcel.memory.index, parcel.memory)
    return parcel
  }
}
