/** Generators as objects: what they hold, how they are iterated over, and how they are written. */
import { GENERATOR_QUALIFIED_NAME, GENERATOR_STATE, GeneratorState, uncountedInGenerator, visitGenerator } from '../code/generator.ts'
import { itself } from '../objects/itself.ts'
import type { Layout } from '../objects/layout.ts'
import type { Protocol } from '../objects/protocols.ts'
import { textOf } from '../objects/str.ts'
import { runner } from './execution.ts'
import { endGenerator } from './frames.ts'
import { finishGenerator, generatorNext } from './generator.ts'

export const GENERATOR_LAYOUT: Layout = {
  name: 'generator',
  visit: visitGenerator,
  uncounted: uncountedInGenerator,
  finish: (m, generator) => finishGenerator(runner(m), generator),
  clear(m, generator) {
    if (m.memory.get(generator + GENERATOR_STATE) !== GeneratorState.CLEARED) endGenerator(m, generator)
  },
}

export const GENERATOR_PROTOCOL: Protocol = {
  iterate: itself,
  next: (m, generator) => generatorNext(runner(m), generator),
  repr(m, generator) {
    const name = textOf(m.memory, m.memory.get(generator + GENERATOR_QUALIFIED_NAME))
    return `<generator object ${name} at 0x${generator.toString(16)}>`
  },
}
