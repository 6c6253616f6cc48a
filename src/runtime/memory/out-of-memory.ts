/** There was no memory for what was asked; nothing was changed. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory'
}
