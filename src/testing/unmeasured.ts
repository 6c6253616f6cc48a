/**
 * Programs that are not measured for coverage, and take from Node's compile cache what they can, start three times as
 * quickly.
 */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/ftspec', import.meta.url))

/**
 * Programs that the tests of this file, or group, start are not measured: other tests show what runs in them.
 *
 * @returns variables of the environment of a program that is measured all the same.
 */
export function unmeasured(): NodeJS.ProcessEnv {
  const measured = Object.fromEntries(Object.entries(process.env).filter(([name]) => name === 'NODE_V8_COVERAGE'))
  beforeAll(() => {
    delete process.env.NODE_V8_COVERAGE
    process.env.NODE_COMPILE_CACHE = CACHE
  })
  afterAll(() => {
    Object.assign(process.env, measured)
    delete process.env.NODE_COMPILE_CACHE
  })
  return measured
}
