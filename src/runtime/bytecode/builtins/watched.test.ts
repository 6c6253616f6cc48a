/**
 * What tools are told while a program runs is what CPython tells them.
 *
 * Places of exceptions are compared by line: CPython's are those of the unit before the next one, ours those of the instruction.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { beginPrograms, programs } from '../../../testing/programs.ts'
import { enter, QUIET } from '../../../testing/setting.ts'
import { CODE_NAME } from '../code/code-object.ts'
import { Event } from '../code/events.ts'
import { eventSet, registerCallback, setEvents, useTool } from '../instrument/tools.ts'
import type { News } from '../instrument/watched.ts'
import { textOf } from '../objects/str.ts'

const FOLDER = join(import.meta.dirname, 'watched')
const TOOL = 1

const EVENTS: Readonly<Record<string, Event>> = {
  PY_START: Event.START,
  PY_RESUME: Event.RESUME,
  PY_RETURN: Event.RETURN,
  PY_YIELD: Event.YIELD,
  CALL: Event.CALL,
  LINE: Event.LINE,
  INSTRUCTION: Event.INSTRUCTION,
  JUMP: Event.JUMP,
  BRANCH: Event.BRANCH,
  STOP_ITERATION: Event.STOP_ITERATION,
  RAISE: Event.RAISE,
  EXCEPTION_HANDLED: Event.HANDLED,
  PY_UNWIND: Event.UNWIND,
  PY_THROW: Event.THROW,
  RERAISE: Event.RERAISE,
  C_RETURN: Event.C_RETURN,
  C_RAISE: Event.C_RAISE,
}
const NAMES = new Map(Object.entries(EVENTS).map(([name, event]) => [event, name]))
const EXCEPTIONS: ReadonlySet<Event> = new Set([Event.RAISE, Event.HANDLED, Event.UNWIND, Event.THROW, Event.RERAISE])

const EXPECTED = readFileSync(join(FOLDER, 'expected.jsonl'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): { readonly events: readonly string[]; readonly told: readonly unknown[] } => JSON.parse(line))

function placeOf({ event, offset, line, target }: News): readonly unknown[] {
  if (event === Event.LINE || EXCEPTIONS.has(event)) return [line ?? null]
  return target === undefined ? [offset] : [offset, target]
}

test.for(EXPECTED)('$events', ({ events, told }) => {
  const setting = beginPrograms()
  const heard: unknown[] = []
  const m = enter(setting, {
    ...QUIET,
    tell(_thread, _callback, news) {
      const name = textOf(setting.memory, setting.memory.get(news.code + CODE_NAME))
      if (name !== '<module>') heard.push([NAMES.get(news.event), name, ...placeOf(news)])
      return false
    },
  })
  const { run } = programs(setting, m)
  run(readFileSync(join(FOLDER, 'program.py'), 'utf8'))
  useTool(m, TOOL)
  for (const event of Object.values(Event)) registerCallback(m, TOOL, event, 1)
  setEvents(m, TOOL, eventSet(events.map((name) => EVENTS[name] as Event)))
  run('main()')
  setEvents(m, TOOL, 0)
  expect(heard).toEqual(told)
})
