/**
 * Numbers that are not law: what the phrases of the features come to for the subject at hand.
 */
import type { Parameters } from '../src/protocol/parameters.ts'

/** Deferred advances that one real advance takes, the one that makes it included. */
export function round(parameters: Parameters): number {
  const deferral = parameters['qsbr.deferral']
  return deferral.rule === 'calls' ? deferral.limit : deferral.items + 1
}

/** The sequence so many advances after another, or before it if negative. It wraps as the subject's does. */
export function sequenceAfter(parameters: Parameters, sequence: string, advances: number): string {
  const distance = BigInt(advances) * BigInt(parameters['qsbr.step'])
  return String(BigInt.asUintN(parameters['qsbr.sequence-bits'], BigInt(sequence) + distance))
}

/** Where the sequence turns, by name: each the first sequence after its turn. */
export const TURNS = {
  'the wrap': (parameters: Parameters) => parameters['qsbr.first'],
  'the half-way turn': (parameters: Parameters) =>
    String((1n << BigInt(parameters['qsbr.sequence-bits'] - 1)) + BigInt(parameters['qsbr.first'])),
} as const satisfies Record<string, (parameters: Parameters) => string>
export type Turn = keyof typeof TURNS

/** Numbers of blocks, by what they mean. */
export const AMOUNTS = {
  'a block': () => 1,
  'one block short of a round': (parameters: Parameters) => round(parameters) - 1,
  'a round of blocks': round,
  'two rounds of blocks': (parameters: Parameters) => 2 * round(parameters),
  'three rounds of blocks': (parameters: Parameters) => 3 * round(parameters),
  'one block short of a full chunk': (parameters: Parameters) => parameters['dfree.chunk'] - 1,
  'a full chunk of blocks': (parameters: Parameters) => parameters['dfree.chunk'],
  'one block more than a full chunk': (parameters: Parameters) => parameters['dfree.chunk'] + 1,
  'one block short of two full chunks': (parameters: Parameters) => 2 * parameters['dfree.chunk'] - 1,
  'two full chunks of blocks': (parameters: Parameters) => 2 * parameters['dfree.chunk'],
  'three full chunks of blocks': (parameters: Parameters) => 3 * parameters['dfree.chunk'],
  'the blocks of all completed rounds of a full chunk': (parameters: Parameters) => completed(parameters, parameters['dfree.chunk'] - 1),
  'the blocks of all completed rounds of two full chunks': (parameters: Parameters) =>
    completed(parameters, 2 * parameters['dfree.chunk'] - 1),
} as const satisfies Record<string, (parameters: Parameters) => number>
export type Amount = keyof typeof AMOUNTS

/** How many of so many blocks, retired one after the other, belong to rounds that were completed. */
function completed(parameters: Parameters, blocks: number): number {
  return blocks - (blocks % round(parameters))
}
