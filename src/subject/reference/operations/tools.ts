/** Operations of tools. */
import type { ToolEvent } from '../../../protocol/code-operations.ts'
import type { Event as Told } from '../../../protocol/messages.ts'
import { prepareInterpreter } from '../../../runtime/bytecode/builtins/prepare.ts'
import { CodeObject } from '../../../runtime/bytecode/code/code-object.ts'
import { Event } from '../../../runtime/bytecode/code/events.ts'
import { lineOf } from '../../../runtime/bytecode/code/places.ts'
import { internText } from '../../../runtime/bytecode/constants/intern.ts'
import {
  eventSet,
  freeTool,
  registerCallback,
  restart,
  setEvents,
  setLocalEvents,
  useTool,
} from '../../../runtime/bytecode/instrument/tools.ts'
import type { News } from '../../../runtime/bytecode/instrument/watched.ts'
import { lookUpAttribute } from '../../../runtime/bytecode/objects/attributes.ts'
import { repr } from '../../../runtime/bytecode/objects/operate/repr.ts'
import { newStr, textOf } from '../../../runtime/bytecode/objects/str.ts'
import { typeName } from '../../../runtime/bytecode/objects/type-name.ts'
import type { Thread } from '../../../runtime/interpreter/thread.ts'
import { type Address, NULL } from '../../../runtime/memory/memory.ts'
import { decref } from '../../../runtime/refcount/biased.ts'
import type { Actor } from '../actor.ts'
import type { Performs } from './operation.ts'
import { resolve, withCode } from './paths.ts'

const EVENTS: Readonly<Record<ToolEvent, Event>> = {
  start: Event.START,
  resume: Event.RESUME,
  return: Event.RETURN,
  yield: Event.YIELD,
  call: Event.CALL,
  line: Event.LINE,
  instruction: Event.INSTRUCTION,
  jump: Event.JUMP,
  branch: Event.BRANCH,
  throw: Event.THROW,
  raise: Event.RAISE,
  reraise: Event.RERAISE,
  handled: Event.HANDLED,
  unwind: Event.UNWIND,
  'stop iteration': Event.STOP_ITERATION,
  'c return': Event.C_RETURN,
  'c raise': Event.C_RAISE,
}

const WORDS: ReadonlyMap<Event, ToolEvent> = new Map(Object.entries(EVENTS).map(([words, event]) => [event, words as ToolEvent]))

/** What a tool answers: it is told, and wants more of it or not; and it may call something first. */
interface Answer {
  readonly disable: boolean
  readonly module?: string | undefined
  readonly call?: string | undefined
}

/**
 * A callback as a number that every worker understands: the address of a string that lives for ever and says what
 * the tool answers.
 */
const callbackFor = (actor: Actor, answer: Answer): number => internText(actor.thread, JSON.stringify(answer))

export const tools: Performs<'tool'> = {
  'tool.use'(actor, { tool }) {
    prepareInterpreter(actor.thread)
    useTool(actor.thread, tool)
    const report = callbackFor(actor, { disable: false })
    for (const event of Object.values(EVENTS)) registerCallback(actor.thread, tool, event, report)
    return {}
  },

  'tool.free'(actor, { tool }) {
    freeTool(actor.thread, tool)
    return {}
  },

  'tool.watch'(actor, { tool, events, module, function: path }) {
    const set = eventSet(events.map((event) => EVENTS[event]))
    if (path === undefined) setEvents(actor.thread, tool, set)
    else withCode(actor.thread, actor.address('module', module as string), path, (code) => setLocalEvents(actor.thread, code, tool, set))
    return {}
  },

  'tool.answer'(actor, { tool, event, disable, module, call }) {
    registerCallback(actor.thread, tool, EVENTS[event], callbackFor(actor, { disable, module, call }))
    return {}
  },

  'tool.restart'(actor) {
    restart(actor.thread)
    return {}
  },
}

/** Runs a callback: notes what the tool was told. @returns whether the tool wants no more of it from that place. */
export function tell(actor: Actor, callback: Address, news: News): boolean {
  const { memory, thread } = actor
  const { tool, event, code, line } = news
  const name = textOf(memory, memory.get(code + CodeObject.offset.qualifiedName))
  const { disable, module, call } = JSON.parse(textOf(memory, callback)) as Answer
  // Who is told of a line is told nothing else.
  const particulars = event === Event.LINE ? {} : { offset: news.offset, ...detailsOf(thread, news) }
  actor.note({
    event: 'told',
    tool,
    about: WORDS.get(event) as ToolEvent,
    function: name,
    ...(line === undefined ? {} : { line }),
    ...particulars,
  })
  if (call !== undefined) answerByCall(thread, resolve(thread, actor.address('module', module as string), call))
  return disable
}

/** @param callable given over. */
function answerByCall(thread: Thread, callable: Address): void {
  try {
    decref(thread, thread.call(callable, []))
  } finally {
    decref(thread, callable)
  }
}

/** What a callback is handed besides the place, in words. */
function detailsOf(thread: Thread, { code, value, callable, argument, target }: News): Pick<Told, 'value' | 'callable' | 'target'> {
  const shown = value ?? argument
  const line = target === undefined ? undefined : lineOf(thread.memory, code, target)
  return {
    ...(shown === undefined ? {} : { value: repr(thread, shown) }),
    ...(callable === undefined ? {} : { callable: nameOf(thread, callable) }),
    ...(line === undefined ? {} : { target: line }),
  }
}

/** What something that can be called is called by; that of its class if it has no name of its own. */
function nameOf(thread: Thread, callable: Address): string {
  const key = newStr(thread, '__name__')
  const name = lookUpAttribute(thread, callable, key)
  decref(thread, key)
  if (name === NULL) return typeName(thread, callable)
  const text = textOf(thread.memory, name)
  decref(thread, name)
  return text
}
