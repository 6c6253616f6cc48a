/**
 * Operations on programs: Python source that an actor runs, and tools that watch it run.
 *
 * What a program defines lives under names of its module, so that other actors can call it. A value is told
 * as the text that the language itself has for it (`repr`), so that a subject needs no other form of it.
 */
import { z } from 'zod'
import { Name, operation, Times } from './vocabulary.ts'

/** A program in the subset of Python that docs/programs.md describes. */
export const Source = z.string().max(64 * 1024)

/** Something of a module, with attributes: "f", "g.throw". */
export const Path = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/)

/** An argument: a literal, or a path of the module: "1", "-2.5", "'text'", "None", "x". */
export const Argument = z.string().min(1).max(4096)

/** What ended a program or a call early. */
export const RaisedException = z.object({
  type: z.string().describe('The name of its class.'),
  message: z.string().describe('What `str()` says of it.'),
  line: z.int().nullable().describe('The line of the program that was running in the innermost frame; null if there was none.'),
})

const raised = RaisedException.nullable()

/** What a tool can be told of. */
export const ToolEvent = z.enum([
  'start',
  'resume',
  'return',
  'yield',
  'call',
  'line',
  'instruction',
  'jump',
  'branch',
  'throw',
  'raise',
  'reraise',
  'handled',
  'unwind',
  'stop iteration',
  'c return',
  'c raise',
])
export type ToolEvent = z.infer<typeof ToolEvent>

const tool = z.int().min(0).max(5)

export const codeOperations = {
  'code.run': operation(
    'Runs a program as the body of a module; a module that exists already keeps its names. `raised` is what ended it early. Within programs `wait(name)` waits for the event of that name.',
    { module: Name, source: Source },
    { raised },
  ),
  'code.call': operation(
    'Calls something of a module, several times if asked to, and answers the last result. The first exception ends it. `keep` gives the result a name in the module.',
    { module: Name, function: Path, args: z.array(Argument).max(16).optional(), times: Times.optional(), keep: Name.optional() },
    { result: z.string().nullable(), raised },
  ),
  'code.make': operation(
    'Makes a code object and gives it a name in a module, without running it: as the built-in `compile` does from text, or from a syntax tree; as loading stored code does; or by replacing the name of the code object `from`.',
    {
      module: Name,
      code: Name,
      source: Source.optional(),
      mode: z.enum(['exec', 'eval']).optional(),
      how: z.enum(['compile', 'tree', 'stored', 'replace']),
      from: Path.optional(),
    },
    { raised },
  ),
  'code.free-unused-copies': operation('Frees the copies of bytecode that nobody uses any more.', {}, { raised }),
  'code.forget': operation('Gives up a module and all that only it holds, and lets the collector run.', { module: Name }, {}),
  'collector.freeze': operation('Takes every object that the collector tracks out of its sight.', {}, {}),
  'collector.unfreeze': operation('Puts them back.', {}, {}),

  'tool.use': operation('Takes a tool number into use.', { tool }, {}),
  'tool.free': operation('Gives it back: its events end everywhere.', { tool }, {}),
  'tool.watch': operation(
    'Says which events the tool is told of: everywhere, or in one function of a module besides. Events that are not named end.',
    { tool, events: z.array(ToolEvent), module: Name.optional(), function: Path.optional() },
    {},
  ),
  'tool.answer': operation(
    'Says what the tool answers to an event: nothing, or that it wants no more of it from that place. `call` is called by the callback first.',
    { tool, event: ToolEvent, disable: z.boolean(), module: Name.optional(), call: Path.optional() },
    {},
  ),
  'tool.restart': operation('Ends every wish of every tool to be told no more from a place.', {}, {}),
} as const
