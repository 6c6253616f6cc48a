import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEEDED } from '../../testing/seeded.ts'
import { CACHE_LINE, CELL } from './memory.ts'
import { alone, array, cell, type Field, record } from './record.ts'

test('fields lie one after the other, in the order given', () => {
  const point = record('point', { x: cell, y: cell })
  expect(point.offset).toEqual({ x: 0, y: 4 })
  expect(point.size).toBe(8)
})

test('an open record gives the addresses of its fields', () => {
  const point = record('point', { x: cell, y: cell }).at(100)
  expect([point.address, point.x, point.y]).toEqual([100, 100, 104])
})

test('an array opens to the address of its first element', () => {
  const row = record('row', { length: cell, items: array(cell, 3), end: cell })
  expect(row.at(0).items).toBe(4)
  expect(row.offset.end).toBe(16)
})

test('a record can be a field of another', () => {
  const point = record('point', { x: cell, y: cell })
  const line = record('line', { from: point, to: point })
  expect(line.at(100).to.y).toBe(112)
  expect(line.fields.to).toBe(point)
})

test('a field alone has its cache lines to itself', () => {
  const busy = record('busy', { first: cell, hot: alone(cell), last: cell })
  expect(busy.offset).toEqual({ first: 0, hot: CACHE_LINE, last: 2 * CACHE_LINE })
  expect(busy.align).toBe(CACHE_LINE)
  expect(busy.size).toBe(3 * CACHE_LINE)
})

test('a record that asks for cache lines takes whole ones', () => {
  const slot = record('slot', { value: cell }, CACHE_LINE)
  expect([slot.size, slot.align]).toEqual([CACHE_LINE, CACHE_LINE])
})

const field: fc.Arbitrary<Field<unknown>> = fc.letrec<{ field: Field<unknown> }>((tie) => ({
  field: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant(cell),
    fc.integer({ min: 1, max: 5 }).map((count) => array(cell, count)),
    tie('field').map((inner) => alone(inner)),
    fc.array(tie('field'), { minLength: 1, maxLength: 4 }).map((inner) => record('inner', named(inner))),
  ),
})).field

const named = (fields: readonly Field<unknown>[]) => Object.fromEntries(fields.map((field, index) => [`f${index}`, field]))

test('no two fields overlap, each is aligned, and all lie inside the record', () => {
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      const layout = record('any', named(fields))
      let end = 0
      for (const [index, { size, align }] of fields.entries()) {
        const offset = layout.offset[`f${index}`] as number
        expect(offset).toBeGreaterThanOrEqual(end)
        expect(offset % align).toBe(0)
        expect(align % CELL).toBe(0)
        expect(layout.align % align).toBe(0)
        end = offset + size
      }
      expect(layout.size).toBeGreaterThanOrEqual(end)
      expect(layout.size % layout.align).toBe(0)
    }),
    SEEDED,
  )
})
