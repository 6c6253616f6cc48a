/**
 * The parameters of a function or lambda.
 *
 *     positional only, /, ordinary, *rest, keyword only, **keyword rest
 */
import type { SyntaxNode } from '@lezer/common'
import type { Expression, Parameter, Parameters } from '../ast.ts'
import { expression, identifier } from './expressions.ts'
import { childrenOf, placeOf, type Source, splitAt, syntaxError, textOf, unsupported } from './source.ts'

interface Draft {
  positionalOnly: Parameter[]
  ordinary: Parameter[]
  rest: Parameter | null
  keywordOnly: Parameter[]
  keywordRest: Parameter | null
  defaults: Expression[]
  keywordDefaults: (Expression | null)[]
  /** Whether a `*` has been seen: what follows is keyword only. */
  starred: boolean
}

export function parameters(source: Source, list: SyntaxNode): Parameters {
  const nodes = childrenOf(list).filter((node) => node.name !== '(' && node.name !== ')')
  const commas = nodes.filter((node) => node.name === ',')
  const draft: Draft = {
    positionalOnly: [],
    ordinary: [],
    rest: null,
    keywordOnly: [],
    keywordRest: null,
    defaults: [],
    keywordDefaults: [],
    starred: false,
  }
  splitAt(nodes, ',').forEach((run, index) => {
    if (run.length > 0) parameter(source, draft, run)
    else emptyRun(source, draft, list, commas[index - 1], commas[index])
  })
  const { starred, ...found } = draft
  if (starred && found.rest === null && found.keywordOnly.length === 0) {
    throw syntaxError(source, list, 'a bare * must be followed by named parameters')
  }
  return found
}

/** The library has no node for the slash, so that it is looked for between the commas. */
function emptyRun(source: Source, draft: Draft, list: SyntaxNode, before: SyntaxNode | undefined, after: SyntaxNode | undefined): void {
  const between = textOf(source, { from: before?.to ?? list.from, to: after?.from ?? list.to }).replaceAll(/#.*|[\s()\\]/g, '')
  if (between === '/') slash(source, draft, list)
  else if (between !== '') throw syntaxError(source, list, 'a parameter is missing')
}

function slash(source: Source, draft: Draft, list: SyntaxNode): void {
  if (draft.ordinary.length === 0 || draft.positionalOnly.length > 0 || draft.starred || draft.keywordRest !== null) {
    throw syntaxError(source, list, 'the / is out of place')
  }
  draft.positionalOnly = draft.ordinary
  draft.ordinary = []
}

function parameter(source: Source, draft: Draft, run: readonly SyntaxNode[]): void {
  const annotation = run.find((node) => node.name === 'TypeDef')
  if (annotation !== undefined) throw unsupported(source, annotation, 'annotations')
  const [first, second, preset] = run as [SyntaxNode, SyntaxNode | undefined, SyntaxNode | undefined]
  if (draft.keywordRest !== null) throw syntaxError(source, first, 'nothing can follow the parameter with **')
  if (first.name === '*') star(source, draft, first, second)
  else if (first.name === '**') draft.keywordRest = named(source, second as SyntaxNode)
  else plain(source, draft, first, preset)
}

function star(source: Source, draft: Draft, at: SyntaxNode, name: SyntaxNode | undefined): void {
  if (draft.starred) throw syntaxError(source, at, 'there can be only one *')
  draft.starred = true
  draft.rest = name === undefined ? null : named(source, name)
}

function plain(source: Source, draft: Draft, name: SyntaxNode, value: SyntaxNode | undefined): void {
  const preset = value === undefined ? null : expression(source, value)
  if (draft.starred) {
    draft.keywordOnly.push(named(source, name))
    draft.keywordDefaults.push(preset)
    return
  }
  draft.ordinary.push(named(source, name))
  if (preset !== null) draft.defaults.push(preset)
  else if (draft.defaults.length > 0) throw syntaxError(source, name, 'a parameter without a default follows one with a default')
}

const named = (source: Source, node: SyntaxNode): Parameter => ({ ...placeOf(source, node), name: identifier(source, node) })
