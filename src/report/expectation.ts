/**
 * What a failed comparison says, taken apart again so that it can be laid out.
 */

export interface Expectation {
  readonly what: string
  readonly expected: string
  readonly observed: string
}

/** Takes apart the message that `World.check` writes. Nothing if it is another kind of message. */
export function expectationOf(message: string): Expectation | undefined {
  const [, what, expected, observed] = /^(.*?): expected (.*?), observed (.*)$/s.exec(message) ?? []
  return what === undefined || expected === undefined || observed === undefined ? undefined : { what, expected, observed }
}
