/** One exchange of an example: the line that is sent, and the line that answers it. */
export interface Exchange {
  readonly sent: string
  readonly came: string
}

/**
 * The exchanges in a page of the book: what stands after `→`, and after the `←` on the next line.
 *
 * @throws Error if a line that is sent is not followed by its answer, or an answer has nothing before it.
 */
export function exchangesIn(page: string): Exchange[] {
  const lines = page.split('\n').filter((line) => /^[→←] /.test(line))
  return Array.from({ length: Math.ceil(lines.length / 2) }, (_, index) => {
    const [sent = '', came = ''] = lines.slice(2 * index, 2 * index + 2)
    if (sent.startsWith('→ ') && came.startsWith('← ')) return { sent: sent.slice(2), came: came.slice(2) }
    throw new Error(`no exchange: ${sent} / ${came}`)
  })
}
