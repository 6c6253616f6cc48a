import { CPYTHON, chosenSubject } from '../commands/subject-option.ts'
import { LIMITS } from '../subject/isolation-limits.ts'
import { connectProgram } from '../subject/program.ts'
import { Asked } from './pair.ts'

/** A CPython that is asked. @throws UsageError if there is none that can be started. */
export async function cpython(python: string | undefined): Promise<Asked> {
  const tell = (text: string) => process.stderr.write(text)
  const { command } = await chosenSubject({ subject: CPYTHON, python }, { env: process.env, tell })
  return new Asked(() => connectProgram(command as string, LIMITS))
}
