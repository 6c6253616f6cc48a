/** Methods of generators. */
import { runner } from '../evaluate/execution.ts'
import { generatorClose, generatorSend, generatorThrow } from '../evaluate/generator.ts'
import { type Builtin, methodsOf } from '../objects/builtin-function.ts'
import { withOne, without } from '../objects/methods/values.ts'
import { none } from '../objects/singletons.ts'

export const GENERATOR_METHODS: readonly Builtin[] = methodsOf('generator', {
  __next__: without('__next__', (m, generator) => generatorSend(runner(m), generator, none(m))),
  send: withOne('send', (m, generator, value) => generatorSend(runner(m), generator, value)),
  throw: withOne('throw', (m, generator, exception) => generatorThrow(runner(m), generator, exception)),
  close: without('close', (m, generator) => generatorClose(runner(m), generator)),
})
