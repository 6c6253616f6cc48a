/**
 * What `--subject` names.
 */
import { existsSync } from 'node:fs'
import { commandWords } from '../subject/program-command.ts'
import { UsageError } from './usage-error.ts'

export interface ChosenSubject {
  /** What starts it; the reference in this process without one. */
  readonly command: string | undefined
}

/**
 * The subject that is meant.
 *
 * @throws UsageError if it can be no command.
 */
export function chosenSubject({ subject }: { readonly subject?: string | undefined }): ChosenSubject {
  try {
    if (subject !== undefined) commandWords(subject)
    return { command: subject }
  } catch (error) {
    throw new UsageError(`--subject: ${(error as Error).message}`)
  }
}

/** Whether there is such a list of known failures. */
export const isThere = (list: string): boolean => existsSync(list)
