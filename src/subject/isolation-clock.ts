/** The time that one scenario has. */
export class ScenarioClock {
  /** Rejects with Overdue when the time is up, whether or not anybody is waiting. */
  readonly over: Promise<never>
  readonly #timer: NodeJS.Timeout

  /**
   * @param time In milliseconds, from now.
   * @param exceeded What it means that the time is up, in words.
   */
  constructor(time: number, exceeded: string) {
    const { promise, reject } = Promise.withResolvers<never>()
    promise.catch(() => undefined) // time may be up while nobody asks; the next request finds out
    this.over = promise
    this.#timer = setTimeout(() => reject(new Overdue(exceeded)), time)
  }

  /** The time is no longer counted. */
  stop(): void {
    clearTimeout(this.#timer)
  }
}

/** A scenario has used up its time. */
export class Overdue extends Error {
  override readonly name = 'Overdue'
}
