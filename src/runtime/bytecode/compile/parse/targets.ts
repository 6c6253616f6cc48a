/**
 * What can be assigned to or deleted.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Expression } from '../ast.ts'
import { type Source, spanning, syntaxError } from './source.ts'

/** Gives back an expression that can be assigned to. `nodes` is where it stands. */
export function checkTarget(source: Source, nodes: readonly SyntaxNode[], target: Expression): Expression {
  check(source, nodes, target, true)
  return target
}

/** Gives back an expression that can be deleted. */
export function checkDeleted(source: Source, nodes: readonly SyntaxNode[], target: Expression): Expression {
  check(source, nodes, target, false)
  return target
}

function check(source: Source, nodes: readonly SyntaxNode[], target: Expression, starred: boolean): void {
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
    case 'tuple': {
      const stars = target.items.filter((item) => item.kind === 'starred')
      if (stars.length > (starred ? 1 : 0)) throw syntaxError(source, spanning(nodes), 'there are too many starred targets')
      for (const item of target.items) check(source, nodes, item.kind === 'starred' ? item.value : item, starred)
      break
    }
    default:
      throw syntaxError(source, spanning(nodes), `this cannot be a target: ${target.kind}`)
  }
}

function notDebug(source: Source, nodes: readonly SyntaxNode[], name: string): void {
  if (name === '__debug__') throw syntaxError(source, spanning(nodes), '__debug__ cannot be a target')
}
