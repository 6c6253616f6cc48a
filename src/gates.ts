/**
 * Runs gates one after the other and says of each whether it holds and how long it took. The
 * first that does not hold ends the run, with everything it said.
 */
import { spawn } from 'node:child_process'

/** What a gate came to. A gate counts as one check itself, beside those that it counted. */
export interface Verification {
  readonly holds: boolean
  /** Everything it said, for when it does not hold. */
  readonly output: string
  /** Checks that it counted; none if it does not count. */
  readonly passed?: number
  readonly failed?: number
}

export interface Gate {
  readonly name: string
  verify(): Promise<Verification>
}

/** How many checks held and how many did not, gates included. */
export interface Tally {
  readonly passed: number
  readonly failed: number
}

const SECOND = 1000

/** @param write takes whole lines. */
export async function runGates(gates: readonly Gate[], write: (text: string) => void): Promise<Tally> {
  const width = Math.max(...gates.map(({ name }) => name.length))
  let tally: Tally = { passed: 0, failed: 0 }
  for (const { name, verify } of gates) {
    const started = performance.now()
    const { holds, output, passed = 0, failed = 0 } = await verify()
    const seconds = ((performance.now() - started) / SECOND).toFixed(1).padStart(6)
    const counted = passed + failed > 0 ? `  ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : ''
    tally = { passed: tally.passed + passed + Number(holds), failed: tally.failed + failed + Number(!holds) }
    write(`${holds ? 'ok    ' : 'FAILED'}  ${name.padEnd(width)}  ${seconds} s${counted}\n`)
    if (!holds) {
      write(`\n${output.trimEnd()}\n\nThe gate "${name}" does not hold; those after it were not tried.\n`)
      break
    }
  }
  return tally
}

/** A program that holds if it exits with 0 and, if its checks are counted, there were some and all passed. */
export interface Program {
  readonly args: readonly string[]
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/**
 * Runs a script with the Node that runs this.
 *
 * @param count finds in its output how many checks it made.
 */
export async function verifyProgram({ args, cwd, env = {} }: Program, count?: (output: string) => Tally): Promise<Verification> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>()
  const chunks: Buffer[] = []
  const child = spawn(process.execPath, [...args], { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.on('error', reject).on('close', resolve)
  const code = await promise
  const output = Buffer.concat(chunks).toString()
  const counted = count?.(output)
  return { holds: code === 0 && (!counted || (counted.passed > 0 && counted.failed === 0)), output, ...counted }
}

/** What cucumber-js says at its end: "3 scenarios (1 failed, 2 passed)". */
export function scenarioCount(output: string): Tally {
  const [, all = '0', parts = ''] = /^(\d+) scenarios? \((.*)\)$/m.exec(output) ?? []
  const passed = Number(/(\d+) passed/.exec(parts)?.[1] ?? 0)
  return { passed, failed: Number(all) - passed }
}

/** What vitest says at its end: "Tests  1 failed | 2 passed (3)". */
export function testCount(output: string): Tally {
  const [, parts = ''] = /^\s*Tests\s+(.*)\(\d+\)$/m.exec(output) ?? []
  const number = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(parts)?.[1] ?? 0)
  return { passed: number('passed'), failed: number('failed') }
}
