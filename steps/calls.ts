/**
 * Calls, as a program would write them.
 */

export interface Call {
  readonly function: string
  readonly args: string[]
}

/** A call: the path of what is called, and its arguments. Commas within brackets or quotes separate nothing. */
export const CALL = /[A-Za-z_][\w.]*\((?:[^()'"]|\([^()]*\)|'[^']*'|"[^"]*")*\)/

export function callOf(text: string): Call {
  const open = text.indexOf('(')
  const inside = text.slice(open + 1, -1)
  const args = inside.match(/(?:[^,()[\]'"]|\([^()]*\)|\[[^[\]]*\]|'[^']*'|"[^"]*")+/g) ?? []
  return { function: text.slice(0, open), args: args.map((arg) => arg.trim()).filter((arg) => arg !== '') }
}
