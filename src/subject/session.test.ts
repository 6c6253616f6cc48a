import { readFileSync } from 'node:fs'
import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { exchangesIn } from '../protocol/session.ts'
import { LIMITS } from './isolation-limits.ts'
import { connectReference } from './reference.ts'
import { serve } from './serve.ts'

const page = readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8')

test('the session on the page is what the reference answers', async () => {
  const exchanges = exchangesIn(page)
  let output = ''
  const collect = new Writable({
    write: (chunk, _encoding, done) => {
      output += chunk
      done()
    },
  })
  const subject = await connectReference()
  try {
    await serve(subject, Readable.from(exchanges.map(({ sent }) => Buffer.from(`${sent}\n`))), collect)
  } finally {
    await subject.end()
  }
  const came = output.split('\n').slice(0, -1)
  expect(came.map((line) => JSON.parse(line))).toEqual(exchanges.map((exchange) => JSON.parse(exchange.came)))
})

test('the page names the limits that hold', () => {
  const named = Array.from(page.matchAll(/^\| (reply|scenario|run|grace|restarts) \| ([\d,]+)/gm), ([, limit, value = '']) => [
    limit,
    Number(value.replaceAll(',', '')),
  ])
  expect(Object.fromEntries(named)).toEqual(LIMITS)
})
