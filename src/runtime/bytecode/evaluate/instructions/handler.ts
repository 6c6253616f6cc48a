/** What an instruction is carried out by. */
import type { Execution } from '../execution.ts'

export type Handler = (run: Execution, argument: number) => void

/** Some instructions, by number. */
export type Handlers = Readonly<Record<number, Handler>>
