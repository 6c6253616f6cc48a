/**
 * Comprehensions and generator expressions.
 *
 * A generator expression is a function of its first iterable. Every other comprehension is part of
 * the code around it: variables of the same name are put aside on the stack meanwhile.
 *
 * @see CPython Python/codegen.c (codegen_comprehension) and PEP 709
 */
import type { Comprehension, ComprehensionLoop, Expression } from '../ast.ts'
import type { CompiledCode } from '../compiled-code.ts'
import { type Label, NO_LINE } from '../instruction.ts'
import { OP } from '../opcodes.ts'
import { PSEUDO } from '../pseudo.ts'
import { ASSIGNED, type Home, homeOf, isFunction, type Scope, type SymbolEntry } from '../symbols/scope.ts'
import { jumpIf } from './conditions.ts'
import { emitYield, load, store } from './expressions.ts'
import { finishGenerator, makeFunction, once } from './functions.ts'
import { localIndex } from './names.ts'
import { cellIndex, emit, emitJump, enter, NO_PARAMETERS, newLabel, place, type Unit } from './unit.ts'

const BUILD = { list: OP.BUILD_LIST, set: OP.BUILD_SET, dictionary: OP.BUILD_MAP } as const

export function generateComprehension(unit: Unit, node: Comprehension): void {
  if (node.form === 'generator') {
    generateGenerator(unit, node)
    return
  }
  const { line, form } = node
  const scope = unit.compilation.scopes.get(node) as Scope
  const iterable = node.loops[0].iterable
  load(unit, iterable)
  emit(unit, OP.GET_ITER, 0, iterable.line)
  const state = begin(unit, scope, line)
  emit(unit, BUILD[form], 0, line)
  emit(unit, OP.SWAP, 2, line)
  generateLoops(unit, node, 0, 0)
  end(unit, state, line)
}

function generateGenerator(unit: Unit, node: Comprehension): void {
  const { line } = node
  makeFunction(
    unit,
    once(unit, node, () => generatorCode(unit, node)),
    0,
    line,
  )
  const iterable = node.loops[0].iterable
  load(unit, iterable)
  emit(unit, OP.GET_ITER, 0, iterable.line)
  emit(unit, OP.CALL, 0, line)
}

function generatorCode(unit: Unit, node: Comprehension): CompiledCode {
  const handler = newLabel()
  const inner = enter(unit.compilation, unit, {
    type: 'comprehension',
    owner: node,
    name: '<genexpr>',
    firstLine: node.line,
    counts: { ...NO_PARAMETERS, positional: 1 },
    handler,
  })
  generateLoops(inner, node, 0, 0)
  return finishGenerator(inner, handler)
}

/** Generates one loop and, inside, those behind it. `depth` collections and iterators are on the stack. */
function generateLoops(unit: Unit, node: Comprehension, index: number, depth: number): void {
  const loop = node.loops[index] as ComprehensionLoop
  const [start, skip, anchor] = [newLabel(), newLabel(), newLabel()]
  const single = index > 0 ? onlyItem(loop.iterable) : null
  if (single !== null) load(unit, single)
  else {
    loadIterator(unit, node, index)
    emit(unit, OP.GET_ITER, 0, loop.iterable.line)
    place(unit, start)
    emitJump(unit, OP.FOR_ITER, anchor, loop.iterable.line)
  }
  const inside = single === null ? depth + 1 : depth
  store(unit, loop.target)
  for (const condition of loop.conditions) jumpIf(unit, condition, skip, false)
  if (index + 1 < node.loops.length) generateLoops(unit, node, index + 1, inside)
  else generateElement(unit, node, inside)
  place(unit, skip)
  if (single !== null) return
  emitJump(unit, PSEUDO.JUMP, start, node.element.line)
  place(unit, anchor)
  emit(unit, OP.END_FOR, 0, NO_LINE)
  emit(unit, OP.POP_TOP, 0, NO_LINE)
}

/** `for y in [f(x)]` is an assignment, not a loop. */
function onlyItem(iterable: Expression): Expression | null {
  if (iterable.kind !== 'list' && iterable.kind !== 'tuple') return null
  const [item, another] = iterable.items
  return item === undefined || another !== undefined || item.kind === 'starred' ? null : item
}

/** The first iterator comes from outside: as an argument, or already on the stack. */
function loadIterator(unit: Unit, node: Comprehension, index: number): void {
  const { iterable } = node.loops[index] as ComprehensionLoop
  if (index > 0) {
    load(unit, iterable)
    emit(unit, OP.GET_ITER, 0, iterable.line)
  } else if (node.form === 'generator') emit(unit, OP.LOAD_FAST, 0, node.line)
}

