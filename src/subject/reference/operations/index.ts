/** Every operation of the protocol, by name. */
import { blocks } from './blocks.ts'
import { collector } from './collector.ts'
import { counts } from './counts.ts'
import { interpreters } from './interpreters.ts'
import { locks } from './locks.ts'
import { objects } from './objects.ts'
import type { Performs } from './operation.ts'
import { pauses } from './pauses.ts'
import { places } from './places.ts'
import { programs } from './programs.ts'
import { sequences } from './sequences.ts'
import { sleeping } from './sleeping.ts'
import { threads } from './threads.ts'
import { tools } from './tools.ts'

export const OPERATIONS: Performs<string> = {
  ...threads,
  ...pauses,
  ...locks,
  ...sleeping,
  ...objects,
  ...counts,
  ...places,
  ...sequences,
  ...blocks,
  ...interpreters,
  ...programs,
  ...tools,
  ...collector,
}
