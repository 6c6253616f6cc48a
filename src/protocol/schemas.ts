/**
 * The published descriptions: JSON Schemas and the table of operations, all from the same source
 * as the types and the checks.
 *
 * They describe what is required of a message. Fields they do not name are ignored, so they allow
 * them.
 */
import { z } from 'zod'
import { contractOf } from './contracts.ts'
import { Build, Census, Change, Chapter, ErrorMessage, Event, type Method, methods, RefusalMessage } from './messages.ts'
import { type OperationName, operations } from './operations.ts'
import { Parameters } from './parameters.ts'
import { AllocatorsState, BlockState, InterpreterState, MutexState, ObjectState, Parked, Query, State, ThreadState } from './states.ts'
import { Domain, Integer, Name, Program, Request, Scope, Sequence } from './vocabulary.ts'

/** What stands once in each document, under its own name. */
const SHARED = {
  AllocatorsState,
  BlockState,
  Build,
  Census,
  Change,
  Chapter,
  Domain,
  ErrorMessage,
  Event,
  Integer,
  InterpreterState,
  MutexState,
  Name,
  ObjectState,
  Parameters,
  Parked,
  Program,
  Query,
  Request,
  Scope,
  Sequence,
  ThreadState,
}

// A name in addition to what it says about itself.
for (const [id, schema] of Object.entries(SHARED)) z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })

/** The documents by file name. Each is self-contained. */
export function documents(): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const publish = (file: string, schema: z.ZodType): void => {
    files.set(file, jsonSchema(schema))
  }
  for (const method of Object.keys(methods) as Method[]) {
    const { about, params, result } = methods[method]
    const request = z.object({ jsonrpc: z.literal('2.0'), id: z.string(), method: z.literal(method), params })
    const reply = z.object({ jsonrpc: z.literal('2.0'), id: z.string(), result })
    publish(`${method}.request.schema.json`, request.meta({ title: `${method}, the request`, description: about }))
    publish(`${method}.reply.schema.json`, reply.meta({ title: `${method}, the reply` }))
  }
  publish('refusal.schema.json', z.object(RefusalMessage.shape).meta({ title: 'the reply to any request that is refused' }))

  const catalogue = z.object(
    Object.fromEntries(
      Object.entries(operations).map(([op, { about, args, facts }]) => {
        return [op, z.object({ args, facts }).describe(about)]
      }),
    ),
  )
  publish('operations.schema.json', catalogue.meta({ title: 'the args and the facts of every operation' }))
  files.set('operations.md', operationsPage())
  files.set('states.md', statesPage())
  files.set('parameters.md', parametersPage())
  return files
}

/** A schema as it is published: descriptions, and what is shared once under its name. */
export function jsonSchema(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`
}

/** Every operation with its args, its facts and what it is for. */
function operationsPage(): string {
  const rows = Object.entries(operations).map(
    ([op, { about, args, facts }]) =>
      `| \`${op}\` | ${fields(args)} | ${fields(facts)} | ${about} | ${contractOf(op as OperationName).by} | ${contractOf(op as OperationName).misuse.join('; ')} |`,
  )
  return `# Operations

Written by \`node src/publish.ts\` from \`src/protocol/operations.ts\`. A \`?\` marks what may be left out.

Who may perform an operation stands in the column "by"; anybody else is refused with \`misuse\`, as is whoever misuses it
in the way that the last column says.

| operation | args | facts | | by | misuse, if |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

const fields = (schema: z.ZodObject): string =>
  Object.entries(schema.shape)
    .map(([name, field]) => `\`${name}${z.safeParse(field, undefined).success ? '?' : ''}\``)
    .join(' ')

/** What can be observed, each state with its fields. */
function statesPage(): string {
  const sections = State.options.map((state) => `## ${state.shape.of.value}\n\n${state.description}\n\n${fieldTable(state, ['of'])}\n`)
  return `# States

Written by \`node src/publish.ts\` from \`src/protocol/states.ts\`: what \`observe\` asks for, by the \`of\` of the query and of the
state that answers it.

${sections.join('\n')}`
}

function parametersPage(): string {
  return `# Parameters

Written by \`node src/publish.ts\` from \`src/protocol/parameters.ts\`: limits, widths and constants that are not law. A subject
declares them in \`hello\`, and checks are computed from them. What the documented versions declare stands in
[versions](../versions.md).

${fieldTable(Parameters)}
`
}

/** The fields of an object as a table. */
export function fieldTable(schema: z.ZodObject, without: readonly string[] = []): string {
  const rows = Object.entries(schema.shape)
    .filter(([name]) => !without.includes(name))
    .map(([name, field]) => `| \`${name}\` | ${kindOf(field as z.ZodType)} | ${(field as z.ZodType).description ?? ''} |`)
  return ['| field | kind | |', '| --- | --- | --- |', ...rows].join('\n')
}

/** What a field holds, in a word or two. */
export function kindOf(field: z.ZodType): string {
  if (field instanceof z.ZodOptional) return `${kindOf(field.unwrap() as z.ZodType)}, or left out`
  if (field instanceof z.ZodNullable) return `${kindOf(field.unwrap() as z.ZodType)} or null`
  if (field instanceof z.ZodArray) return `list of ${kindOf(field.element as z.ZodType)}`
  if (field instanceof z.ZodEnum)
    return field.options.length > MOST_OPTIONS ? 'word' : field.options.map((option) => `\`${option}\``).join(' ')
  if (field instanceof z.ZodLiteral) return `\`${JSON.stringify(field.value)}\``
  return KINDS[field.type] ?? 'object'
}

/** More words than these are not listed in a table. */
const MOST_OPTIONS = 8

const KINDS: Readonly<Record<string, string>> = { string: 'text', number: 'number', boolean: 'true or false' }
