/** What became of the instructions that subjects specialize alike, counted in programs: whether a run has shown enough. */
import type { Answers } from './answers.ts'
import { SITES } from './sites.ts'

/** What can become of an instruction. */
const FATES = ['specialized', 'missed', 'given up', 'specialized anew'] as const
type Fate = (typeof FATES)[number]

/** The forms that have to be reached, with what has to have become of them. */
const EXPECTED: ReadonlyMap<string, readonly Fate[]> = new Map([
  ...SITES.map(({ form }): [string, readonly Fate[]] => [form, FATES]),
  // Nothing that these programs do takes these back.
  ['RESUME_CHECK', ['specialized']],
  ['LOAD_CONST_IMMORTAL', ['specialized']],
])

/** What stands at a place: its form, and the counter if it has one. */
const STANDING = /^(\w+)(?: (\d+) of \d+)? \(/

interface Standing {
  readonly form: string
  readonly counter: number
}

export class Tally {
  readonly #programs = new Map<string, number>()

  add({ calls }: Answers): void {
    const standing = new Map<string, Standing>()
    /** Places that were specialized once. */
    const once = new Set<string>()
    const seen = new Set<string>()
    for (const { changed } of calls) {
      for (const [place, told] of Object.entries(changed)) {
        const now = standingOf(told)
        if (now === undefined) {
          // Nothing that counts, or whoever had the copy has left: what is told there next is another one.
          standing.delete(place)
          once.delete(place)
          continue
        }
        for (const told of fates(standing.get(place), now, once.has(place))) seen.add(told)
        if (EXPECTED.has(now.form)) once.add(place)
        standing.set(place, now)
      }
    }
    for (const told of seen) this.#programs.set(told, this.#count(told) + 1)
  }

  /** A table: in how many programs each of it happened. */
  lines(): string[] {
    const widest = Math.max(...[...EXPECTED.keys()].map((form) => form.length))
    const row = (first: string, rest: readonly string[]) =>
      [first.padEnd(widest), ...rest.map((text, at) => text.padStart((FATES[at] as Fate).length))].join('  ').trimEnd()
    return [
      row('programs in which it was', FATES),
      ...[...EXPECTED].map(([form, expected]) =>
        row(
          form,
          expected.map((fate) => `${this.#count(`${form} ${fate}`)}`),
        ),
      ),
    ]
  }

  /** What did not happen in any program, as sentences. */
  missing(): string[] {
    return [...EXPECTED].flatMap(([form, expected]) =>
      expected.filter((fate) => this.#count(`${form} ${fate}`) === 0).map((fate) => `no program has shown ${form} ${fate}`),
    )
  }

  #count(told: string): number {
    return this.#programs.get(told) ?? 0
  }
}

function standingOf(told: string): Standing | undefined {
  const [, form, counter] = STANDING.exec(told) ?? []
  return form === undefined ? undefined : { form, counter: Number(counter ?? 0) }
}

/** What has become of an instruction, each after the form that it became of. @param once whether it was specialized before. */
function fates(before: Standing | undefined, { form, counter }: Standing, once: boolean): string[] {
  const told: string[] = []
  const became = (of: string, fate: Fate) => told.push(`${of} ${fate}`)
  if (EXPECTED.has(form) && before?.form !== form) became(form, once ? 'specialized anew' : 'specialized')
  if (before === undefined || !EXPECTED.has(before.form)) return told
  if (before.form === form && counter < before.counter) became(form, 'missed')
  // The form is only left after as many misses as its counter says.
  if (before.form !== form) became(before.form, 'given up')
  return told
}
