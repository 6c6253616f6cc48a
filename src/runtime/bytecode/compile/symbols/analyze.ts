/**
 * The second pass over the names: where each variable lives.
 *
 * A scope passes down the names that are bound around it, and gets back those that are free in it.
 * A local variable that is free further in lives in a cell.
 *
 * @see CPython Python/symtable.c
 */
import type { Place } from '../ast.ts'
import { CompileError } from '../error.ts'
import {
  BOUND,
  COMPREHENSION_CELL,
  DECLARED_GLOBAL,
  DECLARED_NONLOCAL,
  FREE_IN_METHOD,
  type Home,
  homeOf,
  isFunction,
  PARAMETER,
  type Scope,
} from './scope.ts'

/** The names bound in functions around a scope; null at the top. */
type BoundAround = Set<string> | null

/** What is found out about one scope. */
interface Findings {
  readonly homes: Map<string, Home>
  readonly local: Set<string>
  /** The names that scopes inside use and do not bind. */
  readonly free: Set<string>
  /** The names that are cells in comprehensions which become part of the scope. */
  readonly comprehensionCells: Set<string>
}

export function analyze(module: Scope): void {
  analyzeScope(module, null, new Set())
}

/** Adds to `free` the names that the scope needs from outside. May change `bound`. */
function analyzeScope(scope: Scope, bound: BoundAround, free: Set<string>): void {
  const findings: Findings = { homes: new Map(), local: new Set(), free: new Set(), comprehensionCells: new Set() }
  // Methods see neither what their class binds nor what it declares global.
  const forMethods = new Set(bound).add('__class__')
  for (const name of scope.symbols.keys()) findings.homes.set(name, findHome(scope, name, bound, findings.local, free))
  const inside = scope.type === 'class' ? forMethods : new Set([...(isFunction(scope) ? findings.local : []), ...(bound ?? [])])
  for (const child of scope.children) analyzeChild(scope, child, inside, findings)
  // The scopes inside an inlined comprehension become children of this one.
  const children = scope.children.flatMap((child) => (child.inlined ? child.children : [child]))
  scope.children.splice(0, scope.children.length, ...children)
  if (isFunction(scope)) findCells(findings)
  if (scope.type === 'class') scope.needsClassCell = findings.free.delete('__class__')
  record(scope, bound, findings)
  for (const name of findings.free) free.add(name)
}

function findHome(scope: Scope, name: string, bound: BoundAround, local: Set<string>, free: Set<string>): Home {
  const marks = scope.symbols.get(name)?.marks as number
  if (marks & DECLARED_GLOBAL) {
    if (marks & DECLARED_NONLOCAL) throw declarationError(scope, name, 'is declared nonlocal and global')
    bound?.delete(name)
    return 'explicit global'
  }
  if (marks & DECLARED_NONLOCAL) {
    if (bound === null) throw declarationError(scope, name, 'cannot be nonlocal outside of functions')
    if (!bound.has(name)) throw declarationError(scope, name, 'is declared nonlocal, but bound nowhere around')
    free.add(name)
    return 'free'
  }
  if (marks & BOUND) {
    local.add(name)
    return 'local'
  }
  if (!bound?.has(name)) return 'implicit global'
  free.add(name)
  return 'free'
}

const declarationError = (scope: Scope, name: string, what: string): CompileError =>
  new CompileError('syntax', scope.declarations.get(name) as Place, `'${name}' ${what}`)

function analyzeChild(scope: Scope, child: Scope, bound: ReadonlySet<string>, findings: Findings): void {
  const free = new Set<string>()
  analyzeScope(child, new Set(bound), free)
  if (child.comprehension !== null && child.comprehension !== 'generator') {
    inline(scope, child, free, findings)
    child.inlined = true
  }
  for (const name of free) findings.free.add(name)
}

/** Makes the names of a comprehension names of the scope that it becomes part of. */
function inline(scope: Scope, comprehension: Scope, free: Set<string>, { homes, comprehensionCells }: Findings): void {
  for (const [name, { marks, home: own }] of comprehension.symbols) {
    if (marks & PARAMETER) continue
    if (own === 'cell' || marks & COMPREHENSION_CELL) comprehensionCells.add(name)
    const hidden = own === 'free' && scope.type === 'class' && name === '__class__'
    if (hidden) {
      free.delete(name)
      comprehension.symbols.delete(name)
    }
    const existing = scope.symbols.get(name)
    if (existing === undefined) {
      scope.symbols.set(name, { marks, home: undefined })
      homes.set(name, hidden ? 'implicit global' : (own as Home))
    } else if (existing.marks & BOUND && scope.type !== 'class' && !isFreeInside(comprehension, name)) {
      // Free in the comprehension, but a plain local variable once it is part of the scope.
      free.delete(name)
    }
  }
}

const isFreeInside = (scope: Scope, name: string): boolean => scope.children.some((child) => homeOf(child, name) === 'free')

function findCells({ homes, free, comprehensionCells }: Findings): void {
  for (const [name, home] of homes) {
    if (home !== 'local' || !(free.has(name) || comprehensionCells.has(name))) continue
    homes.set(name, 'cell')
    free.delete(name)
  }
}

function record(scope: Scope, bound: BoundAround, { homes, free, comprehensionCells }: Findings): void {
  for (const [name, { marks }] of scope.symbols) {
    const cell = comprehensionCells.has(name) ? COMPREHENSION_CELL : 0
    scope.symbols.set(name, { marks: marks | cell, home: homes.get(name) })
  }
  for (const name of free) {
    const symbol = scope.symbols.get(name)
    if (symbol !== undefined) {
      if (scope.type === 'class') scope.symbols.set(name, { ...symbol, marks: symbol.marks | FREE_IN_METHOD })
    } else if (bound === null || bound.has(name)) {
      scope.symbols.set(name, { marks: 0, home: 'free' })
    }
  }
}
