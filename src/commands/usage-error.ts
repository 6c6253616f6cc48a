/** The command was called wrongly; the message tells the user what to change. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
