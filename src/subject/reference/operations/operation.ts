/** What performs an operation of the protocol on the reference runtime. */
import type { Args, Facts, OperationName } from '../../../protocol/operations.ts'
import type { Actor } from '../actor.ts'

export type Perform<Op extends OperationName> = (actor: Actor, args: Args<Op>) => Facts<Op>

/** The operations whose names begin with one of these nouns. */
export type Performs<Noun extends string> = { readonly [Op in Extract<OperationName, `${Noun}.${string}`>]: Perform<Op> }
