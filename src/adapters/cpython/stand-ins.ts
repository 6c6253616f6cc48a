/** Programs that stand in for an interpreter and a compiler, for tests. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a usable interpreter says of itself. */
export const DESCRIPTION = {
  implementation: 'cpython',
  version: '3.14.0a2+',
  hexversion: 0x030e00a2,
  freeThreaded: true,
  debug: false,
  include: '/nowhere/include',
  libraries: ['/nowhere/libpython3.14t.a'],
  linked: ['-ldl'],
  compiler: ['gcc', '-pthread'],
}

/** Writes a program of the shell. @returns its file. */
export function program(folder: string, name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${text}\n`)
  chmodSync(file, 0o755)
  return file
}

/** Writes an interpreter that says that of itself. @returns its file. */
export function interpreterSaying(folder: string, name: string, description: unknown): string {
  return program(folder, name, `cat <<'END'\n${JSON.stringify(description)}\nEND`)
}

/** Headers and a static library that nobody would compile or link. @returns what to put into the description. */
export function embedding(folder: string): { include: string; libraries: string[] } {
  const include = join(folder, 'include')
  mkdirSync(join(include, 'internal'), { recursive: true })
  writeFileSync(join(include, 'Python.h'), '')
  writeFileSync(join(include, 'internal', 'pycore_brc.h'), '')
  const library = join(folder, 'libpython3.14t.a')
  writeFileSync(library, '')
  return { include, libraries: [join(folder, 'absent.a'), library] }
}
