/**
 * What an interpreter that runs code begins with: its singletons and its classes.
 *
 * They are made when the first code is loaded, once, and freed when the interpreter ends. Threads use them all the time
 * and must not contend for their counts: so classes are immortal, and the counting of their methods is deferred.
 */
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { decref } from '../../refcount/biased.ts'
import { makeImmortal, makeMortal } from '../../refcount/immortal.ts'
import { once } from '../../sync/once.ts'
import { newBuiltin } from './builtin-function.ts'
import { basesOf, dismantle, fillClass, namespaceOf, newBlankClass, orderOf } from './class.ts'
import { BUILTIN_CLASSES, builtinClass, classNamed, placeOfName, SPECIAL_NAMES } from './classes.ts'
import { countAgain, deferCounting } from './deferred.ts'
import { newException } from './exception.ts'
import { visitTable } from './hash-table-layout.ts'
import { Kind, kindOf } from './kinds.ts'
import type { Caller, Mutator } from './mutator.ts'
import { setName } from './names.ts'
import { prepareSingletons } from './prepare-singletons.ts'
import { emptyTuple } from './singletons.ts'

/** Makes the string that stands for a text wherever it is a name. @returns a new reference. */
export type Intern = (m: Mutator, text: string) => Address

/** Makes all that is not there yet. Of several threads one does, and the others wait. @throws OutOfMemory */
export function prepare(m: Caller, intern: Intern): void {
  if (!once(m.detaching, m.shared.prepared, () => attempt(m, intern)))
    throw new OutOfMemory('no memory for what an interpreter begins with')
}

/** Frees the classes. The caller is the last thread of the interpreter, and nothing that a program made is left. */
export function endClasses(m: Mutator): void {
  const { memory } = m
  const types = NUMBERS.map((number) => builtinClass(m, number)).filter((type) => type !== NULL)
  for (const at of [m.classes, ...SPECIAL_NAMES.map((name) => placeOfName(m, name))]) end(m, at)
  // Each stays immortal until none leads to it any more.
  for (const type of types) {
    const namespace = namespaceOf(memory, type)
    if (namespace !== NULL) countBuiltins(m, namespace)
    for (const part of [namespace, basesOf(memory, type), orderOf(memory, type)]) mortalize(m, part)
    dismantle(m, type)
  }
  for (const number of NUMBERS) end(m, m.classes + number * CELL)
  memory.store(m.shared.prepared, 0)
}

const NUMBERS = BUILTIN_CLASSES.flatMap((description, number) => (description ? [number] : []))

function attempt(m: Caller, intern: Intern): boolean {
  try {
    prepareSingletons(m)
    makeNames(m, intern)
    makeClasses(m, intern)
    makeMemoryError(m)
    return true
  } catch (error) {
    if (!(error instanceof OutOfMemory)) throw error
    endClasses(m)
    return false
  }
}

function makeNames(m: Mutator, intern: Intern): void {
  for (const name of SPECIAL_NAMES) m.memory.set(placeOfName(m, name), intern(m, name))
}

function makeClasses(m: Caller, intern: Intern): void {
  const { memory } = m
  for (const number of NUMBERS) {
    const type = newBlankClass(m, number, descriptionOf(number).makes)
    makeImmortal(memory, type)
    memory.set(m.classes + number * CELL, type)
  }
  for (const number of NUMBERS) {
    const { name, base } = descriptionOf(number)
    const type = builtinClass(m, number)
    const bases = base === undefined ? [] : [builtinClass(m, base)]
    const inherited = lineOf(base).map((number) => builtinClass(m, number))
    withName(m, intern, name, (name) => fillClass(m, type, name, bases, inherited))
    for (const part of [namespaceOf(memory, type), basesOf(memory, type), orderOf(memory, type)]) makeImmortal(memory, part)
  }
  for (const [number, { name, owner }] of m.builtins.entries()) {
    if (owner === undefined) continue
    withName(m, intern, name, (name) => addBuiltin(m, namespaceOf(memory, classNamed(m, owner)), name, number))
  }
}

function makeMemoryError(m: Mutator): void {
  const error = newException(m, classNamed(m, 'MemoryError'), emptyTuple(m))
  makeImmortal(m.memory, error)
  m.memory.set(m.classes, error)
}

function withName(m: Mutator, intern: Intern, text: string, use: (name: Address) => void): void {
  const name = intern(m, text)
  try {
    use(name)
  } finally {
    decref(m, name)
  }
}

const descriptionOf = (number: number) => BUILTIN_CLASSES[number] as NonNullable<(typeof BUILTIN_CLASSES)[number]>

/** Numbers of a class and of those that it is based on. */
const lineOf = (number: number | undefined): number[] => (number === undefined ? [] : [number, ...lineOf(descriptionOf(number).base)])

/**
 * Makes a built-in function, whose counting is deferred, that a name in a namespace stands for. Nobody else looks into
 * the namespace yet.
 * @throws OutOfMemory
 */
export function addBuiltin(m: Mutator, namespace: Address, name: Address, number: number): void {
  const builtin = newBuiltin(m, number, NULL)
  try {
    setName(m, namespace, name, builtin)
    deferCounting(m, builtin)
  } finally {
    // One that has no place ends.
    decref(m, builtin)
  }
}

/** Counts the built-in functions again that a namespace holds, so that they end with it. */
export function countBuiltins({ memory }: Mutator, namespace: Address): void {
  visitTable(memory, namespace, (child) => {
    if (kindOf(memory, child) === Kind.BUILTIN_FUNCTION) countAgain(memory, child, 0)
  })
}

/** Leaves an object the one reference that it has from its class; unless it is one of the singletons. */
function mortalize(m: Mutator, part: Address): void {
  if (part !== NULL && part !== emptyTuple(m)) makeMortal(m.memory, part, 1)
}

/** Ends what a cell of the table leads to: nothing else does. Names belong to their table. */
function end(m: Mutator, at: Address): void {
  const object = m.memory.exchange(at, NULL)
  if (object === NULL) return
  if (kindOf(m.memory, object) !== Kind.STR) makeMortal(m.memory, object, 1)
  decref(m, object)
}
