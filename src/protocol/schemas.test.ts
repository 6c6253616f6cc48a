import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { methods } from './messages.ts'
import { operations } from './operations.ts'
import { Parameters } from './parameters.ts'
import { documents } from './schemas.ts'
import { State } from './states.ts'
import { Integer } from './vocabulary.ts'

const parse = (file: string): z.core.JSONSchema.JSONSchema => JSON.parse(documents().get(file) ?? 'null')

test('every method has a request and a reply, every operation its args and facts', () => {
  for (const method of Object.keys(methods)) {
    expect(parse(`${method}.request.schema.json`)).toMatchObject({ properties: { method: { const: method } } })
    expect(parse(`${method}.reply.schema.json`)).toMatchObject({ required: ['jsonrpc', 'id', 'result'] })
  }
  const { properties = {} } = parse('operations.schema.json')
  expect(Object.keys(properties)).toEqual(Object.keys(operations))
  for (const operation of Object.values(properties)) expect(operation).toMatchObject({ required: ['args', 'facts'] })
})

test('every state, every field of one and every parameter says what it is, in the schemas too', () => {
  for (const state of State.options) {
    const { of: _, ...fields } = state.shape
    for (const [name, field] of Object.entries({ ...fields, itself: state }))
      expect([name, field.description]).toEqual([name, expect.any(String)])
  }
  for (const [name, field] of Object.entries(Parameters.shape)) expect([name, field.description]).toEqual([name, expect.any(String)])
  expect(parse('observe.reply.schema.json').$defs?.ObjectState).toMatchObject({
    properties: { local: { description: "The owner's count." } },
  })
  expect(parse('hello.reply.schema.json').$defs?.Parameters).toMatchObject({
    properties: { 'qsbr.slots': { description: Parameters.shape['qsbr.slots'].description } },
  })
})

test.for(['0', '7', '-7', '18446744073709551615'])('%s is a count', (text) => {
  expect(Integer.safeParse(text).success).toBe(true)
})

test.for(['', '-0', '007', '+7', '7.0', ' 7', '-', '123456789012345678901'])('"%s" is no count', (text) => {
  expect(Integer.safeParse(text).success).toBe(false)
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
