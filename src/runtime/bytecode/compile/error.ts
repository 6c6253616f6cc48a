/** Why a program is refused, before anything of it runs. */
export class CompileError extends Error {
  /** Whether the text is no Python, or Python that this compiler does not know. */
  readonly kind: 'syntax' | 'unsupported'
  /** From 1. */
  readonly line: number
  /** From 1. */
  readonly column: number

  constructor(kind: 'syntax' | 'unsupported', place: { readonly line: number; readonly column: number }, message: string) {
    super(message)
    this.name = 'CompileError'
    this.kind = kind
    this.line = place.line
    this.column = place.column
  }
}
