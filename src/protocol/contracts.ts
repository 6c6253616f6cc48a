/**
 * Who may perform an operation, and when it is refused as misuse besides. Whatever stands in neither is no misuse.
 */
import type { OperationName } from './operations.ts'

/** An attached thread, one that is not attached, or anybody. */
export type Performer = 'attached' | 'not attached' | 'anybody'

export interface Contract {
  readonly by: Performer
  /** Each completes "it is misuse if …". */
  readonly misuse: readonly string[]
}

const NESTED = 'the actor is in sixteen critical sections already'
const STOPPED = 'the actor has stopped a world'
const SECTION = 'the actor is in a critical section'

const attached = (...misuse: string[]): Contract => ({ by: 'attached', misuse })
const notAttached = (...misuse: string[]): Contract => ({ by: 'not attached', misuse })
const anybody = (...misuse: string[]): Contract => ({ by: 'anybody', misuse })

/** What touches only what an attached thread may touch. */
const OBJECTS = ['object', 'slot', 'list', 'section', 'delayed', 'collector', 'process', 'code', 'tool']

const SPECIAL: Readonly<Partial<Record<OperationName, Contract>>> = {
  'thread.enter': notAttached('the actor has stopped the world that it enters'),
  'thread.create': anybody('the table of slots has to grow, and the actor has stopped a world'),
  'thread.bind': notAttached('the thread state is bound already'),
  'thread.attach': notAttached('the thread state is suspended by a pause of the actor itself'),
  'thread.detach': attached(),
  'thread.clear': attached('the thread state is cleared already', SECTION, STOPPED),
  'thread.delete': attached('the thread state is not cleared', STOPPED),
  'thread.exit': attached(SECTION, STOPPED),
  'thread.discard': anybody('the thread state has been bound'),
  'thread.safe-point': attached(),
  'world.stop': anybody(STOPPED),
  'world.start': anybody('the actor has not stopped it'),
  'mutex.unlock': anybody('the mutex is not locked'),
  'section.begin': attached(NESTED),
  'section.end': attached('the actor is in no critical section'),
  'rwlock.unlock': anybody('nobody holds it in that mode'),
  'qsbr.advance': attached(),
  'qsbr.defer': attached(),
  'qsbr.poll': attached(),
  'qsbr.quiescent': attached(),
  'qsbr.begin-at': attached(),
  'block.read': attached(),
  'block.retire': attached(),
  'block.retire-many': attached(),
  'tool.answer': anybody(),
  'interpreter.finalize': attached(),
  'interpreter.end': attached('the interpreter has other threads still', SECTION, STOPPED),
  'process.fork': attached(STOPPED),
}

/** The contract of an operation. */
export function contractOf(op: OperationName): Contract {
  const noun = op.slice(0, op.indexOf('.'))
  return SPECIAL[op] ?? (OBJECTS.includes(noun) ? attached() : anybody())
}
