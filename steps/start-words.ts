/**
 * The words with which scenarios say how a runtime is started. They are needed before any step runs.
 */

/** What is said of a start in steps. */
export interface Start {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Whether a step expects that the runtime will not start. */
  readonly refused: boolean
}

export const WITH_ARGUMENTS = /^the runtime was started with "(.*)"$/
export const WITH_VARIABLE = /^the runtime was started with (\w+) as "(.*)"$/
export const REFUSED = /^it has refused to start, saying "(.*)"$/

/** What these steps say of the start. */
export function startIn(texts: readonly string[]): Start {
  const variables = texts.flatMap((text) => {
    const [, name, value] = WITH_VARIABLE.exec(text) ?? []
    return name === undefined || value === undefined ? [] : [[name, value] as const]
  })
  return {
    argv: texts.flatMap((text) => WITH_ARGUMENTS.exec(text)?.[1]?.split(' ') ?? []),
    env: Object.fromEntries(variables),
    refused: texts.some((text) => REFUSED.test(text)),
  }
}
