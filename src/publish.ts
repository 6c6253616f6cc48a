/**
 * Writes what is published from the sources: `node src/publish.ts [folder]`, docs without one.
 */
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder } from './folder.ts'
import { published } from './published.ts'

const [folder = fileURLToPath(new URL('../docs', import.meta.url))] = process.argv.slice(2)
for (const [file, text] of published()) {
  makeFolder(dirname(join(folder, file)))
  writeFileSync(join(folder, file), text)
}
