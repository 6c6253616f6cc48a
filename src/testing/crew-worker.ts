/** One worker of a crew: performs what it is told, one task after the other. */
import { type MessagePort, parentPort } from 'node:worker_threads'
import { SharedMemory } from '../runtime/memory/shared-memory.ts'

export interface Task {
  /** Address of a module. */
  readonly module: string
  readonly buffer: SharedArrayBuffer
  /** The name of the function that the module exports. */
  readonly body: string
  readonly args: readonly unknown[]
}

export type Told = { readonly result: unknown } | { readonly error: string }

type Body = (memory: SharedMemory, ...args: readonly unknown[]) => unknown

const port = parentPort as MessagePort

port.on('message', async ({ module, buffer, body, args }: Task) => {
  const bodies = (await import(module)) as Readonly<Record<string, Body | undefined>>
  port.postMessage(perform(bodies[body], new SharedMemory(buffer), args))
})

function perform(body: Body | undefined, memory: SharedMemory, args: readonly unknown[]): Told {
  if (!body) return { error: 'the module exports no such body' }
  try {
    return { result: body(memory, ...args) }
  } catch (error) {
    return { error: String((error as Error).stack) }
  }
}
