/**
 * Replay tokens: a schedule, and how it is to be run, as a short text.
 *
 *     x1s3.a12bA2c.1k9f
 *
 * `x1` is the version. `s` says that plain accesses ride along with their step, `e` that every
 * access is one; an `m` after it, that the clock may move. Then how many bodies there are. The
 * schedule names the thread of each step: `a` to `d` performs, `A` to `D` spins without seeing a change,
 * the sleep of `w` to `z` times out; a number says how often in a row. A check closes it.
 */
import { CHOICES, type Setting } from './machine.ts'

/** Which choice at each step. */
export type Schedule = readonly number[]

/** A schedule and what it means. */
export interface Replayable {
  readonly schedule: Schedule
  readonly bodies: number
  readonly everyAccess: boolean
  readonly movingClock: boolean
}

/** A text that is no token of this version, or not one of this program. */
export class BadToken extends Error {
  override readonly name = 'BadToken'
}

const VERSION = '1'
/** By choice. */
const LETTERS = 'abcdABCDwxyz'
const CHECK = 4

if (LETTERS.length !== CHOICES) throw new Error('every choice has its letter')

export function tokenOf(schedule: Schedule, bodies: number, { everyAccess, movingClock, timeouts }: Setting): string {
  const text = `x${VERSION}${everyAccess ? 'e' : 's'}${movingClock || timeouts > 0 ? 'm' : ''}${bodies}.${runs(schedule)}`
  return `${text}.${check(text)}`
}

/** @throws BadToken */
export function parseToken(token: string): Replayable {
  const version = /^x(\d+)/.exec(token)?.[1]
  if (version === undefined) throw new BadToken(`this is no replay token, which begins with x${VERSION}: "${token}"`)
  if (version !== VERSION) throw new BadToken(`the replay token is of version ${version}, and this program reads version ${VERSION}`)
  const [whole, text, kind, moving, bodies, schedule] = /^(x\d+([se])(m?)([1-4])\.((?:[a-dA-Dw-z]\d*)*))\.\w+$/.exec(token) ?? []
  if (whole === undefined || !token.endsWith(`.${check(text as string)}`)) throw new BadToken(`the replay token is damaged: "${token}"`)
  return {
    schedule: [...(schedule as string).matchAll(/([a-zA-Z])(\d*)/g)].flatMap(([, letter = '', times = '']) =>
      Array<number>(times === '' ? 1 : Number(times)).fill(LETTERS.indexOf(letter)),
    ),
    bodies: Number(bodies),
    everyAccess: kind === 'e',
    movingClock: moving === 'm',
  }
}

function runs(schedule: Schedule): string {
  let text = ''
  for (let from = 0; from < schedule.length; ) {
    let to = from + 1
    while (to < schedule.length && schedule[to] === schedule[from]) to += 1
    text += `${LETTERS[schedule[from] as number]}${to - from > 1 ? to - from : ''}`
    from = to
  }
  return text
}

/** FNV-1a, shortened: against slips of the hand, not against intent. */
function check(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36).padStart(CHECK, '0').slice(-CHECK)
}
