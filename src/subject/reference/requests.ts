/** Request bits by the names of the features. */
import type { Request } from '../../protocol/vocabulary.ts'
import * as bits from '../../runtime/thread/requests.ts'

const BITS: Record<Request, number> = {
  stop: bits.STOP,
  signals: bits.SIGNALS,
  'pending calls': bits.PENDING_CALLS,
  merge: bits.MERGE,
  collect: bits.COLLECT,
  'cold code': bits.COLD_CODE,
  'drop lock': bits.DROP_LOCK,
  exception: bits.EXCEPTION,
}

export const bitOf = (request: Request): number => BITS[request]

export const nameOf = (bit: number): Request => (Object.keys(BITS) as Request[]).find((name) => BITS[name] === bit) as Request

/** The requests that are set, in the order in which a safe point serves them. */
export const namesIn = (requests: number): Request[] => (Object.keys(BITS) as Request[]).filter((name) => (requests & BITS[name]) !== 0)
