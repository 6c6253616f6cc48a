/**
 * Where a worker begins, so that it is loaded quickly.
 */
import { workerData } from 'node:worker_threads'
import '../loading.js'

await import(workerData.script)
