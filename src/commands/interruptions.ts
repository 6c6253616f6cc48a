/**
 * What happens when somebody interrupts a command.
 */
import { EXIT } from '../verdict/gate.ts'

const INTERRUPTIONS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Runs something that may be interrupted by a signal. This process ends then, the way a program does that ends, so that
 * nothing is left behind that it started.
 *
 * @param report tells first what was found out.
 */
export async function untilInterrupted<T>(report: () => void, run: () => Promise<T>): Promise<T> {
  const interrupted = (): never => {
    try {
      report()
      process.exit(EXIT.incomplete)
    } catch (error) {
      console.error(error)
      process.exit(EXIT.internal)
    }
  }
  for (const signal of INTERRUPTIONS) process.on(signal, interrupted)
  try {
    return await run()
  } finally {
    for (const signal of INTERRUPTIONS) process.off(signal, interrupted)
  }
}
