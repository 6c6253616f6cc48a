/**
 * Puts what the test runner says of scenarios that run side by side into the order in which they were planned.
 */
import type * as messages from '@cucumber/messages'

/** Lets the first scenario that has not ended speak, and keeps what others say until it is their turn. */
export class InOrder {
  readonly #take: (envelope: messages.Envelope) => void
  /** What the runner calls the scenarios that have not ended, in their order. */
  readonly #waiting: string[] = []
  /** What was said of scenarios whose turn it is not. */
  readonly #kept = new Map<string, messages.Envelope[]>()
  /** The scenario of each run of one. */
  readonly #runs = new Map<string, string>()

  /** @param take is told of all messages, those of a scenario after all those of the scenarios before it. */
  constructor(take: (envelope: messages.Envelope) => void) {
    this.#take = take
  }

  take(envelope: messages.Envelope): void {
    const { testCase, testCaseStarted } = envelope
    if (testCase) this.#waiting.push(testCase.id)
    if (testCaseStarted) this.#runs.set(testCaseStarted.id, testCaseStarted.testCaseId)
    const scenario = this.#runs.get(runIn(envelope) ?? '')
    if (scenario === undefined || scenario === this.#waiting[0]) this.#pass(envelope)
    else this.#kept.set(scenario, [...(this.#kept.get(scenario) ?? []), envelope])
  }

  #pass(envelope: messages.Envelope): void {
    this.#take(envelope)
    if (!envelope.testCaseFinished) return
    this.#waiting.shift()
    const next = this.#waiting[0] as string
    const kept = this.#kept.get(next) ?? []
    this.#kept.delete(next)
    for (const one of kept) this.#pass(one)
  }
}

/** The run of a scenario that a message speaks of. */
function runIn({
  testCaseStarted,
  testStepStarted,
  attachment,
  testStepFinished,
  testCaseFinished,
}: messages.Envelope): string | undefined {
  return testCaseStarted?.id ?? (testStepStarted ?? attachment ?? testStepFinished ?? testCaseFinished)?.testCaseStartedId
}
