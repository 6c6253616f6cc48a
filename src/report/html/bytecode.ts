/**
 * Copies of bytecode as a scenario saw them: a table per function and moment, a column per thread.
 *
 * Nothing is asked for the report's sake: a moment is a step that looked at copies. What a step did not look at stands as
 * it was seen last.
 */
import type { Instruction, StateOf } from '../../protocol/states.ts'
import type { Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'

type Copy = Pick<StateOf<'copy'>, 'copy' | 'main' | 'instructions'>

/** What was known of a function's copies after one step. */
interface Moment {
  readonly module: string
  readonly code: string
  readonly step: string
  readonly source: readonly string[]
  /** The threads whose copies this step looked at. */
  readonly looked: ReadonlySet<string>
  readonly now: ReadonlyMap<string, Copy>
  readonly before: ReadonlyMap<string, Copy>
}

const LEGEND = 'Bytecode: ▲ specialized, ◉ reports to tools, ✱ changed since it was seen before; a counter is executions left / backoff.'

/** Every moment at which copies were seen, as tables that open; nothing if none was. */
export function bytecodeBlock(steps: readonly Step[]): Markup | undefined {
  const moments = momentsOf(steps)
  return moments.length === 0 ? undefined : markup`<div class=code><p class=note>${LEGEND}</p>${moments.map(momentTable)}</div>`
}

function momentsOf(steps: readonly Step[]): Moment[] {
  const known = new Map<string, ReadonlyMap<string, Copy>>()
  const sources = new Map<string, readonly string[]>()
  const moments: Moment[] = []
  for (const { keyword, text, exchanges } of steps) {
    const seen = new Map<string, { module: string; code: string; now: Map<string, Copy>; looked: Set<string> }>()
    for (const exchange of exchanges) {
      if (exchange.method === 'step') {
        const { op, args } = exchange.request
        if (op === 'code.run') sources.set(String(args.module), String(args.source).split('\n'))
      }
      if (exchange.method !== 'observe' || exchange.request.of !== 'copy' || exchange.reply?.of !== 'copy') continue
      const { module, code, thread } = exchange.request
      const key = JSON.stringify([module, code])
      const of = seen.get(key) ?? { module, code, now: new Map(known.get(key)), looked: new Set<string>() }
      of.now.set(thread, exchange.reply)
      of.looked.add(thread)
      seen.set(key, of)
    }
    for (const [key, { module, code, now, looked }] of seen) {
      const before = known.get(key) ?? new Map<string, Copy>()
      known.set(key, now)
      if (JSON.stringify([...now]) === JSON.stringify([...before])) continue
      moments.push({ module, code, step: `${keyword} ${text}`, source: sources.get(module) ?? [], looked, now, before })
    }
  }
  return moments
}

function momentTable({ code, step, source, looked, now, before }: Moment): Markup {
  const threads = [...now]
  const places = new Map<number, Instruction>()
  for (const [, { instructions }] of threads) for (const instruction of instructions) places.set(instruction.offset, instruction)
  const rows = [...places.values()].sort((a, b) => a.offset - b.offset)
  let line: number | null = null
  const body = rows.map(({ offset, name, line: at }) => {
    const told = at !== null && at !== line ? `${at} ${source[at - 1]?.trim() ?? ''}`.trim() : undefined
    line = at
    const cells = threads.map(([thread, copy]) => cell(instructionAt(copy, offset), before.get(thread), offset))
    return markup`<tr><td>${offset}</td><td><code>${told}</code></td><th scope=row><code>${name}</code></th>${cells}</tr>`
  })
  const heads = threads.map(([thread, { copy, main }]) => {
    const which = copy === null ? 'no copy' : main ? 'main copy' : 'a copy of its own'
    return markup`<th scope=col>${thread}<br><small>${which}${!looked.has(thread) && ', as seen earlier'}</small></th>`
  })
  return markup`<details><summary>Bytecode of <code>${code}</code> <small>${step}</small></summary><div class=scroll><table><caption>${code} in each thread's copy</caption><thead><tr><th scope=col>at</th><th scope=col>line</th><th scope=col>instruction</th>${heads}</tr></thead><tbody>${body}</tbody></table></div></details>`
}

const instructionAt = ({ instructions }: Copy, offset: number): Instruction | undefined => instructions.find((one) => one.offset === offset)

function cell(now: Instruction | undefined, earlier: Copy | undefined, offset: number): Markup {
  if (!now) return markup`<td>–</td>`
  const { name, form, counter } = now
  const watched = form.startsWith('INSTRUMENTED_')
  const sign = form === name ? '' : watched ? '◉ watched ' : '▲ '
  const old = earlier && instructionAt(earlier, offset)
  const changed = old !== undefined && JSON.stringify(old) !== JSON.stringify(now)
  const left = counter && markup` <small>${counter.value}/${counter.backoff}</small>`
  const what = form === name ? 'general' : markup`<code>${form}</code>`
  return markup`<td>${sign}${what}${left ?? undefined}${changed && markup` <b>✱ changed</b>`}</td>`
}
