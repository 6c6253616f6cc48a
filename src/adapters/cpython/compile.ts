/**
 * Calls a compiler, several times at once, so that nothing of it goes on when this process ends.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { Unusable } from './interpreter.ts'

/** How many lines of a compiler's complaints are told. */
const TOLD = 20

export interface Compiler {
  readonly program: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** A folder for its temporary files. */
  readonly temporary: string
  /** What it means if a call fails. */
  readonly failing: string
}

/**
 * Calls the compiler with each of these arguments, as many at a time as there are cores.
 *
 * @throws Unusable if a call fails. Of several, the first is told: the others may fail for the same reason.
 */
export async function compile(compiler: Compiler, calls: readonly (readonly string[])[]): Promise<void> {
  const running = new Set<ChildProcess>()
  const kill = (): void => running.forEach(killGroup)
  // Before whoever removes what the compiler writes.
  process.prependListener('exit', kill)
  const failures: { readonly index: number; readonly why: string }[] = []
  let next = 0
  const work = async (): Promise<void> => {
    while (next < calls.length && failures.length === 0) {
      const index = next++
      const why = await call(compiler, calls[index] as readonly string[], running)
      if (why !== undefined) failures.push({ index, why })
    }
  }
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, work))
  } finally {
    process.off('exit', kill)
  }
  // Calls begin in order, so whichever came before one that failed has been waited for.
  const [first] = failures.sort((one, other) => one.index - other.index)
  if (first) throw new Unusable(first.why)
}

/** @returns why it failed, if it did. */
function call(
  { program, env, temporary, failing }: Compiler,
  args: readonly string[],
  running: Set<ChildProcess>,
): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  // In a group of its own: a compiler starts further programs. Its complaints are read, so they are in one language.
  const child = spawn(program, args, {
    env: { ...env, LC_ALL: 'C', TMPDIR: temporary },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  running.add(child)
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  child.on('error', ({ message }) => resolve(`${program} cannot be run: ${message}`))
  child.on('exit', () => running.delete(child))
  child.on('close', (code, signal) =>
    resolve(code === 0 ? undefined : `${failing}; ${program} ended with ${signal ?? code}:\n${complaintsIn(said)}`),
  )
  return promise
}

function killGroup({ pid }: ChildProcess): void {
  if (pid !== undefined) process.kill(-pid, 'SIGKILL')
}

const COMPLAINT = /\berror: |undefined reference to /

/** The first complaint and what follows it: the others often come of it. The last lines if nothing looks like one. */
function complaintsIn(said: string): string {
  const lines = said.trim().split('\n')
  const first = lines.findIndex((line) => COMPLAINT.test(line))
  return (first < 0 ? lines.slice(-TOLD) : lines.slice(first, first + TOLD)).join('\n')
}
