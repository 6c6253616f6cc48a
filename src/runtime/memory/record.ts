/**
 * Records: struct descriptions. A record says which cells lie where; an open record is the bundle
 * of its fields' addresses, to be handed to a `Memory`.
 *
 *     const Point = record('point', { x: cell, y: cell })
 *     const point = Point.at(arena.allocate(Point.size))
 *     memory.store(point.x, 7)
 *
 * Opening costs an object, so it is done once for what lives long. Hot paths add an offset to an
 * address instead: `memory.load(address + Point.offset.x)`.
 */
import { type Address, CACHE_LINE, CELL } from './memory.ts'

/** What a field may be: how many bytes, aligned how, and what its open form is. */
export interface Field<View> {
  readonly size: number
  readonly align: number
  at(address: Address): View
}

/** One 32-bit cell. Opens to its address. */
export const cell: Field<Address> = { size: CELL, align: CELL, at: (address) => address }

/** `count` fields of one kind, one after the other. Opens to the address of the first. */
export const array = (field: Field<unknown>, count: number): Field<Address> => ({
  size: count * field.size,
  align: field.align,
  at: (address) => address,
})

type Fields = Readonly<Record<string, Field<unknown>>>
type View<F extends Fields> = { readonly address: Address } & { readonly [Name in keyof F]: ReturnType<F[Name]['at']> }

/** A struct description. Its fields lie in the order given, each aligned to its kind. */
export interface RecordType<F extends Fields> extends Field<View<F>> {
  /** At most eight ASCII letters: what blocks that hold this record are called in messages. */
  readonly name: string
  readonly fields: F
  /** Bytes from the record's address to each field. */
  readonly offset: { readonly [Name in keyof F]: number }
}

/** The open form of a record, as in `type Point = Opened<typeof Point>`. */
export type Opened<R extends Field<unknown>> = ReturnType<R['at']>

const round = (value: number, align: number) => Math.ceil(value / align) * align

/** @param align of the record in bytes, at least that of its fields. `CACHE_LINE` keeps neighbours from sharing one. */
export function record<const F extends Fields>(name: string, fields: F, align: number = CELL): RecordType<F> {
  const entries = Object.entries(fields)
  const offset: Record<string, number> = {}
  let end = 0
  let widest = align
  for (const [field, { size, align }] of entries) {
    offset[field] = round(end, align)
    end = round(end, align) + size
    widest = Math.max(widest, align)
  }
  // Fields are opened when they are asked for: most of a large record's never are.
  class Open {
    readonly address: Address
    constructor(address: Address) {
      this.address = address
    }
  }
  for (const [name, field] of entries) {
    const from = offset[name] as number
    Object.defineProperty(Open.prototype, name, {
      get(this: Open) {
        return field.at(this.address + from)
      },
    })
  }
  return {
    name,
    fields,
    size: round(end, widest),
    align: widest,
    offset: offset as RecordType<F>['offset'],
    at: (address) => new Open(address) as View<F>,
  }
}

/** Wraps a field so that it has its cache lines to itself. */
export const alone = <View>(field: Field<View>): Field<View> => ({
  size: round(field.size, CACHE_LINE),
  align: CACHE_LINE,
  at: (address) => field.at(address),
})
