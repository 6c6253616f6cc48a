import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { methods } from './messages.ts'
import { operations } from './operations.ts'
import { documents } from './schemas.ts'

const PUBLISHED = new URL('../../docs/protocol/', import.meta.url)

const read = (folder: URL | string): Map<string, string> =>
  new Map(
    readdirSync(folder).map((file) => [file, readFileSync(folder instanceof URL ? new URL(file, folder) : join(folder, file), 'utf8')]),
  )

const parse = (file: string): z.core.JSONSchema.JSONSchema => JSON.parse(documents().get(file) ?? 'null')

test('what is published is what the source says; if it is not, run node src/protocol/publish.ts', () => {
  const published = read(PUBLISHED)
  const source = documents()
  expect([...published.keys()].toSorted()).toEqual([...source.keys()].toSorted())
  expect([...source.keys()].filter((file) => published.get(file) !== source.get(file))).toEqual([])
})

test('publishing writes these documents and no others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftspec-'))
  try {
    execFileSync(process.execPath, [fileURLToPath(new URL('publish.ts', import.meta.url)), folder])
    expect(read(folder)).toEqual(new Map(documents()))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('every method has a request and a reply, every operation its args and facts', () => {
  for (const method of Object.keys(methods)) {
    expect(parse(`${method}.request.schema.json`)).toMatchObject({ properties: { method: { const: method } } })
    expect(parse(`${method}.reply.schema.json`)).toMatchObject({ required: ['jsonrpc', 'id', 'result'] })
  }
  const { properties = {} } = parse('operations.schema.json')
  expect(Object.keys(properties)).toEqual(Object.keys(operations))
  for (const operation of Object.values(properties)) expect(operation).toMatchObject({ required: ['args', 'facts'] })
})

describe('a schema judges as the suite does', () => {
  const request = z.fromJSONSchema(parse('open.request.schema.json'))
  const open = {
    jsonrpc: '2.0',
    id: '1',
    method: 'open',
    params: {
      scenario: '',
      actors: ['Ada'],
      build: { threading: 'default', freelists: true, referenceDebugging: false },
      argv: [],
      env: {},
      seed: '1',
    },
  }

  test('fields that nobody knows are allowed', () => {
    expect(request.safeParse(open).success).toBe(true)
    expect(request.safeParse({ ...open, note: '', params: { ...open.params, note: '' } }).success).toBe(true)
  })

  test('what is missing or wrong is not', () => {
    expect(request.safeParse({ ...open, id: 1 }).success).toBe(false)
    expect(request.safeParse({ ...open, params: { ...open.params, seed: 'x' } }).success).toBe(false)
    expect(request.safeParse({ ...open, params: { ...open.params, actors: [''] } }).success).toBe(false)
  })
})
