/**
 * The first pass over the names: which scopes there are, and what happens to which name in each.
 *
 * The order of visits is the order of names, and so shows in the code.
 *
 * @see CPython Python/symtable.c
 */
import type { Comprehension, Expression, Item, Parameters, Place, Program, Statement, Suite, Target } from '../ast.ts'
import { CompileError } from '../error.ts'
import { ASSIGNED, DECLARED_GLOBAL, DECLARED_NONLOCAL, isFunction, mangle, type Owner, PARAMETER, type Scope, USED } from './scope.ts'

interface Collector {
  readonly scopes: Map<Owner, Scope>
  readonly module: Scope
  /** The innermost scope. */
  scope: Scope
  /** The innermost class. */
  className: string | null
}

const scopeFor = (type: Scope['type'], owner: Owner, outer: Scope | null): Scope => ({
  type,
  owner,
  nested: outer !== null && (outer.nested || isFunction(outer)),
  symbols: new Map(),
  parameters: [],
  children: [],
  declarations: new Map(),
  comprehension: 'form' in owner ? owner.form : null,
  hasRest: false,
  hasKeywordRest: false,
  generator: false,
  inlined: false,
  needsClassCell: false,
  needsClassDictionary: false,
})

/** The scopes of a program, by what they belong to. */
export function collect(program: Program): { readonly scopes: Map<Owner, Scope>; readonly module: Scope } {
  const module = scopeFor('module', program, null)
  const collector: Collector = { scopes: new Map<Owner, Scope>([[program, module]]), module, scope: module, className: null }
  if (program.kind === 'module') body(collector, program.suite)
  else load(collector, program.value)
  return collector
}

/** Visits what is inside a new scope. */
function within(collector: Collector, type: Scope['type'], owner: Owner, visit: (scope: Scope) => void): void {
  const outer = collector.scope
  const scope = scopeFor(type, owner, outer)
  outer.children.push(scope)
  collector.scopes.set(owner, scope)
  collector.scope = scope
  visit(scope)
  collector.scope = outer
}

function mark(collector: Collector, name: string, marks: number, place: Place): void {
  const { scope, module } = collector
  const mangled = mangle(collector.className, name)
  const before = scope.symbols.get(mangled)?.marks ?? 0
  if (marks & before & PARAMETER) throw new CompileError('syntax', place, `the parameter '${name}' is repeated`)
  scope.symbols.set(mangled, { marks: before | marks, home: undefined })
  if (marks & PARAMETER) scope.parameters.push(mangled)
  if (marks & DECLARED_GLOBAL) {
    module.symbols.set(mangled, { marks: (module.symbols.get(mangled)?.marks ?? 0) | DECLARED_GLOBAL, home: undefined })
  }
}

const body = (collector: Collector, suite: Suite): void => statements(collector, suite.body)

function statements(collector: Collector, nodes: readonly Statement[]): void {
  for (const node of nodes) statement(collector, node)
}

function statement(collector: Collector, node: Statement): void {
  switch (node.kind) {
    case 'expression':
      load(collector, node.value)
      break
    case 'assignment':
      for (const target of node.targets) store(collector, target)
      load(collector, node.value)
      break
    case 'augmented assignment':
      store(collector, node.target)
      load(collector, node.value)
      break
    case 'deletion':
      for (const target of node.targets) store(collector, target)
      break
    case 'return':
      loadAll(collector, [node.value])
      break
    case 'raise':
      loadAll(collector, [node.exception, node.cause])
      break
    case 'assertion':
      loadAll(collector, [node.test, node.message])
      break
    case 'global':
      declare(collector, node.names, DECLARED_GLOBAL, node)
      break
    case 'nonlocal':
      declare(collector, node.names, DECLARED_NONLOCAL, node)
      break
    case 'if':
    case 'while':
      load(collector, node.test)
      statements(collector, node.body)
      statements(collector, node.otherwise)
      break
    case 'for':
      store(collector, node.target)
      load(collector, node.iterable)
      statements(collector, node.body)
      statements(collector, node.otherwise)
      break
    case 'try':
      statements(collector, node.body)
      for (const clause of node.clauses) {
        loadAll(collector, [clause.type])
        if (clause.name !== null) mark(collector, clause.name, ASSIGNED, clause)
        statements(collector, clause.body)
      }
      statements(collector, node.otherwise)
      statements(collector, node.final)
      break
    case 'function':
      mark(collector, node.name, ASSIGNED, node)
      loadAll(collector, node.parameters.defaults)
      loadAll(collector, node.parameters.keywordDefaults)
      if (collector.scope.type === 'class') collector.scope.needsClassDictionary = true
      within(collector, 'function', node, (scope) => {
        parameters(collector, scope, node.parameters)
        body(collector, node.suite)
      })
      break
    case 'class': {
      mark(collector, node.name, ASSIGNED, node)
      loadAll(collector, node.bases)
      for (const { value } of node.keywords) load(collector, value)
      const outer = collector.className
      within(collector, 'class', node, () => {
        collector.className = node.name
        body(collector, node.suite)
      })
      collector.className = outer
      break
    }
  }
}

