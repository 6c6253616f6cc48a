/** For threads that are made, or looked through, by the host itself: there is nobody who could be asked for anything. */
import type { Embedder } from '../../runtime/interpreter/thread.ts'

/* c8 ignore next -- nothing that runs then has a finalizer or a request handler */
export const SILENT: Embedder = { finalize() {}, serve: () => true }
