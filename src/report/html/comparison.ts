/** What was expected beside what was observed, field by field. */
import { z } from 'zod'
import { type Markup, markup } from '../markup.ts'
import { visibleLine } from '../visible.ts'
import { valueText } from '../words.ts'

export interface Compared {
  readonly field: string
  readonly expected: string
  readonly observed: string
}

const Fields = z.record(z.string(), z.unknown())

/** The fields of two objects that are written as JSON; nothing if one of them is none. */
export function comparedFields(expected: string, observed: string): Compared[] | undefined {
  const [wanted, seen] = [fieldsIn(expected), fieldsIn(observed)]
  if (!wanted || !seen) return undefined
  return [...new Set([...Object.keys(wanted), ...Object.keys(seen)])].map((field) => ({
    field,
    expected: field in wanted ? valueText(wanted[field]) : '',
    observed: field in seen ? valueText(seen[field]) : '',
  }))
}

/** A row for each field; those that differ are marked with a sign. `expected` says what that column is. */
export function comparisonTable(rows: readonly Compared[], expected = 'expected'): Markup {
  const lines = rows.map(({ field, expected, observed }) => {
    const differs = expected !== observed
    return markup`<tr${differs && markup` class=differs`}><th scope=row>${visibleLine(field)}<td>${visibleLine(expected)}<td>${differs ? '≠' : '='}<td>${visibleLine(observed)}`
  })
  return markup`<table class=compared><thead><tr><td><th scope=col>${expected}<td><th scope=col>observed<tbody>${lines}</table>`
}

function fieldsIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return Fields.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
