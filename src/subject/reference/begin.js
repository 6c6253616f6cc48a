/**
 * Where a worker begins: with Node's compile cache, in the folder that it is told, so that it need not
 * strip and compile again what every other worker, and every run before, has compiled. It is plain
 * JavaScript because one file of TypeScript would load the type stripper, which takes longer than all
 * the rest.
 *
 * Node's own way to find a module looks at every folder on its path. Our sources import each other by
 * the names of their files, so there is nothing to look for; that halves the time to start.
 */
import { enableCompileCache, registerHooks } from 'node:module'
import { workerData } from 'node:worker_threads'

if (workerData.compileCache !== undefined) enableCompileCache(workerData.compileCache)
registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!specifier.startsWith('.')) return nextResolve(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true }
  },
})
await import(workerData.script)
