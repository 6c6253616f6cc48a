/**
 * What programs of the project have in common that are no subcommands: `npm run differential` and its like.
 */
import { EXIT } from '../verdict/gate.ts'
import type { Terminal } from './terminal.ts'
import { UsageError } from './usage-error.ts'

/**
 * Runs one, and says whether all is well by the exit code. That it was called wrongly is told in a line.
 * @param name how it is called, for that line.
 */
export async function script(name: string, err: Terminal['err'], run: () => Promise<boolean>): Promise<number> {
  try {
    return (await run()) ? EXIT.well : EXIT.failed
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    err.write(`${name}: ${error.message}\n`)
    return EXIT.usage
  }
}
