/**
 * What can be assigned to or deleted.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Expression, Item, Target } from '../ast.ts'
import { type Source, spanning, syntaxError } from './source.ts'

/** What the instruction that unpacks has room for. */
const MAX_BEFORE_STAR = 0xff

/** Takes an expression for one that can be assigned to. `nodes` is where it stands. */
export function checkTarget(source: Source, nodes: readonly SyntaxNode[], target: Expression): Target {
  check(source, nodes, target, true)
  return target as Target
}

/** Takes the items of a `del` for ones that can be deleted. */
export function checkDeleted(source: Source, nodes: readonly SyntaxNode[], target: Item): Target {
  check(source, nodes, target, false)
  return target as Target
}

function check(source: Source, nodes: readonly SyntaxNode[], target: Item, starred: boolean): void {
  switch (target.kind) {
    case 'name':
      notDebug(source, nodes, target.name)
      break
    case 'attribute':
      notDebug(source, nodes, target.attribute)
      break
    case 'subscript':
      break
    case 'list':
    case 'tuple':
      checkStars(source, nodes, target.items, starred)
      for (const item of target.items) check(source, nodes, item.kind === 'starred' ? item.value : item, starred)
      break
    default:
      throw syntaxError(source, spanning(nodes), `this cannot be a target: ${target.kind}`)
  }
}

function checkStars(source: Source, nodes: readonly SyntaxNode[], items: readonly Item[], starred: boolean): void {
  const stars = items.filter(({ kind }) => kind === 'starred').length
  if (stars > (starred ? 1 : 0)) throw syntaxError(source, spanning(nodes), 'there are too many starred targets')
  if (items.findIndex(({ kind }) => kind === 'starred') > MAX_BEFORE_STAR) {
    throw syntaxError(source, spanning(nodes), 'there are too many targets before a starred one')
  }
}

function notDebug(source: Source, nodes: readonly SyntaxNode[], name: string): void {
  if (name === '__debug__') throw syntaxError(source, spanning(nodes), '__debug__ cannot be a target')
}
