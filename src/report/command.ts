/**
 * The one line that runs a requirement again.
 */

/** What to type to run only that requirement, against the same subject. `command` starts it; null is the reference. */
export function commandFor(requirement: string, command: string | null): string {
  const subject = command === null ? '' : ` --subject ${quoted(command)}`
  return `npx ftspec run --requirement ${requirement}${subject}`
}

function quoted(word: string): string {
  return /^[\w./:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
