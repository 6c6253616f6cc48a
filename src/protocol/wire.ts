/**
 * The envelope: how a request, a result and a refusal stand on a line.
 *
 * Reads and writes JSON-RPC 2.0, and no more of it than the protocol uses: no batches, no
 * notifications, ids are strings. What the params and the result of a method hold is checked by
 * `conversation.ts`.
 */
import { encodeLine, excerpt } from './framing.ts'
import { AWAIT, ERRORS, type ErrorMessage, type Method, methods, RefusalMessage, RequestMessage, ResultMessage } from './messages.ts'
import { isOperation } from './operations.ts'
import { check, problems, Violation } from './violation.ts'

/** A request as it stood on the line. Its params are not checked yet. */
export interface Asked {
  readonly id: string
  readonly method: Method
  readonly params: Record<string, unknown>
}

/** A line that cannot be served: what to answer to whom. */
export interface Unserved {
  /** Null if the line does not tell. */
  readonly id: string | null
  readonly code: 'bad-message' | 'unsupported'
  readonly problem: string
}

/** Why a request was not done, and what happened all the same. */
export type Refused = ErrorMessage['data'] & { readonly message: string }

/** An answer as it stood on the line. A result is not checked yet. */
export type Reply = { readonly id: string; readonly result: unknown } | { readonly id: string | null; readonly refusal: Refused }

/** @throws RangeError if the line would be too long. */
export const writeRequest = (id: string, method: Method, params: object): string => encodeLine({ jsonrpc: '2.0', id, method, params })

/** @throws RangeError if the line would be too long. */
export const writeResult = (id: string, result: unknown): string => encodeLine({ jsonrpc: '2.0', id, result })

/** @throws RangeError if the line would be too long. */
export const writeRefusal = (id: string | null, { code, message, events, changes }: Refused): string =>
  encodeLine({ jsonrpc: '2.0', id, error: { code: ERRORS[code], message, data: { code, events, changes } } })

/** What a line asks for, or why it asks for nothing that can be served. Never throws. */
export function readRequest(text: string): Asked | Unserved {
  const message = parse(text)
  if (message === undefined) return { id: null, code: 'bad-message', problem: `not JSON: ${excerpt(text)}` }
  if (!isObject(message)) return { id: null, code: 'bad-message', problem: `not a JSON object: ${excerpt(text)}` }
  const id = typeof message.id === 'string' ? message.id : null
  const { method, params } = message
  if (typeof method === 'string' && !Object.hasOwn(methods, method)) {
    return { id, code: 'unsupported', problem: `there is no method ${excerpt(method)}` }
  }
  if (method === 'step' && isObject(params) && typeof params.op === 'string' && params.op !== AWAIT && !isOperation(params.op)) {
    return { id, code: 'unsupported', problem: `there is no operation ${excerpt(params.op)}` }
  }
  const request = RequestMessage.safeParse(message)
  if (request.success) return request.data
  return { id, code: 'bad-message', problem: problems('request', request.error, message) }
}

/**
 * What a line answers.
 *
 * @throws Violation by the subject if it is no answer.
 */
export function readReply(text: string): Reply {
  const message = parse(text)
  if (message === undefined) {
    throw new Violation('subject', `a line is not JSON: ${excerpt(text)} (does something else print to standard output?)`)
  }
  if (!isObject(message)) throw new Violation('subject', `a line is not a JSON object: ${excerpt(text)}`)
  if ('method' in message)
    throw new Violation('subject', `a line is a request or a notification, and a subject only answers: ${excerpt(text)}`)
  if ('result' in message === 'error' in message) {
    throw new Violation('subject', `a reply has either a result or an error: ${excerpt(text)}`)
  }
  if ('result' in message) return check('subject', 'reply', ResultMessage, message)
  const { id, error } = check('subject', 'reply', RefusalMessage, message)
  const { code } = error.data
  if (error.code !== ERRORS[code]) {
    throw new Violation('subject', `reply.error.code: "${code}" has the number ${ERRORS[code]}, not ${error.code}`)
  }
  return { id, refusal: { ...error.data, message: error.message } }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value, or nothing if the text is not JSON. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
