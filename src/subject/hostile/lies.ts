/**
 * The reference, but it lies about one operation, which is the first argument: it refuses it with the code that the
 * second argument names, and does nothing, or says `ok` whenever it should refuse it.
 */
import type { ErrorCode, Method, Params, StepResult } from '../../protocol/messages.ts'
import { connectReference } from '../reference.ts'
import { serve } from '../serve.ts'
import { Refusal, type Subject } from '../subject.ts'

const [, , op, answer] = process.argv

const reference = await connectReference()

async function request(method: Method, params: Params<Method>): Promise<unknown> {
  if (!('op' in params) || params.op !== op) return reference.request(method, params)
  if (answer !== 'ok') throw new Refusal(answer as ErrorCode, 'it does not feel like it')
  try {
    return await reference.request(method, params)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { status: 'ok', facts: {}, events: [...error.events] } satisfies StepResult
  }
}

await serve({ hello: reference.hello, request: request as Subject['request'], end: () => reference.end() }, process.stdin, process.stdout)
await reference.end()
