/**
 * Where Node keeps what it has compiled of our sources, so that neither the next run nor the next worker strips and
 * compiles them again. Undefined while coverage is measured, which cached code makes inexact. Without a folder that
 * can be written nothing is kept.
 */
import { fileURLToPath } from 'node:url'

/* c8 ignore next 2 -- where this is looked at, coverage is measured */
export const compileCache: string | undefined =
  process.env.NODE_V8_COVERAGE === undefined ? fileURLToPath(new URL('../../node_modules/.cache/ftspec', import.meta.url)) : undefined
