/**
 * The import rule of docs/architecture.md: who may know whom.
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { expect, test } from 'vitest'

/** The layers of the runtime, from the bottom to the top. Each imports only those below it. */
const LADDER = [
  'memory',
  'sync',
  'heap',
  'thread',
  'refcount',
  'reclaim',
  'bytecode/compile',
  'bytecode/objects',
  'bytecode/code',
  'bytecode/specialize',
  'bytecode/copies',
  'bytecode/constants',
  'bytecode/instrument',
  'bytecode/evaluate',
  'bytecode/builtins',
  // What puts the parts together.
  'bytecode',
  'gc',
  'crossing',
  'interpreter',
] as const
const layer = (name: string): string => `src/runtime/${name}`

/** What each folder may import, besides itself. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(LADDER.map((name, height) => [layer(name), LADDER.slice(0, height).map(layer)])),
  // The compiler is a function of the text alone.
  [layer('bytecode/compile')]: [],
  'src/protocol': [],
  'src/verdict': ['src/protocol'],
  'src/requirements': ['src/protocol', 'src/verdict'],
  // What binds the runtime to the protocol knows both; whoever reaches programs knows only the protocol.
  'src/subject/reference': ['src/protocol', 'src/subject', 'src/explore', ...LADDER.map(layer)],
  'src/subject': ['src/protocol', 'src/subject/reference'],
  'src/explore': [layer('memory')],
  'src/report': ['src/protocol', 'src/requirements', 'src/verdict', 'src/folder.ts'],
  // A faulty runtime is started as a program.
  'src/faults': ['src/protocol', 'src/requirements', 'src/verdict', 'src/report', 'src/subject', 'src/cucumber.ts', 'src/main.ts'],
  steps: ['src/protocol', 'src/subject', 'src/verdict'],
  // What finds and builds an adapter knows nothing of what is asked of it.
  'src/adapters': ['src/folder.ts'],
}

/** Here the records that each folder of bytecode describes are put together: these files know them all, and are known to all. */
const PUT_TOGETHER = ['interpreter-code', 'thread-code'].map((name) => `${layer('bytecode/code')}/${name}.ts`)
const isPutTogether = (file: string, target: string): boolean =>
  (PUT_TOGETHER.includes(file) && target.startsWith(`${layer('bytecode')}/`)) ||
  (PUT_TOGETHER.includes(target) && file.startsWith(`${layer('bytecode')}/`))

const IMPORT = /\b(?:from|import\(|import|new URL\()\s*'(\.[^']+\.ts)'/g
const ROOT = join(import.meta.dirname, '..')
const FILES = globSync('{src,steps}/**/*.ts', { cwd: ROOT, exclude: ['**/*.test.ts'] }).map((file) => file.replaceAll(sep, '/'))

const folderOf = (file: string): string | undefined => Object.keys(ALLOWED).find((folder) => file.startsWith(`${folder}/`))
const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8')

/** The imports of a file that lead where its folder may not look. */
function forbidden(file: string, text: string): string[] {
  const from = folderOf(file)
  if (from === undefined) return []
  return [...text.matchAll(IMPORT)].flatMap(([, path = '']) => {
    const target = relative(ROOT, join(ROOT, dirname(file), path)).replaceAll(sep, '/')
    const to = folderOf(target)
    if (isPutTogether(file, target)) return []
    return to === from || ALLOWED[from]?.includes(to ?? target) ? [] : [target]
  })
}

test('every module imports only what its layer may', () => {
  expect(FILES.length).toBeGreaterThan(50)
  const found = FILES.flatMap((file) => forbidden(file, textOf(file)).map((target) => `${file} imports ${target}`))
  expect(found).toEqual([])
})

test('every folder of the runtime is a step of the ladder', () => {
  const inRuntime = FILES.filter((file) => file.startsWith('src/runtime/'))
  expect(inRuntime.filter((file) => !LADDER.some((name) => file.startsWith(`${layer(name)}/`)))).toEqual([])
})

