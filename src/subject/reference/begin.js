/**
 * Where a worker begins: with Node's compile cache, so that it need not strip and compile again what
 * every other worker, and every run before, has compiled. It is plain JavaScript because one file of
 * TypeScript would load the type stripper, which takes longer than all the rest.
 *
 * Without a folder that can be written the cache is off. It is off too while coverage is measured,
 * which cached code makes inexact.
 */
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

if (process.env.NODE_V8_COVERAGE === undefined)
  enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/ftspec', import.meta.url)))
await import('./worker.ts')
