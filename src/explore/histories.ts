/**
 * What every thread may have behind it: one tree per thread, learned while exploring.
 *
 * A body is a pure function of the results of its operations. So what it does next is decided by
 * the results it has had so far, its history, and need only be found out once. A node of the tree
 * is a history that ends with an operation about to be performed; the edge to a child is the
 * operation's result. To advance a thread by a history that is known is to follow an edge; only
 * for a new one is the body run again.
 *
 * Two threads with the same node have the same history, hence the same future given the same
 * memory. A node's number therefore stands for a thread's whole local state.
 */
import { NAMES, OPERATIONS, PAUSE, START } from './operations.ts'

/** A history. Nodes are where they lie in the array below. */
export type Node = number

/** No history. */
export const NONE: Node = 0

/** What a node consists of. */
const STRIDE = 8
/** The operation, and whether it follows a pause. */
export const OPERATION = 0
/** The word of its cell; the first cell of a range; else zero. */
export const WORD = 1
export const FIRST = 2
export const SECOND = 3
const CHILD = 4
const SIBLING = 5
/** The result of the parent's operation. */
const EDGE = 6
const PARENT = 7

/** Of the operation's field. */
export const CODE = 63
/** Set for an operation that directly follows a pause: it need not be tried before something changed. */
export const AFTER_PAUSE = 64

const FIRST_CAPACITY = STRIDE << 8

if (OPERATIONS > CODE) throw new Error('there are more operations than the field holds')

/** What a body came to. */
export interface Ending {
  /** What it returned or threw. */
  readonly value: unknown
}

export class Histories {
  /** The nodes. Replaced when they grow: do not keep it while a body runs. */
  nodes = new Int32Array(FIRST_CAPACITY)
  readonly #roots: readonly Node[]
  readonly #endings: Ending[] = []
  #end = STRIDE

  constructor(threads: number) {
    this.#roots = Array.from({ length: threads }, () => this.#make(START, 0, 0, 0, NONE, 0))
  }

  /** How many there are. */
  get count(): number {
    return this.#end / STRIDE - 1
  }

  /** The history of a thread that has not begun. */
  root(thread: number): Node {
    return this.#roots[thread] as Node
  }

  /** The history that follows when the operation of `node` gives such a result; NONE if it is not known yet. */
  child(node: Node, result: number): Node {
    const { nodes } = this
    let child = nodes[node + CHILD] as Node
    while (child !== NONE && nodes[child + EDGE] !== result) child = nodes[child + SIBLING] as Node
    return child
  }

  /** Learns what follows when the operation of `parent` gives such a result. */
  learn(parent: Node, result: number, operation: number, word: number, first: number, second: number): Node {
    const paused = this.operation(parent) === PAUSE ? AFTER_PAUSE : 0
    const node = this.#make(operation | paused, word, first, second, parent, result)
    const { nodes } = this
    nodes[node + SIBLING] = nodes[parent + CHILD] as Node
    nodes[parent + CHILD] = node
    return node
  }

  /** As `learn`, of a body that returned or threw. */
  learnEnding(parent: Node, result: number, operation: number, value: unknown): Node {
    return this.learn(parent, result, operation, 0, this.#endings.push({ value }) - 1, 0)
  }

  /** What a body at its end returned or threw. */
  ending(node: Node): unknown {
    return (this.#endings[this.nodes[node + FIRST] as number] as Ending).value
  }

  operation(node: Node): number {
    return (this.nodes[node + OPERATION] as number) & CODE
  }

  /** The operation's name and operands, for messages. */
  describe(node: Node): string {
    const { nodes } = this
    return `${NAMES[this.operation(node)]}(${nodes[node + FIRST]}, ${nodes[node + SECOND]})`
  }

  /** The history without its last operation. */
  parent(node: Node): Node {
    return this.nodes[node + PARENT] as Node
  }

  /** The result of the operation before. */
  resultBefore(node: Node): number {
    return this.nodes[node + EDGE] as number
  }

  /** Writes out the history that ends with the operation of `node` and its result: from the start on. */
  retrace(node: Node, result: number, into: Path): void {
    const { nodes } = this
    let length = 1
    for (let at = node; nodes[at + PARENT] !== NONE; at = nodes[at + PARENT] as Node) length += 1
    if (length > into.nodes.length) {
      into.nodes = new Int32Array(2 * length)
      into.results = new Int32Array(2 * length)
    }
    into.length = length
    let at = node
    into.results[length - 1] = result
    for (let index = length - 1; index >= 0; index--) {
      into.nodes[index] = at
      if (index > 0) into.results[index - 1] = nodes[at + EDGE] as number
      at = nodes[at + PARENT] as Node
    }
  }

  #make(operation: number, word: number, first: number, second: number, parent: Node, result: number): Node {
    const node = this.#end
    if (node + STRIDE > this.nodes.length) {
      const nodes = new Int32Array(2 * this.nodes.length)
      nodes.set(this.nodes)
      this.nodes = nodes
    }
    this.#end += STRIDE
    const { nodes } = this
    nodes[node + OPERATION] = operation
    nodes[node + WORD] = word
    nodes[node + FIRST] = first
    nodes[node + SECOND] = second
    nodes[node + PARENT] = parent
    nodes[node + EDGE] = result
    return node
  }
}

/** A history written out: its operations' nodes, and their results. */
export interface Path {
  nodes: Int32Array
  results: Int32Array
  length: number
}