test('only the memory layer says Atomics', () => {
  const elsewhere = FILES.filter((file) => !file.startsWith(`${layer('memory')}/`) && /\bAtomics\./.test(textOf(file)))
  expect(elsewhere).toEqual([])
})

/** The grammar is recursive, and so are what reads it and what makes instructions of it: by functions that nobody calls while files are loaded. */
const RECURSIVE = ['parse', 'generate'].map((name) => `${layer('bytecode/compile')}/${name}/`)

/** Imports of what is there when the file runs: types are not. */
const LOADED = /^(?:import|export) (?!type )(?!\{(?: *type [^,}]*,?)* *\})[^;']*?'(\.[^']+\.ts)'/gm

/** The files that each file loads. */
const LOADS = new Map(
  FILES.filter((file) => file.startsWith('src/runtime/')).map((file) => [
    file,
    [...textOf(file).matchAll(LOADED)].map(([, path = '']) => relative(ROOT, join(ROOT, dirname(file), path)).replaceAll(sep, '/')),
  ]),
)

/** Files, each with one that it loads and that comes back to it. */
function circular(loads: ReadonlyMap<string, readonly string[]>): (readonly [string, string])[] {
  const reached = (from: string): Set<string> => {
    const found = new Set([from])
    for (const file of found) for (const other of loads.get(file) ?? []) found.add(other)
    return found
  }
  return [...loads].flatMap(([file, others]) => others.filter((other) => reached(other).has(file)).map((other) => [file, other] as const))
}

test('no files of the runtime load each other in a circle: any of them can be the first', () => {
  const found = circular(LOADS)
  const recursive = found.filter((pair) => RECURSIVE.some((folder) => pair.every((file) => file.startsWith(folder))))
  // So circles are found.
  expect(recursive).not.toEqual([])
  expect(found.filter((pair) => !recursive.includes(pair))).toEqual([])
})

test('a circle is found, wherever one enters it', () => {
  const loads = new Map(Object.entries({ a: ['b'], b: ['c', 'd'], c: ['d', 'b'], d: [] }))
  expect(circular(loads)).toEqual([
    ['b', 'c'],
    ['c', 'b'],
  ])
})

test.for([
  ['src/runtime/sync/mutex.ts', "import { x } from '../thread/requests.ts'", 'src/runtime/thread/requests.ts'],
  ['src/runtime/refcount/biased.ts', "import type { X } from '../../protocol/messages.ts'", 'src/protocol/messages.ts'],
  ['src/runtime/bytecode/compile/parse.ts', "import { x } from '../../memory/memory.ts'", 'src/runtime/memory/memory.ts'],
  ['src/runtime/bytecode/code/code.ts', "import { x } from '../copies/copies.ts'", 'src/runtime/bytecode/copies/copies.ts'],
  ['src/runtime/bytecode/code/thread-code.ts', "import { x } from '../../interpreter/thread.ts'", 'src/runtime/interpreter/thread.ts'],
  ['src/runtime/sync/mutex.ts', "import { x } from '../bytecode/code/thread-code.ts'", 'src/runtime/bytecode/code/thread-code.ts'],
  ['src/runtime/gc/collect.ts', "await import('../interpreter/fork.ts')", 'src/runtime/interpreter/fork.ts'],
  ['src/runtime/heap/pages.ts', "new Worker(new URL('../../subject/worker.ts', import.meta.url))", 'src/subject/worker.ts'],
  ['src/protocol/wire.ts', "import '../verdict/verdict.ts'", 'src/verdict/verdict.ts'],
  ['steps/objects.ts', "import { x } from '../src/runtime/memory/memory.ts'", 'src/runtime/memory/memory.ts'],
  ['src/subject/program.ts', "export { x } from '../runtime/refcount/biased.ts'", 'src/runtime/refcount/biased.ts'],
  ['src/subject/reference/host.ts', "import { x } from '../../verdict/judge.ts'", 'src/verdict/judge.ts'],
] as const)('an import that breaks the rule is found: %s', ([file, text, target]) => {
  expect(forbidden(file, text)).toEqual([target])
})
