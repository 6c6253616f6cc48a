/**
 * The text of a program, and the places in it.
 *
 * A syntax tree of the parser library knows offsets; everything else knows lines and columns.
 */
import type { SyntaxNode } from '@lezer/common'
import type { Place } from '../ast.ts'
import { CompileError } from '../error.ts'

export interface Source {
  readonly text: string
  /** The offset at which each line begins. */
  readonly lineStarts: readonly number[]
}

/** Takes every kind of line end for one. */
export function sourceOf(program: string): Source {
  const text = program.replaceAll(/\r\n?/g, '\n')
  const lineStarts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1)
  return { text, lineStarts }
}

export interface Span {
  readonly from: number
  readonly to: number
}

/** The line of an offset, from 0. */
function lineAt(source: Source, offset: number): number {
  let low = 0
  let high = source.lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((source.lineStarts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

export function placeOf(source: Source, span: Span): Place {
  const line = lineAt(source, span.from)
  return {
    line: line + 1,
    column: span.from - (source.lineStarts[line] as number) + 1,
    endLine: lineAt(source, Math.max(span.from, span.to - 1)) + 1,
  }
}

export const textOf = (source: Source, span: Span): string => source.text.slice(span.from, span.to)

/** The children of a node that mean something. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment' && !child.type.isError) children.push(child)
  }
  return children
}

/** From the first to the last of some nodes. */
export const spanning = (nodes: readonly SyntaxNode[]): Span => ({
  from: (nodes[0] as SyntaxNode).from,
  to: (nodes.at(-1) as SyntaxNode).to,
})

/** The runs of nodes between separators. The last run may be empty. */
export function splitAt(nodes: readonly SyntaxNode[], separator: string): SyntaxNode[][] {
  const runs: SyntaxNode[][] = [[]]
  for (const node of nodes) {
    if (node.name === separator) runs.push([])
    else (runs.at(-1) as SyntaxNode[]).push(node)
  }
  return runs
}

export const syntaxError = (source: Source, span: Span, message: string): CompileError =>
  new CompileError('syntax', placeOf(source, span), message)

export const unsupported = (source: Source, span: Span, what: string): CompileError =>
  new CompileError('unsupported', placeOf(source, span), `${what} are not supported`)
