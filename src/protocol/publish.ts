/**
 * Writes the published descriptions: `node src/protocol/publish.ts [folder]`, docs/protocol without one.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { documents } from './schemas.ts'

const [folder = fileURLToPath(new URL('../../docs/protocol', import.meta.url))] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
for (const [file, text] of documents()) writeFileSync(join(folder, file), text)
