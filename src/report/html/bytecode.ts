/**
 * Copies of bytecode as a scenario saw them: for each function a table, with a row per instruction below its line of the
 * program, and a column per copy, in groups by time. Above it the array that holds the copies, where a step looked at that.
 */
import type { Instruction, StateOf } from '../../protocol/states.ts'
import type { Step } from '../log.ts'
import { type Markup, markup } from '../markup.ts'
import { lineOf, programsOf } from './program-text.ts'
import { type SeenCopy, type Sighted, type Sighting, sightingsOf, unchanged } from './sightings.ts'

/** Every function whose copies were looked at; nothing if none was. */
export function bytecodeBlock(steps: readonly Step[]): Markup | undefined {
  const functions = sightingsOf(steps)
  if (functions.length === 0) return undefined
  const programs = programsOf(steps)
  return markup`<div class=code>${functions.map((one) => functionBlock(one, programs.get(one.module) ?? []))}</div>`
}

function functionBlock({ code, sightings }: Sighted, program: readonly string[]): Markup {
  const instructions = sightings.some(({ copies }) => copies.length > 0)
  return markup`<details open><summary>Bytecode of <code>${code}</code></summary>${[
    arrayTable(sightings),
    instructions ? instructionTable(sightings, program) : sightings.map(nobody),
  ]}</details>`
}

/** Where nobody was seen to have a copy there are no instructions to show. */
function nobody({ after, without }: Sighting): Markup | undefined {
  return without.length === 0 ? undefined : markup`<p class=note>${afterText(after)}: no copy for ${without.join(', ')}</p>`
}

/** The size of the array after each step, and which copies it holds. */
function arrayTable(sightings: readonly Sighting[]): Markup | undefined {
  const rows = sightings.flatMap(({ after, array }) => {
    if (!array) return []
    const { now, before } = array
    const size = now.size === null ? 'none' : `${now.size}`
    const grown = before && before.size !== now.size ? markup`<b>${`${before.size ?? 'none'} → ${size}`}</b>` : size
    return [markup`<tr><th scope=row>${afterText(after)}<td>${grown}<td>${entriesText(now)}`]
  })
  if (rows.length === 0) return undefined
  return markup`<div class=scroll><table class=array><thead><tr><th scope=col>When<th scope=col>Entries<th scope=col>Copies, by their index<tbody>${rows}</table></div>`
}

const afterText = (after: string | undefined): string => (after === undefined ? 'at first' : `after: ${after.replace(/:$/, '')}`)

/** `0, main copy: Ada · 1: Ben · 5: nobody`. */
function entriesText({ entries }: StateOf<'copies'>): string {
  const told = entries.map(({ index, threads }) => `${index}${index === 0 ? ', main copy' : ''}: ${threads.join(', ') || 'nobody'}`)
  return told.join(' · ') || 'none'
}

/** A row of the table: one place in the program. */
interface Place {
  readonly offset: number
  readonly name: string
  readonly argument: number
  readonly line: number | null
}

function instructionTable(all: readonly Sighting[], program: readonly string[]): Markup {
  const sightings = all.filter(({ copies, without }) => copies.length + without.length > 0)
  const places = placesOf(sightings.flatMap(({ copies }) => copies))
  const columns = sightings.flatMap((sighting) => columnsOf(sighting, places))
  let line: number | null = null
  const rows = places.map((place, row) => {
    const told = place.line !== null && place.line !== line && markup`<small>${place.line} ${lineOf(program, place.line)}</small>`
    line = place.line
    return markup`<tr${told && markup` class=line`}><th scope=row>${told}<i>${place.offset}</i>${place.name}${place.argument !== 0 && ` ${place.argument}`}${columns.map((column) => column[row])}`
  })
  const widths = sightings.map(({ copies, without }) => copies.length + (without.length > 0 ? 1 : 0))
  const times = sightings.map(
    ({ after }, at) => markup`<th scope=colgroup${widths[at] !== 1 && markup` colspan=${widths[at]}`}>${afterText(after)}`,
  )
  return markup`<p class=note>${SIGNS}</p><div class=scroll><table class=copies><col>${widths.map((span) => markup`<colgroup span=${span}>`)}<thead><tr><th scope=col rowspan=2>Line, instruction${times}<tr>${sightings.map(heads)}<tbody>${rows}</table></div>`
}

const SIGNS = '▲ specialized · ◉ reports to tools · = as it was seen before · marked: changed · a counter: value/backoff'

function placesOf(copies: readonly SeenCopy[]): Place[] {
  const places = new Map(copies.flatMap(({ now }) => now.map((instruction): [number, Place] => [instruction.offset, instruction])))
  return [...places.values()].sort((one, other) => one.offset - other.offset)
}

function heads({ copies, without }: Sighting): Markup[] {
  const found = copies.map(({ threads, main, index }) => {
    const which = main ? 'main copy' : index === undefined ? 'a copy of its own' : `copy ${index}`
    return markup`<th scope=col>${threads.join(', ')}<small>${which}</small>`
  })
  return without.length === 0 ? found : [...found, markup`<th scope=col>${without.join(', ')}<small>no copy</small>`]
}

/** For each column of a moment its cells, one per row; none where one above it goes on. */
function columnsOf({ copies, without }: Sighting, places: readonly Place[]): (Markup | undefined)[][] {
  const columns = copies.map((copy) => {
    if (unchanged(copy)) return whole('= as before', places.length)
    const now = byOffset(copy.now)
    const before = copy.before && byOffset(copy.before)
    return places.map(({ offset }) => cell(now.get(offset), before?.get(offset)))
  })
  return without.length === 0 ? columns : [...columns, whole('–', places.length)]
}

const byOffset = (instructions: readonly Instruction[]): ReadonlyMap<number, Instruction> =>
  new Map(instructions.map((one) => [one.offset, one]))

/** A column that is one cell. */
const whole = (text: string, rows: number): (Markup | undefined)[] => [markup`<td rowspan=${rows}>${text}`]

function cell(now: Instruction | undefined, before: Instruction | undefined): Markup {
  if (!now) return markup`<td>–`
  const { name, form, counter } = now
  const general = form === name
  const sign = form.startsWith('INSTRUMENTED_') ? '◉' : '▲'
  const same = before && before.form === form && before.counter?.value === counter?.value && before.counter?.backoff === counter?.backoff
  if (same) return markup`<td>=`
  const what = markup`${general ? 'general' : markup`<code>${sign} ${form}</code>`}${counter !== null && markup` <small>${counter.value}/${counter.backoff}</small>`}`
  return before ? markup`<td><b>${what}</b>` : markup`<td>${what}`
}
