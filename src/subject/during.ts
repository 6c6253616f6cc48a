import type { Method, Params } from '../protocol/messages.ts'

/** A request in the words of a failure: which one was under way, for example "step Ada object.decref". */
export function during<M extends Method>(method: M, params: Params<M>): string
export function during(method: Method, params: Partial<Params<'step'> & Params<'open'>>): string {
  if (method === 'step') return `step ${params.actor} ${params.op}`
  return method === 'open' ? `open ${JSON.stringify(params.scenario)}` : method
}
