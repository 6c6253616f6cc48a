/**
 * How a thread of ours loads modules from here on: import this first.
 *
 * With Node's compile cache, so that it need not strip and compile again what another thread, or a run before,
 * has compiled; but not while coverage is measured, which cached code makes inexact. Without a folder that can be
 * written nothing is kept. Whoever sets NODE_COMPILE_CACHE says where it is kept.
 *
 * Node's own way to find a module looks at every folder on its path. Our sources import each other by the names of
 * their files, so there is nothing to look for; that halves the time to load them.
 *
 * It is plain JavaScript because one file of TypeScript would load the type stripper, which takes longer than all
 * the rest.
 */
import { enableCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

const { NODE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env
if (NODE_V8_COVERAGE === undefined) {
  enableCompileCache(NODE_COMPILE_CACHE ?? fileURLToPath(new URL('../../node_modules/.cache/ftspec', import.meta.url)))
}
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.startsWith('.') || !specifier.endsWith('.ts')) return nextResolve(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true }
  },
})
