/** What an instruction is carried out by. */
import type { Execution } from '../execution.ts'

/** @param argument of the instruction, with its upper bits. @throws Raised or OutOfMemory: unwinding gives back what then lies on the stack */
export type Handler = (run: Execution, argument: number) => void

/** Some instructions, by number. */
export type Handlers = Readonly<Record<number, Handler>>