function generateElement(unit: Unit, { form, element, value }: Comprehension, depth: number): void {
  const { line } = element
  load(unit, element)
  switch (form) {
    case 'generator':
      emitYield(unit, line)
      emit(unit, OP.POP_TOP, 0, line)
      break
    case 'list':
      emit(unit, OP.LIST_APPEND, depth + 1, line)
      break
    case 'set':
      emit(unit, OP.SET_ADD, depth + 1, line)
      break
    case 'dictionary':
      load(unit, value as Expression)
      emit(unit, OP.MAP_ADD, depth + 1, line)
      break
  }
}

/** What an inlined comprehension has changed, and will change back. */
interface Inlined {
  /** The symbols of the unit that were others before; undefined for those that were not there. */
  readonly before: ReadonlyMap<string, SymbolEntry | undefined>
  /** The variables that are fast locals only inside. */
  readonly hidden: readonly string[]
  /** The variables whose values are put aside on the stack. */
  readonly saved: readonly string[]
  /** Puts them back if the comprehension fails. */
  readonly cleanup: Label
}

/** Makes the unit see the variables of the comprehension. */
function begin(unit: Unit, comprehension: Scope, line: number): Inlined {
  // In a class, every variable is another one than in the comprehension.
  const inClass = unit.scope.type === 'class' && unit.comprehensions === 0
  unit.comprehensions++
  const before = new Map<string, SymbolEntry | undefined>()
  const hidden: string[] = []
  const saved: string[] = []
  for (const [name, symbol] of comprehension.symbols) {
    if (inClass || isOther(symbol, homeOf(unit.scope, name))) {
      before.set(name, unit.scope.symbols.get(name))
      unit.scope.symbols.set(name, symbol)
    }
    const bound = (symbol.marks & ASSIGNED) !== 0
    if (bound) saved.push(name)
    if (bound && !isFunction(unit.scope) && !unit.hidden.has(name)) hidden.push(name)
  }
  for (const name of hidden) unit.hidden.add(name)
  const cleanup = newLabel()
  if (saved.length > 0) save(unit, comprehension, saved, cleanup, line)
  return { before, hidden, saved, cleanup }
}

/** Whether a variable lives elsewhere in a comprehension than around it. What is free is the same one. */
const isOther = ({ home }: SymbolEntry, outer: Home | undefined): boolean =>
  home !== outer && home !== 'free' && !(home === 'cell' && outer === 'free')

/** Puts the values of variables aside, under the iterator that is on the stack. */
function save(unit: Unit, comprehension: Scope, names: readonly string[], cleanup: Label, line: number): void {
  for (const name of names) {
    emit(unit, OP.LOAD_FAST_AND_CLEAR, localIndex(unit, name), line)
    // The cell itself is put aside, and a new one made.
    if (homeOf(comprehension, name) === 'cell') emit(unit, OP.MAKE_CELL, cellIndex(unit, name, homeOf(unit.scope, name)), line)
  }
  emit(unit, OP.SWAP, names.length + 1, line)
  emitJump(unit, PSEUDO.SETUP_FINALLY, cleanup, line)
}

function end(unit: Unit, { before, hidden, saved, cleanup }: Inlined, line: number): void {
  if (saved.length > 0) {
    const done = newLabel()
    emit(unit, PSEUDO.POP_BLOCK, 0, NO_LINE)
    emitJump(unit, PSEUDO.JUMP_NO_INTERRUPT, done, NO_LINE)
    place(unit, cleanup)
    // Under the exception is what the comprehension has made so far.
    emit(unit, OP.SWAP, 2, NO_LINE)
    emit(unit, OP.POP_TOP, 0, NO_LINE)
    restore(unit, saved, line)
    emit(unit, OP.RERAISE, 0, NO_LINE)
    place(unit, done)
    restore(unit, saved, line)
  }
  unit.comprehensions--
  for (const [name, symbol] of before) {
    if (symbol === undefined) unit.scope.symbols.delete(name)
    else unit.scope.symbols.set(name, symbol)
  }
  for (const name of hidden) unit.hidden.delete(name)
}

/** Puts back the values that are under the one on top of the stack. */
function restore(unit: Unit, names: readonly string[], line: number): void {
  emit(unit, OP.SWAP, names.length + 1, line)
  for (const name of names.toReversed()) emit(unit, PSEUDO.STORE_FAST_MAYBE_NULL, localIndex(unit, name), line)
}
