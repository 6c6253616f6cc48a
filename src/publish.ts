/**
 * Writes what is published from the sources: `node src/publish.ts [folder]`, docs without one.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { published } from './published.ts'

const [folder = fileURLToPath(new URL('../docs', import.meta.url))] = process.argv.slice(2)
for (const [file, text] of published()) {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}
