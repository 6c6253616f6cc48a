/** The smallest case that still shows what a larger one does: fewer calls, fewer statements. */
import type { Call, Case, Statement } from './case.ts'

/** @param shows whether a case still shows it. @param attempts how many are tried at most. */
export async function shrink(large: Case, shows: (smaller: Case) => Promise<boolean>, attempts = 400): Promise<Case> {
  let smallest = large
  let left = attempts
  for (let shrunk = true; shrunk && left > 0; ) {
    shrunk = false
    for (const smaller of smallerThan(smallest)) {
      if (left-- <= 0) break
      if (!(await shows(smaller))) continue
      smallest = smaller
      shrunk = true
      break
    }
  }
  return smallest
}

/** What is one step smaller, the boldest steps first. */
function* smallerThan(large: Case): Generator<Case> {
  const { calls, program } = large
  for (let size = calls.length >> 1; size >= 1; size >>= 1) {
    for (let from = calls.length - size; from >= 0; from -= size) {
      yield { ...large, calls: [...calls.slice(0, from), ...calls.slice(from + size)] }
    }
  }
  for (const [at, call] of calls.entries()) {
    const { leaves, ...stays } = call
    if (leaves) yield { ...large, calls: calls.with(at, stays) }
    for (const times of fewerTimes(call)) yield { ...large, calls: calls.with(at, { ...call, times }) }
  }
  for (const fewer of fewerStatements(program))
    yield { ...large, program: fewer, functions: large.functions.filter((path) => isDefined(fewer, path)) }
  if (large.actors.length > 1) {
    const used = large.actors.filter((actor) => calls.some((call) => call.actor === actor))
    if (used.length > 0 && used.length < large.actors.length) yield { ...large, actors: used }
  }
}

const fewerTimes = ({ times }: Call): number[] =>
  [1, times >> 1, times - 1].filter((fewer, at, all) => fewer >= 1 && fewer < times && all.indexOf(fewer) === at)

/** Without one of the statements, or with the statements of its body in its place. */
function* fewerStatements(statements: readonly Statement[]): Generator<Statement[]> {
  for (const [at, statement] of statements.entries()) {
    yield statements.toSpliced(at, 1)
    if (statement.body === undefined) continue
    if (!/^(def|class) /.test(statement.line)) yield statements.toSpliced(at, 1, ...statement.body)
    for (const body of fewerStatements(statement.body)) yield statements.with(at, { ...statement, body })
  }
}

/** Whether the first name of a path is that of a class or function of the program; of what functions make, nobody knows. */
function isDefined(program: readonly Statement[], path: string): boolean {
  const [name, method] = path.split('.')
  if (path.startsWith('inner_')) return true
  const found = program.find(({ line }) => line.startsWith(`def ${name}(`) || line === `class ${name}:`)
  return found !== undefined && (method === undefined || (found.body ?? []).some(({ line }) => line.startsWith(`def ${method}(`)))
}
