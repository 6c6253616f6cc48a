import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { published } from './published.ts'

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url))

test('what is published is what the sources say; if it is not, run node src/publish.ts', () => {
  const stale = [...published()].filter(([file, text]) => readFileSync(join(DOCS, file), 'utf8') !== text)
  expect(stale.map(([file]) => file)).toEqual([])
})

test('nothing else lies where the protocol is published', () => {
  const files = readdirSync(join(DOCS, 'protocol')).map((file) => `protocol/${file}`)
  expect(files.filter((file) => !published().has(file))).toEqual([])
})

test('publishing writes these documents and no others', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ftspec-publish-'))
  try {
    execFileSync(process.execPath, [fileURLToPath(new URL('publish.ts', import.meta.url)), folder])
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const written = files.map(
      ({ parentPath, name }) =>
        [
          join(parentPath, name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
          readFileSync(join(parentPath, name), 'utf8'),
        ] as const,
    )
    expect(new Map(written)).toEqual(new Map(published()))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
