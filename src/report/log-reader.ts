/**
 * Reads an event log back, and says of everything that is wrong with it on which line it stands
 * and what to do about it. What can be read is read: a log that was cut short still shows what
 * the run had found out by then.
 */
import { readFileSync } from 'node:fs'
import type { Hello } from '../protocol/messages.ts'
import { FORMAT, type Footer, type Header, LogRecord, type Requirement } from './log.ts'
import { LogContents, type ScenarioLog } from './log-contents.ts'

/** Something that is wrong with a log. Lines are counted from one. */
export interface LogFault {
  readonly line: number
  readonly problem: string
  readonly remedy: string
}

export interface Log {
  readonly header: Header
  /** What the subject said about itself; nothing if it never did. */
  readonly hello: Hello | undefined
  readonly requirements: readonly Requirement[]
  /** All planned scenarios, in the order planned. */
  readonly scenarios: readonly ScenarioLog[]
  readonly footer: Footer | undefined
  readonly faults: readonly LogFault[]
  /** Whether the run came to its end and every line of the log could be read. */
  readonly complete: boolean
}

/** A log of which nothing can be shown, since its header cannot be read. */
export class UnreadableLog extends Error {
  override readonly name = 'UnreadableLog'
  readonly fault: LogFault
  constructor(fault: LogFault) {
    super(`line ${fault.line}: ${fault.problem}. ${fault.remedy}`)
    this.fault = fault
  }
}

const CUT_SHORT = 'The run was ended while it wrote this line. Run it again.'
const CHANGED = 'Nothing but the run may write this file. Run it again.'
const BROKE_OFF = 'The run did not come to its end, so what is missing here says nothing about the subject. Run it again.'

/**
 * Reads the log in `file`.
 *
 * @throws UnreadableLog if its header is missing, broken or of another format.
 * @throws Error if the file cannot be read.
 */
export function readLog(file: string): Log {
  return parseLog(readFileSync(file, 'utf8'))
}

/** Reads a log from its text, as `readLog` does. */
export function parseLog(text: string): Log {
  const whole = text.endsWith('\n')
  const [first = '', ...lines] = (whole ? text.slice(0, -1) : text).split('\n')
  const last = lines.length + 1
  const remedyFor = (line: number): string => (!whole && line === last ? CUT_SHORT : CHANGED)

  const contents = new LogContents(headerOf(first, remedyFor(1)))
  const faults: LogFault[] = []
  for (const [index, text] of lines.entries()) {
    const found = recordOf(text)
    const problem = 'record' in found ? contents.take(found.record) : found.problem
    const line = index + 2
    if (problem !== undefined) faults.push({ line, problem, remedy: remedyFor(line) })
  }
  const { header, hello, requirements, scenarios, footer } = contents
  if (!footer) faults.push({ line: last, problem: 'the log ends here without a footer', remedy: BROKE_OFF })
  return { header, hello, requirements, scenarios, footer, faults, complete: faults.length === 0 }
}

function headerOf(line: string, remedy: string): Header {
  if (line === '') throw new UnreadableLog({ line: 1, problem: 'the log is empty', remedy: 'The run never began. Run it again.' })
  const found = recordOf(line)
  if ('record' in found) {
    if (found.record.record === 'header') return found.record
    throw new UnreadableLog({ line: 1, problem: `the first record is a ${found.record.record}, not the header`, remedy })
  }
  const { format, suite } = found.value
  if (format === undefined || format === FORMAT) throw new UnreadableLog({ line: 1, problem: found.problem, remedy })
  throw new UnreadableLog({
    line: 1,
    problem: `the log has format ${String(format)}, and this program reads format ${FORMAT}`,
    remedy: `Read it with the version that wrote it: ${String(suite)}.`,
  })
}

type Found = { record: LogRecord } | { problem: string; value: { format?: unknown; suite?: unknown } }

function recordOf(line: string): Found {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { problem: 'this is not JSON', value: {} }
  }
  const parsed = LogRecord.safeParse(value)
  if (parsed.success) return { record: parsed.data }
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the record'}: ${message}`)
  return { problem: problems.join('; '), value: Object(value) }
}
