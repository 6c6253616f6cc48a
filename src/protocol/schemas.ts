/**
 * The published descriptions: JSON Schemas and the table of operations, all from the same source
 * as the types and the checks.
 *
 * They describe what is required of a message. Fields they do not name are ignored, so they allow
 * them.
 */
import { z } from 'zod'
import {
  AllocatorsState,
  BlockState,
  Build,
  Census,
  Change,
  Chapter,
  ErrorMessage,
  Event,
  InterpreterState,
  type Method,
  MutexState,
  methods,
  ObjectState,
  Parameters,
  Parked,
  Query,
  RefusalMessage,
  ThreadState,
} from './messages.ts'
import { Domain, Name, operations, Program, Request, Scope, Sequence } from './operations.ts'

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

/** The documents by file name. Each is self-contained. */
export function documents(): ReadonlyMap<string, string> {
  const names = z.registry<{ id?: string; title?: string; description?: string }>()
  for (const [id, schema] of Object.entries(SHARED)) names.add(schema, { id })

  const files = new Map<string, string>()
  const publish = (file: string, schema: z.ZodType): void => {
    files.set(file, `${JSON.stringify(z.toJSONSchema(schema, { io: 'input', metadata: names }), null, 2)}\n`)
  }
  for (const method of Object.keys(methods) as Method[]) {
    const { about, params, result } = methods[method]
    const request = z.object({ jsonrpc: z.literal('2.0'), id: z.string(), method: z.literal(method), params })
    const reply = z.object({ jsonrpc: z.literal('2.0'), id: z.string(), result })
    names.add(request, { title: `${method}, the request`, description: about })
    names.add(reply, { title: `${method}, the reply` })
    publish(`${method}.request.schema.json`, request)
    publish(`${method}.reply.schema.json`, reply)
  }
  const refusal = z.object(RefusalMessage.shape)
  names.add(refusal, { title: 'the reply to any request that is refused' })
  publish('refusal.schema.json', refusal)

  const catalogue = z.object(
    Object.fromEntries(
      Object.entries(operations).map(([op, { about, args, facts }]) => {
        const operation = z.object({ args, facts })
        names.add(operation, { description: about })
        return [op, operation]
      }),
    ),
  )
  names.add(catalogue, { title: 'the args and the facts of every operation' })
  publish('operations.schema.json', catalogue)
  files.set('operations.md', table())
  return files
}

/** Every operation with its args, its facts and what it is for. */
function table(): string {
  const rows = Object.entries(operations).map(
    ([op, { about, args, facts }]) => `| \`${op}\` | ${fields(args)} | ${fields(facts)} | ${about} |`,
  )
  return `# Operations

Written by \`node src/protocol/publish.ts\` from \`src/protocol/operations.ts\`. A \`?\` marks what may be left out.

| operation | args | facts | |
| --- | --- | --- | --- |
${rows.join('\n')}
`
}

const fields = (schema: z.ZodObject): string =>
  Object.entries(schema.shape)
    .map(([name, field]) => `\`${name}${z.safeParse(field, undefined).success ? '?' : ''}\``)
    .join(' ')
