/**
 * A program that runs beside the suite, with everything it starts.
 *
 * It is the head of its own process group, so that ending it ends its descendants too, whatever
 * they do with signals; only one that makes itself the head of another group escapes. Needs a
 * system with process groups, which Windows does not have.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'

/** How much of the end of standard error is kept, in bytes. */
export const KEPT_STDERR = 64 * 1024

/** What a signal to a group answers of which nobody is left, or, on macOS, nobody but the dead. */
const NOBODY_LEFT: ReadonlySet<string | undefined> = new Set(['ESRCH', 'EPERM'])

/** How a program ended: with a code, or by a signal. */
export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export class ProgramProcess {
  /** Resolves once the program has ended and all it wrote has been handed over. Never rejects. */
  readonly closed: Promise<Exit>
  readonly #child: ChildProcessWithoutNullStreams
  readonly #grace: number
  #stderr = Buffer.alloc(0)
  #inputError: Error | undefined
  #open = true

  /**
   * Starts a program.
   *
   * @param grace How long it may take to end when it is asked to, in milliseconds.
   * @throws Error if it cannot be started.
   */
  static async start(words: readonly [string, ...string[]], grace: number): Promise<ProgramProcess> {
    const [program, ...args] = words
    const child = spawn(program, args, { detached: true, stdio: 'pipe' })
    await once(child, 'spawn')
    return new ProgramProcess(child, grace)
  }

  private constructor(child: ChildProcessWithoutNullStreams, grace: number) {
    this.#child = child
    this.#grace = grace
    this.closed = new Promise((resolve) => {
      child.once('close', (code: number | null, signal: NodeJS.Signals | null) => {
        this.#open = false
        process.off('exit', this.#killNow)
        resolve({ code, signal })
      })
    })
    // A program that is gone cannot be written to. That it is gone is noticed elsewhere.
    child.stdin.on('error', (error) => {
      this.#inputError = error
    })
    child.stderr.on('data', (chunk: Buffer) => {
      this.#stderr = Buffer.concat([this.#stderr, chunk]).subarray(-KEPT_STDERR)
    })
    child.once('exit', () => this.#leaveNobody())
    process.on('exit', this.#killNow)
  }

  get pid(): number {
    return this.#child.pid as number
  }

  /** The end of what the program wrote to its standard error, at most KEPT_STDERR bytes. */
  get stderr(): string {
    return this.#stderr.toString()
  }

  /** Whether the program no longer reads its standard input. */
  get deaf(): boolean {
    return this.#inputError !== undefined
  }

  /** Hands over what the program writes to its standard output, as it comes. */
  onOutput(take: (chunk: Buffer) => void): void {
    this.#child.stdout.on('data', take)
  }

  /** Writes to the program's standard input. That it no longer reads is no error here. */
  write(line: string): void {
    this.#child.stdin.write(line)
  }

  /** Lets the program end by itself, and makes it end if it does not. Resolves once nobody is left. */
  async end(): Promise<void> {
    this.#child.stdin.end()
    const timer = setTimeout(() => this.kill(), this.#grace)
    await this.closed
    clearTimeout(timer)
  }

  /** Makes the program and its descendants end: politely, then not. Resolves once nobody is left. */
  async kill(): Promise<void> {
    this.#signal('SIGTERM')
    const timer = setTimeout(this.#killNow, this.#grace)
    await this.closed
    clearTimeout(timer)
  }

  readonly #killNow = (): void => this.#signal('SIGKILL')

  /** The program has ended: its descendants do so too, and nobody else keeps its output open for long. */
  #leaveNobody(): void {
    this.#killNow()
    const timer = setTimeout(() => {
      this.#child.stdout.destroy()
      this.#child.stderr.destroy()
    }, this.#grace)
    void this.closed.then(() => clearTimeout(timer))
  }

  #signal(signal: NodeJS.Signals): void {
    if (!this.#open) return
    try {
      process.kill(-this.pid, signal)
    } catch (error) {
      if (!NOBODY_LEFT.has((error as NodeJS.ErrnoException).code)) throw error
    }
  }
}
