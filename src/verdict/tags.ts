/**
 * What the tags of a scenario say: which requirement and scenario it is, what must have happened
 * for its verdict to mean anything, and how the runtime is started for it.
 *
 *     @QSBR-04             on a Rule: the requirement that it restates
 *     @QSBR-04.2           on an Example: its id, for ever
 *     @sees:queued         an event that must have occurred
 *     @bound:2             its race has too many orders to try them all: those are tried that take the turn
 *                          away at most twice from an actor that could go on
 *     @build:default       the default build instead of the free-threaded one
 *     @build:no-freelists  a build without freelists
 *     @build:ref-debug     a build with reference debugging
 *     @env:PYTHON_TLBC=0   a variable of the runtime's environment
 *     @argv:-X @argv:tlbc=0   its arguments, in this order
 */
import { type Build, Event, type EventName } from '../protocol/messages.ts'

const REQUIREMENT = /^@([A-Z]+-[0-9]{2,})$/
const SCENARIO = /^@(([A-Z]+-[0-9]{2,})\.[1-9][0-9]*)$/
const WITNESS = /^@sees:(.+)$/
const BOUND = /^@bound:(\d{1,9})$/
const ARGUMENT = /^@argv:(.+)$/
const VARIABLE = /^@env:([^=]+)=(.*)$/

const EVENTS: ReadonlySet<string> = new Set(Event.shape.event.options)

const BUILDS: Readonly<Record<string, Partial<Build>>> = {
  '@build:default': { threading: 'default' },
  '@build:no-freelists': { freelists: false },
  '@build:ref-debug': { referenceDebugging: true },
}

/** How the runtime is started for a scenario: three parameters of the protocol's `open`. */
export interface Settings {
  build: Build
  argv: string[]
  env: Record<string, string>
}

/** The requirements that the tags name: one on a Rule that is well formed. */
export function requirementIds(tags: readonly string[]): string[] {
  return captures(tags, REQUIREMENT)
}

/** The scenario ids among the tags: one on an Example that is well formed. */
export function scenarioIds(tags: readonly string[]): string[] {
  return captures(tags, SCENARIO)
}

/** The requirement that a scenario's id belongs to: QSBR-04 for QSBR-04.2, and for its row QSBR-04.2#3. */
export function requirementOf(scenario: string): string {
  return scenario.slice(0, scenario.lastIndexOf('.'))
}

/** The events that must have occurred. An unknown name is not left out: it can never have been seen. */
export function witnesses(tags: readonly string[]): EventName[] {
  return captures(tags, WITNESS) as EventName[]
}

/** How often, at most, the turn is taken away in the scenario's race; undefined if every order is tried. */
export function boundIn(tags: readonly string[]): number | undefined {
  const [bound] = captures(tags, BOUND)
  return bound === undefined ? undefined : Number(bound)
}

/** How the runtime is started; without any tag, the free-threaded build with everything that is usual. */
export function settings(tags: readonly string[]): Settings {
  const build: Build = { threading: 'free-threaded', freelists: true, referenceDebugging: false }
  for (const tag of tags) Object.assign(build, BUILDS[tag])
  const env: Record<string, string> = {}
  for (const tag of tags) {
    const [, name, value] = VARIABLE.exec(tag) ?? []
    if (name !== undefined && value !== undefined) env[name] = value
  }
  return { build, argv: captures(tags, ARGUMENT), env }
}

/** The tags that mean nothing: misspelt, or naming an event that does not exist. */
export function unknownTags(tags: readonly string[]): string[] {
  return tags.filter((tag) => !isKnown(tag))
}

function isKnown(tag: string): boolean {
  const event = WITNESS.exec(tag)?.[1]
  if (event !== undefined) return EVENTS.has(event)
  return tag in BUILDS || [REQUIREMENT, SCENARIO, BOUND, ARGUMENT, VARIABLE].some((pattern) => pattern.test(tag))
}

function captures(tags: readonly string[], pattern: RegExp): string[] {
  return tags.flatMap((tag) => pattern.exec(tag)?.[1] ?? [])
}
