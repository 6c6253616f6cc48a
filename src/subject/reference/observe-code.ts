/**
 * What has become of programs: reads copies of bytecode, values and frames, from the host, and changes nothing.
 */
import type { Instruction, Query, StateOf, Value } from '../../protocol/states.ts'
import { CONSTANTS, COPIES, mainCopy } from '../../runtime/bytecode/code/code-object.ts'
import { copyAt, entryAt, sizeOf } from '../../runtime/bytecode/code/copy-array.ts'
import { INDEX } from '../../runtime/bytecode/code/frame.ts'
import { FRAME_IN_GENERATOR, GENERATOR_STATE, GeneratorState } from '../../runtime/bytecode/code/generator.ts'
import { genericAt, instructionsOf } from '../../runtime/bytecode/code/monitoring.ts'
import { codeOf, lastInstruction, lineOf } from '../../runtime/bytecode/code/places.ts'
import { argumentOf, baseOf, nameOf, OP, opcodeOf } from '../../runtime/bytecode/compile/opcodes.ts'
import { isInterned } from '../../runtime/bytecode/constants/intern.ts'
import { hasCounter } from '../../runtime/bytecode/instrument/forms.ts'
import { Kind, kindOf } from '../../runtime/bytecode/objects/kinds.ts'
import { LAYOUTS, type Layout } from '../../runtime/bytecode/objects/layout.ts'
import { repr } from '../../runtime/bytecode/objects/operate/repr.ts'
import { tupleItems } from '../../runtime/bytecode/objects/tuple.ts'
import { typeName } from '../../runtime/bytecode/objects/type-name.ts'
import { backoffOf, remaining } from '../../runtime/bytecode/specialize/counter.ts'
import { ThreadRecord } from '../../runtime/interpreter/records.ts'
import type { Thread } from '../../runtime/interpreter/thread.ts'
import { type Address, CELL, type Memory, NULL } from '../../runtime/memory/memory.ts'
import { isImmortal, MARKS, references, TRACKED } from '../../runtime/refcount/object-header.ts'
import { UnknownName } from './actor.ts'
import { codeAt, follow } from './modules.ts'
import type { NamedMemory } from './named-memory.ts'

type CodeQuery = Extract<Query, { module: string }>

/** @param onlooker somebody for whose eyes values are written as text. */
export function observeCode(named: NamedMemory, query: CodeQuery, onlooker: () => Thread): StateOf<CodeQuery['of']> {
  const { memory } = named
  const dict = named.address('module', query.module)
  if (dict === undefined || dict === NULL) throw new UnknownName(`there is no module named "${query.module}"`)
  switch (query.of) {
    case 'copies':
      return copiesState(named, codeAt(memory, dict, query.code))
    case 'copy':
      return copyState(named, codeAt(memory, dict, query.code), query.thread)
    case 'value':
      return { of: 'value', ...valueState(named, onlooker(), follow(memory, dict, query.value)) }
    case 'constants': {
      const constants = tupleItems(memory, memory.get(codeAt(memory, dict, query.code) + CONSTANTS))
      return { of: 'constants', constants: constants.map((constant) => valueState(named, onlooker(), constant)) }
    }
    case 'frame':
      return frameState(named, follow(memory, dict, query.generator))
  }
}

/** The live threads, with their indices. */
function* indices(named: NamedMemory): Generator<readonly [thread: string, index: number]> {
  for (const [thread, address] of named.all('thread')) {
    if (address !== NULL) yield [thread, named.memory.get(ThreadRecord.at(address).code.index)]
  }
}

function copiesState(named: NamedMemory, code: Address): StateOf<'copies'> {
  const { memory } = named
  const array = memory.get(code + COPIES)
  if (array === NULL) return { of: 'copies', size: null, entries: [] }
  const size = sizeOf(memory, array)
  const entries = Array.from({ length: size }, (_, index) => ({ index, copy: memory.get(entryAt(array, index)) }))
  return {
    of: 'copies',
    size,
    entries: entries
      .filter(({ copy }) => copy !== NULL)
      .map(({ index, copy }) => ({
        index,
        copy: named.token(copy),
        threads: [...indices(named)].filter(([, its]) => its === index).map(([thread]) => thread),
      })),
  }
}

/** The copy that a thread would run; NULL if it has none. */
function copyFor(named: NamedMemory, code: Address, thread: string): Address {
  const { memory } = named
  const own = [...indices(named)].find(([name]) => name === thread)
  if (own === undefined) throw new UnknownName(`${thread} has no thread state`)
  return copyAt(memory, code, own[1])
}

function copyState(named: NamedMemory, code: Address, thread: string): StateOf<'copy'> {
  const copy = copyFor(named, code, thread)
  if (copy === NULL) return { of: 'copy', copy: null, main: false, instructions: [] }
  return {
    of: 'copy',
    copy: named.token(copy),
    main: copy === mainCopy(code),
    instructions: [...instructionsIn(named.memory, code, copy)],
  }
}

function* instructionsIn(memory: Memory, code: Address, copy: Address): Generator<Instruction> {
  let extended = 0
  for (const offset of instructionsOf(memory, code)) {
    const at = copy + offset * CELL
    const unit = memory.get(at)
    const generic = genericAt(memory, code, offset)
    const argument = (extended << 8) | argumentOf(unit)
    const word = memory.get(at + CELL)
    yield {
      offset,
      name: nameOf(baseOf(generic)),
      form: nameOf(opcodeOf(unit)),
      argument,
      line: lineOf(memory, code, offset) ?? null,
      counter: hasCounter(generic) ? { value: remaining(word), backoff: backoffOf(word) } : null,
    }
    extended = generic === OP.EXTENDED_ARG ? argument : 0
  }
}

const CONTAINERS: ReadonlySet<number> = new Set([Kind.TUPLE, Kind.FROZENSET, Kind.SLICE])

function valueState(named: NamedMemory, onlooker: Thread, object: Address): Value {
  const { memory } = named
  const kind = kindOf(memory, object)
  const items: Value[] = []
  if (CONTAINERS.has(kind)) (LAYOUTS[kind] as Layout).visit(memory, object, (item) => items.push(valueState(named, onlooker, item)))
  return {
    type: typeName(onlooker, object),
    text: repr(onlooker, object),
    value: named.token(object),
    references: String(references(memory, object)),
    immortal: isImmortal(memory, object),
    tracked: (memory.get(object + MARKS) & TRACKED) !== 0,
    interned: kind === Kind.STR && isInterned(memory, object),
    items,
  }
}

function frameState(named: NamedMemory, generator: Address): StateOf<'frame'> {
  const { memory } = named
  if (kindOf(memory, generator) !== Kind.GENERATOR) throw new UnknownName('that is no generator')
  if (memory.get(generator + GENERATOR_STATE) === GeneratorState.CLEARED)
    return { of: 'frame', copy: null, index: null, line: null, offset: null }
  const frame = generator + FRAME_IN_GENERATOR
  const code = codeOf(memory, frame)
  const index = memory.get(frame + INDEX)
  const offset = lastInstruction(memory, frame)
  return {
    of: 'frame',
    copy: named.token(copyAt(memory, code, index)),
    index,
    line: lineOf(memory, code, offset) ?? null,
    offset,
  }
}
