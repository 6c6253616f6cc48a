/**
 * Making a code object from its parts.
 *
 * @see CPython Objects/codeobject.c, _PyCode_New
 */
import { type Address, CELL, NULL } from '../../memory/memory.ts'
import { OutOfMemory } from '../../memory/out-of-memory.ts'
import { incref } from '../../refcount/biased.ts'
import { track } from '../../refcount/object-header.ts'
import type { CompiledCode } from '../compile/compiled-code.ts'
import { deferCounting } from '../objects/deferred.ts'
import { Kind } from '../objects/kinds.ts'
import type { Mutator } from '../objects/mutator.ts'
import { CodeObject, codeBytes, LocalKind, mainCopy } from './code-object.ts'
import { arrayBytes, CopyArray, entryAt, FIRST_SIZE, setSize } from './copy-array.ts'

/** What a code object is made of: numbers and lists as they are, names and constants as objects. */
export interface CodeParts
  extends Pick<
    CompiledCode,
    'firstLine' | 'argumentCount' | 'positionalOnlyCount' | 'keywordOnlyCount' | 'flags' | 'stackSize' | 'units' | 'lines' | 'handlers'
  > {
  /** Strings. */
  readonly name: Address
  readonly qualifiedName: Address
  readonly filename: Address
  /** Tuples. */
  readonly localNames: Address
  readonly names: Address
  readonly constants: Address
  /** What each local is, see `LocalKind`: free variables last. */
  readonly localKinds: readonly number[]
}

/** The parts that are objects. The code holds a reference to each. */
const OBJECTS = ['name', 'qualifiedName', 'filename', 'localNames', 'names', 'constants'] as const
const NUMBERS = ['firstLine', 'argumentCount', 'positionalOnlyCount', 'keywordOnlyCount', 'flags', 'stackSize'] as const

/**
 * Makes a code object. Its main copy holds the units as they are given: nothing is quickened yet.
 * @throws OutOfMemory, and nothing is left of the attempt.
 */
export function newCode(m: Mutator, parts: CodeParts): Address {
  const { memory } = m
  const { localKinds, units, lines, handlers } = parts
  const blocks: Address[] = []
  const obtain = (bytes: number, name: string): Address => {
    const block = m.allocate(bytes, name)
    if (block === NULL) throw new OutOfMemory(`no memory for: ${name}`)
    blocks.push(block)
    return block
  }
  const written = (cells: readonly number[], name: string): Address => {
    if (cells.length === 0) return NULL
    const block = obtain(cells.length * CELL, name)
    write(m, block, cells)
    return block
  }
  let made = false
  try {
    const kindsBlock = written(localKinds, 'kinds of locals')
    const linesBlock = written(
      lines.map((line) => line ?? 0),
      'lines',
    )
    const handlersBlock = written(handlers.length === 0 ? [] : inCells(handlers), 'handlers')
    const array = memory.get(m.shared.freeThreaded) === 0 ? NULL : obtain(arrayBytes(FIRST_SIZE), CopyArray.name)
    const address = m.newObject(Kind.CODE, codeBytes(units.length), CodeObject.name)
    made = true

    const code = CodeObject.at(address)
    track(memory, address)
    memory.set(code.home, m.shared.address)
    for (const part of OBJECTS) {
      incref(m, parts[part])
      memory.set(code[part], parts[part])
    }
    for (const part of NUMBERS) memory.set(code[part], parts[part])
    memory.set(code.localCount, localKinds.length)
    memory.set(code.freeCount, localKinds.filter((kind) => kind === LocalKind.FREE).length)
    memory.set(code.localKinds, kindsBlock)
    memory.set(code.lines, linesBlock)
    memory.set(code.handlers, handlersBlock)
    memory.set(code.unitCount, units.length)
    write(m, mainCopy(address), units)
    if (array !== NULL) {
      setSize(memory, array, FIRST_SIZE)
      memory.set(entryAt(array, 0), mainCopy(address))
    }
    memory.set(code.copies, array)
    deferCounting(m, address)
    return address
  } finally {
    if (!made) for (const block of blocks) m.free(block)
  }
}

function write({ memory }: Mutator, at: Address, cells: readonly number[]): void {
  for (const [index, value] of cells.entries()) memory.set(at + index * CELL, value)
}

/** Their number, and then each as a `Handler`. */
function inCells(handlers: CodeParts['handlers']): number[] {
  const each = handlers.flatMap(({ start, end, target, depth, pushLast }) => [start, end, target, depth, pushLast ? 1 : 0])
  return [handlers.length, ...each]
}
