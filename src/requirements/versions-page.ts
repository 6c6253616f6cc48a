/**
 * The published comparison of the documented versions.
 */
import { Parameters } from '../protocol/parameters.ts'
import { LEFT_OPEN, PROFILES, type Profile } from './profiles.ts'

/** The page, as Markdown. */
export function versionsPage(): string {
  const titles = PROFILES.map(({ id, title }) => `- \`${id}\`: ${title}`)
  const parameters = Object.entries(Parameters.shape).map(([name, { description }]) =>
    row(name, description, ({ parameters }) => parameters[name as keyof Parameters]),
  )
  const open = Object.entries(LEFT_OPEN).map(([name, description]) =>
    row(name, description, ({ rules }) => rules[name as keyof typeof LEFT_OPEN]),
  )
  return `# Versions

Written by \`node src/publish.ts\` from \`src/requirements/profiles.ts\`. A feature states what holds in every documented version.

${titles.join('\n')}

## Parameters

What a subject of each version declares; checks are computed from it. The [parameters](protocol/parameters.md) are
described beside the protocol. "absent" is what a version does not have.

${table(parameters)}

## Left open

Rules in which versions differ and which no feature checks. "unknown" is what no source was found for.

${table(open)}
`
}

function table(rows: readonly string[]): string {
  const ids = PROFILES.map(({ id }) => id)
  return [`| | what | ${ids.join(' | ')} |`, `| --- | --- |${' --- |'.repeat(ids.length)}`, ...rows].join('\n')
}

function row(name: string, description: string | undefined, value: (profile: Profile) => unknown): string {
  return `| \`${name}\` | ${description} | ${PROFILES.map((profile) => shown(value(profile))).join(' | ')} |`
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ') || 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, one]) => `${key} ${typeof one === 'object' ? `(${shown(one)})` : shown(one)}`)
      .join(', ')
  return value === undefined ? 'absent' : String(value)
}
