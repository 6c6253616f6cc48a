/**
 * What the programs in this folder have in common: they answer as they should, except where each
 * of them does not. They import nothing that takes long to load, and write at once.
 */
import { writeSync } from 'node:fs'
import type { Hello } from '../../protocol/messages.ts'

export interface Request {
  readonly id: string
  readonly method: string
  readonly params: Readonly<Record<string, unknown>>
}

/** What the well-behaved program says about itself. */
export const HELLO: Hello = {
  name: 'sample',
  version: '1.0',
  protocol: 1,
  profiles: [{ chapter: 'qsbr', level: 'core' }],
  depth: 'stepped',
  parameters: {
    'qsbr.sequence-bits': 64,
    'qsbr.first': '1',
    'qsbr.step': 2,
    'qsbr.deferral': { rule: 'calls', limit: 10 },
    'qsbr.slots': 8,
    'dfree.chunk': 254,
    'dfree.at-safe-point': false,
    'brc.chunk': 254,
    'brc.buckets': 257,
    'brc.local-limit': '4294967295',
    'brc.immortal-count': '4294967295',
    'mutex.fair-after': 1,
    'world.poll-every': 1,
  },
}

const CENSUS = { objects: 0, blocks: 0, threads: 0, queued: 0, pending: 0, locks: 0, parked: 0 }

/** The results of a subject in which nothing ever happens. It offers one operation, a quiescent state. */
const RESULTS: Readonly<Record<string, unknown>> = {
  hello: HELLO,
  open: {},
  step: { status: 'ok', facts: {}, events: [] },
  observe: { states: [{ of: 'allocators', memory: 0, objects: 0 }] },
  close: { census: CENSUS },
}

/** Writes to standard output. */
export const say = (text: string): void => {
  writeSync(1, text)
}

/** Writes to standard error. */
export const mutter = (text: string): void => {
  writeSync(2, text)
}

/** Answers a request as it should be answered. */
export const answer = ({ id, method }: Request): void => say(`${JSON.stringify({ jsonrpc: '2.0', id, result: RESULTS[method] })}\n`)

/** Does nothing, and does not end. */
export const hang = (): void => {
  setInterval(() => undefined, 1_000_000)
}

/**
 * Answers requests until the input ends, each method in its own way where one is given, and says
 * its process id on standard error first.
 */
export function converse(ways: Readonly<Record<string, (request: Request) => void>> = {}): void {
  mutter(`pid ${process.pid}\n`)
  let rest = ''
  process.stdin.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() as string
    for (const line of lines) {
      const request = JSON.parse(line) as Request
      const way = ways[request.method] ?? answer
      way(request)
    }
  })
}
