/**
 * The words that operations are made of: names, numbers and what an operation is.
 */
import { z } from 'zod'

/** A name that the scenario gave to something: "x", "Ada". */
export const Name = z.string().min(1).max(64)

/** A write sequence or a goal: 64 bits wide on some runtimes, so it travels as decimal digits. */
export const Sequence = z.string().regex(/^[0-9]{1,20}$/)

/** A count: 64 bits wide on some runtimes, so it travels as decimal digits, without a sign or zeros that it does not need. */
export const Integer = z.string().regex(/^(0|-?[1-9][0-9]{0,19})$/)

/** The same, of what cannot be negative. */
export const Natural = z.string().regex(/^(0|[1-9][0-9]{0,19})$/)

export const Times = z.int().min(1).max(100_000)
export const Milliseconds = z.number().min(0).max(60_000)

/** The two allocators that blocks come from and go back to. */
export const Domain = z.enum(['memory', 'objects'])

/** Which threads a pause brings to rest: those of one interpreter, or all. */
export const Scope = z.enum(['interpreter', 'all'])

/** The requests that others can set for a thread, in the order in which a safe point serves them. */
export const Request = z.enum(['stop', 'signals', 'pending calls', 'merge', 'collect', 'cold code', 'drop lock', 'exception'])

/**
 * What a finalizer or a request handler does, as operations without an actor: they run on
 * whichever thread the finalizer or handler runs on. Checked again when they run.
 */
export const Program = z.array(z.object({ op: z.string(), args: z.record(z.string(), z.unknown()).optional() }))

/** An operation: what it is for, the arguments it takes and the facts it answers with. */
export interface Operation {
  readonly about: string
  readonly args: z.ZodObject
  readonly facts: z.ZodObject
}

export const operation = <A extends z.ZodRawShape, F extends z.ZodRawShape>(
  about: string,
  args: A,
  facts: F,
): { about: string; args: z.ZodObject<A>; facts: z.ZodObject<F> } => ({
  about,
  args: z.object(args),
  facts: z.object(facts),
})

export type Program = z.infer<typeof Program>
export type Request = z.infer<typeof Request>
export type Domain = z.infer<typeof Domain>
export type Scope = z.infer<typeof Scope>
