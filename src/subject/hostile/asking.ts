/** What the tests of these programs have in common: how they are started, asked, and found to be gone. */
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished } from 'vitest'
import type { Params } from '../../protocol/messages.ts'
import { connectProgram } from '../program.ts'
import { type Subject, SubjectFailure } from '../subject.ts'

/** Limits of a program, in milliseconds. These are far more than anything takes that works. */
export const PATIENT = { reply: 10_000, grace: 10_000 }

export const OPEN: Params<'open'> = {
  scenario: 'QSBR-01.1',
  actors: ['Ada'],
  build: { threading: 'free-threaded', freelists: true, referenceDebugging: false },
  argv: [],
  env: {},
  seed: '1',
}
export const STEP: Params<'step'> = { actor: 'Ada', op: 'qsbr.quiescent', args: {} }

/** The command that starts a program of this folder. */
export const commandOf = (name: string, ...args: string[]): [string, ...string[]] => [
  process.execPath,
  fileURLToPath(new URL(`${name}.ts`, import.meta.url)),
  ...args,
]

/** A program of this folder, until the test ends. */
export async function connect(limits: typeof PATIENT, name: string, ...args: string[]): Promise<Subject> {
  const program = await connectProgram(commandOf(name, ...args), limits)
  onTestFinished(() => program.end())
  return program
}

/** How a request fails. That it does is part of what is expected. */
export async function failureOf(request: Promise<unknown>): Promise<SubjectFailure> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SubjectFailure)
  return error as SubjectFailure
}

/** A whole scenario: nothing, or how it failed. */
export async function scenario(subject: Subject): Promise<SubjectFailure | undefined> {
  try {
    await subject.request('open', OPEN)
    await subject.request('step', STEP)
    await subject.request('close', {})
    return undefined
  } catch (error) {
    return error as SubjectFailure
  }
}

/** How the step of a scenario fails. Only for the step is the limit of a reply what it says. */
export async function stepFailure({ reply, grace }: typeof PATIENT, name: string, ...args: string[]): Promise<SubjectFailure> {
  const limits = { ...PATIENT, grace }
  const program = await connect(limits, name, ...args)
  await program.request('open', OPEN)
  limits.reply = reply
  return failureOf(program.request('step', STEP))
}

/** The process that a program told of on its standard error: itself, unless another word is given. */
export const pidIn = (stderr: string, word = 'pid'): number => Number(new RegExp(`^${word} (\\d+)$`, 'm').exec(stderr)?.[1])

/** What a failure says, once it is certain that it names its culprit and that the program has gone. */
export function gone({ verdict, during, message, stderr }: SubjectFailure): { verdict: string; during: string; message: string } {
  expect(message.startsWith(`${during}: `)).toBe(true)
  expect(() => process.kill(pidIn(stderr), 0)).toThrow('ESRCH')
  return { verdict, during, message }
}