function declare(collector: Collector, names: readonly string[], declaration: number, place: Place): void {
  const word = declaration === DECLARED_GLOBAL ? 'global' : 'nonlocal'
  for (const name of names) {
    const mangled = mangle(collector.className, name)
    const before = collector.scope.symbols.get(mangled)?.marks ?? 0
    if (before & PARAMETER) throw new CompileError('syntax', place, `'${name}' is a parameter and ${word}`)
    if (before & (ASSIGNED | USED)) throw new CompileError('syntax', place, `'${name}' is used before it is declared ${word}`)
    mark(collector, name, declaration, place)
    collector.scope.declarations.set(mangled, place)
  }
}

function parameters(collector: Collector, scope: Scope, node: Parameters): void {
  for (const parameter of [...node.positionalOnly, ...node.ordinary, ...node.keywordOnly]) {
    mark(collector, parameter.name, PARAMETER, debugChecked(parameter))
  }
  if (node.rest !== null) mark(collector, node.rest.name, PARAMETER, debugChecked(node.rest))
  if (node.keywordRest !== null) mark(collector, node.keywordRest.name, PARAMETER, debugChecked(node.keywordRest))
  scope.hasRest = node.rest !== null
  scope.hasKeywordRest = node.keywordRest !== null
}

function debugChecked(parameter: Place & { readonly name: string }): Place {
  if (parameter.name === '__debug__') throw new CompileError('syntax', parameter, '__debug__ cannot be a parameter')
  return parameter
}

/** What is bound or deleted. */
function store(collector: Collector, node: Target): void {
  switch (node.kind) {
    case 'name':
      mark(collector, node.name, ASSIGNED, node)
      break
    case 'list':
    case 'tuple':
      for (const item of node.items) store(collector, item.kind === 'starred' ? item.value : item)
      break
    default:
      load(collector, node)
  }
}

function loadAll(collector: Collector, nodes: readonly (Item | null)[]): void {
  for (const node of nodes) if (node !== null) load(collector, node.kind === 'starred' ? node.value : node)
}

function load(collector: Collector, node: Expression): void {
  switch (node.kind) {
    case 'constant':
      break
    case 'name':
      mark(collector, node.name, USED, node)
      // `super` looks for the class around it.
      if (node.name === 'super' && isFunction(collector.scope)) mark(collector, '__class__', USED, node)
      break
    case 'attribute':
      load(collector, node.value)
      break
    case 'subscript':
      loadAll(collector, [node.value, node.index])
      break
    case 'slice':
      loadAll(collector, [node.lower, node.upper, node.step])
      break
    case 'call':
      loadAll(collector, [node.callee, ...node.positional, ...node.keywords.map(({ value }) => value)])
      break
    case 'list':
    case 'tuple':
    case 'set':
      loadAll(collector, node.items)
      break
    case 'dictionary':
      loadAll(collector, [...node.entries.map(({ key }) => key), ...node.entries.map(({ value }) => value)])
      break
    case 'unary':
      load(collector, node.operand)
      break
    case 'binary':
      loadAll(collector, [node.left, node.right])
      break
    case 'boolean':
      loadAll(collector, node.values)
      break
    case 'comparison':
      loadAll(collector, [node.left, ...node.comparators])
      break
    case 'conditional':
      loadAll(collector, [node.test, node.body, node.otherwise])
      break
    case 'lambda':
      loadAll(collector, node.parameters.defaults)
      loadAll(collector, node.parameters.keywordDefaults)
      within(collector, 'function', node, (scope) => {
        parameters(collector, scope, node.parameters)
        load(collector, node.body)
      })
      break
    case 'comprehension':
      comprehension(collector, node)
      break
    case 'yield':
    case 'yield from':
      loadAll(collector, [node.value])
      if (collector.scope.comprehension !== null) throw new CompileError('syntax', node, "'yield' inside a comprehension")
      collector.scope.generator = true
      break
  }
}

/** The first iterable is evaluated outside, the rest inside. */
function comprehension(collector: Collector, node: Comprehension): void {
  const [first, ...others] = node.loops
  load(collector, first.iterable)
  within(collector, 'function', node, (scope) => {
    mark(collector, '.0', PARAMETER, node)
    store(collector, first.target)
    loadAll(collector, first.conditions)
    for (const { target, iterable, conditions } of others) {
      store(collector, target)
      load(collector, iterable)
      loadAll(collector, conditions)
    }
    loadAll(collector, [node.value, node.element])
    scope.generator = node.form === 'generator'
  })
}
