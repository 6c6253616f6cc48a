import { expect, test } from 'vitest'
import { compile } from '../runtime/bytecode/compile/compile.ts'
import { sourceOf } from './case.ts'
import { generate } from './generate.ts'
import { SITES } from './sites.ts'

const SEEDS = Array.from({ length: 80 }, (_, index) => index + 1)
const CASES = SEEDS.map(generate)

test('the same seed gives the same program and calls, another one another', () => {
  expect(generate(7)).toEqual(generate(7))
  expect(generate(7)).not.toEqual(generate(8))
})

test('every program is Python that the reference knows', () => {
  for (const of of CASES) expect(() => compile(sourceOf(of), of.name, 'exec'), of.name).not.toThrow()
})

test('everything that can stand around an instruction is Python', () => {
  for (const { form, sign, shapes } of SITES) {
    for (const shape of shapes) {
      const source = sourceOf({ program: [{ line: 'def f0(a, b):', body: shape(sign) }] })
      expect(source, form).toContain(sign)
      expect(() => compile(source, form, 'exec'), source).not.toThrow()
    }
  }
})

test('every case is about the instruction whose turn it is, on one to three threads', () => {
  for (const [at, { program, calls, actors }] of CASES.entries()) {
    const { sign } = SITES[(SEEDS[at] as number) % SITES.length] as (typeof SITES)[number]
    const source = sourceOf({ program: program.filter(({ line }) => line.startsWith('def f0(')) })
    expect(source).toContain(` ${sign}`)
    expect(calls.filter(({ function: path }) => /f0\b/.test(path)).length).toBeGreaterThanOrEqual(3)
    expect(calls.every(({ actor }) => actors.includes(actor))).toBe(true)
  }
  expect(new Set(CASES.map(({ actors }) => actors.length))).toEqual(new Set([1, 2, 3]))
})

test('threads leave, but never all of them', () => {
  expect(CASES.filter(({ calls }) => calls.some(({ leaves }) => leaves)).length).toBeGreaterThan(10)
  for (const { actors, calls } of CASES) {
    const there = new Set(actors)
    for (const { actor, leaves } of calls) {
      there.add(actor)
      if (leaves) there.delete(actor)
      expect(there.size).toBeGreaterThan(0)
    }
  }
})

test('generators are resumed by several threads, thrown into and closed', () => {
  const kept = CASES.filter(({ calls }) => {
    const users = calls.filter(({ function: path }) => path === 'kept_f0.send').map(({ actor }) => actor)
    return new Set(users).size > 1
  })
  expect(kept.length).toBeGreaterThan(2)
  const paths = CASES.flatMap(({ calls }) => calls.map(({ function: path }) => path))
  expect(paths.some((path) => path.endsWith('.throw'))).toBe(true)
  expect(paths.some((path) => path.endsWith('.close'))).toBe(true)
})
