/**
 * Known failures: a list, kept beside a subject, of the scenarios that it is known to fail, each with how and why.
 *
 * One scenario in a line: its id, its verdict, whether it always fails so or sometimes, a fingerprint of how it fails,
 * the reason in words, and where that is publicly reported, if it is. Fields are apart by blanks; an empty line and
 * what follows a `#` at the beginning of a line mean nothing.
 *
 *     BRC-11.5  fail  always  9f2c1a7b  merging makes an immortal object mortal  https://example.org/issue/1
 *
 * The list is a check like any other: what is listed and passes, or fails in another way, is an error.
 */
import { createHash } from 'node:crypto'
import type { Judgement } from './judge.ts'
import { isFailure, VERDICTS, type Verdict } from './verdict.ts'

export interface KnownFailure {
  readonly id: string
  readonly verdict: Verdict
  /** It fails in some runs only: a race that is sampled shows its failure when chance will. */
  readonly sometimes: boolean
  /** See `fingerprintOf`. */
  readonly fingerprint: string
  /** Why, in words. */
  readonly reason: string
  /** Where it is publicly reported. */
  readonly link?: string
}

/** As it stands in a list. */
export interface Listed extends KnownFailure {
  /** Counted from one. */
  readonly line: number
}

const LINE = /^(?<id>\S+)\s+(?<verdict>\S+)\s+(?<how>\S+)\s+(?<fingerprint>\S+)\s+(?<reason>\S.*?)(?:\s+(?<link>https?:\/\/\S+))?$/
const HOW = ['always', 'sometimes'] as const
const FINGERPRINT = /^[0-9a-f]{8}$/
const FAILURES = VERDICTS.filter(isFailure)

/**
 * The entries of a list, by scenario.
 *
 * @throws Error with the line and what is wrong there.
 */
export function parseKnownFailures(text: string): Map<string, Listed> {
  const entries = new Map<string, Listed>()
  for (const [index, written] of text.split('\n').entries()) {
    const line = index + 1
    if (written.trim() === '' || written.startsWith('#')) continue
    const entry = entryIn(written.trim(), line)
    const before = entries.get(entry.id)
    if (before) throw new Error(`line ${line}: ${entry.id} is listed in line ${before.line} already`)
    entries.set(entry.id, entry)
  }
  return entries
}

function entryIn(written: string, line: number): Listed {
  const fields = LINE.exec(written)?.groups
  if (!fields) throw new Error(`line ${line}: an entry is ID VERDICT ${HOW.join('|')} FINGERPRINT REASON [LINK], not "${written}"`)
  const { id = '', verdict = '', how = '', fingerprint = '', reason = '', link } = fields
  const found = FAILURES.find((failure) => failure === verdict)
  if (!found) throw new Error(`line ${line}: ${verdict} is not a verdict that fails; those are ${FAILURES.join(', ')}`)
  if (!HOW.some((word) => word === how)) throw new Error(`line ${line}: it fails ${HOW.join(' or ')}, not "${how}"`)
  if (!FINGERPRINT.test(fingerprint))
    throw new Error(`line ${line}: a fingerprint is eight digits as ftspec baseline writes them, not "${fingerprint}"`)
  return { id, verdict: found, sometimes: how === 'sometimes', fingerprint, reason, ...(link !== undefined && { link }), line }
}

/** A list as it is written: a heading, and the entries in columns. @param heading lines that say what the list is about. */
export function formatKnownFailures(heading: readonly string[], entries: readonly KnownFailure[]): string {
  const ids = Math.max(0, ...entries.map(({ id }) => id.length))
  const verdicts = Math.max(0, ...entries.map(({ verdict }) => verdict.length))
  const lines = entries.map(({ id, verdict, sometimes, fingerprint, reason, link }) =>
    [
      id.padEnd(ids),
      verdict.padEnd(verdicts),
      (sometimes ? HOW[1] : HOW[0]).padEnd(HOW[1].length),
      fingerprint,
      reason,
      ...(link === undefined ? [] : [link]),
    ].join('  '),
  )
  return [...heading.map((line) => `# ${line}`.trimEnd()), '', ...lines, ''].join('\n')
}

/**
 * How a scenario fails, in eight digits: the same for the same failure, whatever machine and day it is.
 *
 * Addresses and other long numbers are left out, since they are new in every run; from a race that is sampled all
 * numbers are, since they count what chance brought.
 */
export function fingerprintOf({ verdict, reason = '' }: Judgement, sampled: boolean): string {
  const lasting = (sampled ? firstLine(reason) : reason).replace(sampled ? ANY_NUMBER : LONG_NUMBER, '#').replace(/\s+/g, ' ')
  return createHash('sha256').update(`${verdict} ${lasting}`).digest('hex').slice(0, DIGITS)
}

const DIGITS = 8
const LONG_NUMBER = /0x[0-9a-f]+|\d{5,}/gi
const ANY_NUMBER = /0x[0-9a-f]+|\d+/gi
const firstLine = (text: string): string => text.split('\n', 1)[0] as string

/**
 * A judgement in the light of what is known: a failure that is listed is expected, and what is listed and does not
 * come, or comes in another way, is not.
 *
 * @param sampled whether it is of a race of which some orders came and others did not.
 */
export function inTheLightOf(known: KnownFailure | undefined, judgement: Judgement, sampled: boolean): Judgement {
  if (!known) return judgement
  const { verdict, reason = '' } = judgement
  if (verdict === 'pass') {
    if (known.sometimes) return judgement
    return { verdict: 'unexpected-pass', reason: `it passes, and is listed as failing: ${told(known)}` }
  }
  if (!isFailure(verdict)) return judgement
  const fingerprint = fingerprintOf(judgement, sampled)
  if (verdict === known.verdict && fingerprint === known.fingerprint) {
    const { reason: why, link } = known
    return { ...judgement, verdict: 'expected-failure', known: { reason: why, ...(link !== undefined && { link }) } }
  }
  return {
    ...judgement,
    reason: `${reason}\nIt is listed as failing otherwise: ${known.verdict} ${known.fingerprint}, not ${verdict} ${fingerprint} (${told(known)})`,
  }
}

const told = ({ reason, link }: KnownFailure): string => (link === undefined ? reason : `${reason} (${link})`)
