/**
 * What is explored: a few bodies over one memory, and what is asked of them.
 */
import type { Address, Memory } from '../runtime/memory/memory.ts'
import type { ExploredMemory } from './explored-memory.ts'
import type { OperationName } from './operations.ts'

/**
 * What one thread does. It is run many times, so it must depend on nothing but what it reads from
 * the memory: no clock, no randomness, and nothing outside that it changes itself. What it returns
 * is its result; what it throws is a failure.
 */
export type Body<Context> = (memory: ExploredMemory, context: Context) => unknown

/** Something that must hold in every state, between any two steps. */
export interface Invariant<Context> {
  readonly name: string
  /**
   * Says what is seen that breaks it; undefined if it holds. Reads the memory freely; writes are taken back.
   * Exceptions are its own business: the situation says who is about to do what. It depends on nothing else: where all
   * that it read and asked is as it was when it held, it is not asked again.
   */
  readonly broken: (memory: Memory, context: Context, situation: Situation) => Broken | undefined
}

/** What is seen that breaks a rule; with the name of an actor, if it is what that one is about to do. */
export type Broken = string | { readonly seen: string; readonly actor: string }

/** What the threads are about to do, between two steps. */
export interface Situation {
  /** What threads do next on a cell, or sleep in, in the order of the threads. */
  next(address: Address): readonly NextOperation[]
}

export interface NextOperation {
  /** The name of the thread. */
  readonly actor: string
  readonly operation: OperationName
  readonly address: Address
  readonly asleep: boolean
  /** What the cell holds after it, if it is done now; absent if it writes no single cell. */
  readonly leaves?: number
}

export interface Program<Context> {
  /** Of the memory. It holds zeros at first. */
  readonly bytes: number
  /** Runs before the bodies, alone. @returns what bodies and observers are given. */
  readonly setup: (memory: Memory) => Context
  /** Two to four; one has only one schedule. */
  readonly bodies: readonly Body<Context>[]
  /** What the threads are called, in the order of their bodies. Ada, Ben, Cleo, Dan unless given. */
  readonly names?: readonly string[]
  /**
   * Says what came of it once all bodies have ended, as a text: the outcome. May throw if that
   * must not be. Unless given, the outcome is the list of the bodies' results as JSON.
   */
  readonly observe?: (memory: Memory, results: readonly unknown[], context: Context) => string
  /** Says why an outcome must not be; undefined if it may. */
  readonly forbidden?: (outcome: string) => string | undefined
  readonly invariants?: readonly Invariant<Context>[]
  /** What a cell is called, in traces and messages. */
  readonly locate?: (address: Address, context: Context) => string
  /** What a value means in a cell, in traces. The number itself unless given. */
  readonly read?: (address: Address, value: number, context: Context) => string
}

const NAMES = ['Ada', 'Ben', 'Cleo', 'Dan'] as const

export const nameOf = (program: Pick<Program<never>, 'names'>, thread: number): string =>
  program.names?.[thread] ?? (NAMES[thread] as string)
