/** Methods of strings. @see CPython Objects/unicodeobject.c */
import type { Address } from '../../../memory/memory.ts'
import { newBytes } from '../bytes.ts'
import { newInt } from '../int.ts'
import { itself } from '../itself.ts'
import { Kind, kindOf } from '../kinds.ts'
import { newListGiven } from '../list.ts'
import type { Caller } from '../mutator.ts'
import { indexNumber } from '../operate/index-of.ts'
import { collectItems } from '../operate/iterate.ts'
import { protocolOf } from '../operate/protocol-of.ts'
import { raise } from '../raise.ts'
import { dropAll, makeEach } from '../several.ts'
import { truthValue } from '../singletons.ts'
import { lengthOf, newStr, newStrOf, pointAt, substring, textOf } from '../str.ts'
import { findText, hasAt } from '../str-text.ts'
import { tupleItems } from '../tuple.ts'
import { typeName } from '../type-name.ts'
import { isLeftOut, type Method, type Methods, withNames, withOne, without, withSome } from './values.ts'

const isStr = (m: Caller, object: Address): boolean => kindOf(m.memory, object) === Kind.STR

/** A method that makes another text of a text. */
const changed = (name: string, change: (text: string) => string): Method =>
  without(name, (m, str) => newStr(m, change(textOf(m.memory, str))))

/** A method that asks whether all letters are of one sort, and there are any. */
const all = (name: string, sort: RegExp): Method => without(name, (m, str) => truthValue(m, sort.test(textOf(m.memory, str))))

/** A method that takes letters off the ends. */
const stripped = (name: string, front: boolean, back: boolean): Method =>
  withSome(name, 0, 1, (m, str, [letters]) => {
    if (!isLeftOut(m, letters) && !isStr(m, letters as Address)) raise(m, 'TypeError', `${name} arg must be None or str`)
    const goes = isLeftOut(m, letters) ? isSpace : isAnyOf(m, letters as Address)
    let [from, to] = [0, lengthOf(m.memory, str)]
    while (front && from < to && goes(pointAt(m.memory, str, from))) from++
    while (back && from < to && goes(pointAt(m.memory, str, to - 1))) to--
    return to - from === lengthOf(m.memory, str) ? itself(m, str) : substring(m, str, from, to)
  })

/** A method that looks for another text, in the whole or between two places. */
const finding = (name: string, answer: (m: Caller, place: number) => Address): Method =>
  withSome(name, 1, 3, (m, str, [part, start, stop]) => {
    if (!isStr(m, part as Address)) raise(m, 'TypeError', `${name}() argument 1 must be str, not ${typeName(m, part as Address)}`)
    const { from, to } = between(m, str, start, stop)
    return answer(m, findText(m.memory, str, part as Address, from, to))
  })

/** A method that asks whether a text begins or ends with another, or with one of several. */
const having = (name: string, placeOf: (from: number, to: number, length: number) => number): Method =>
  withSome(name, 1, 3, (m, str, [given, start, stop]) => {
    const { memory } = m
    const { from, to } = between(m, str, start, stop)
    const has = (part: Address) =>
      to - from >= lengthOf(memory, part) && hasAt(memory, str, part, placeOf(from, to, lengthOf(memory, part)))
    if (isStr(m, given as Address)) return truthValue(m, has(given as Address))
    if (kindOf(memory, given as Address) !== Kind.TUPLE) {
      raise(m, 'TypeError', `${name} first arg must be str or a tuple of str, not ${typeName(m, given as Address)}`)
    }
    // One after the other: what comes behind one that fits is not looked at.
    const fits = (part: Address) => {
      if (isStr(m, part)) return has(part)
      raise(m, 'TypeError', `tuple for ${name} must only contain str, not ${typeName(m, part)}`)
    }
    return truthValue(m, tupleItems(memory, given as Address).some(fits))
  })

export const STR_METHODS: Methods = {
  join: withOne('join', join),
  split: withNames('split', ['sep', 'maxsplit'], (m, str, [separator, most]) => {
    const limit = isLeftOut(m, most) ? -1 : indexNumber(m, most as Address, 'OverflowError')
    const times = limit < 0 ? Number.POSITIVE_INFINITY : limit
    if (isLeftOut(m, separator)) return pieces(m, str, wordsOf(m, str, times))
    if (!isStr(m, separator as Address)) raise(m, 'TypeError', `must be str or None, not ${typeName(m, separator as Address)}`)
    if (lengthOf(m.memory, separator as Address) === 0) raise(m, 'ValueError', 'empty separator')
    return pieces(m, str, partsOf(m, str, separator as Address, times))
  }),
  strip: stripped('strip', true, true),
  lstrip: stripped('lstrip', true, false),
  rstrip: stripped('rstrip', false, true),
  startswith: having('startswith', (from) => from),
  endswith: having('endswith', (_from, to, length) => to - length),
  find: finding('find', newInt),
  index: finding('index', (m, place) => (place < 0 ? raise(m, 'ValueError', 'substring not found') : newInt(m, place))),
  count: withOne('count', (m, str, part) => {
    if (!isStr(m, part)) raise(m, 'TypeError', `count() argument 1 must be str, not ${typeName(m, part)}`)
    if (lengthOf(m.memory, part) === 0) return newInt(m, lengthOf(m.memory, str) + 1)
    return newInt(m, partsOf(m, str, part, Number.POSITIVE_INFINITY).length - 1)
  }),
  replace: withSome('replace', 0, 3, (m, str, [before, after, count]) => {
    if (after === undefined)
      raise(m, 'TypeError', `replace() takes at least 2 positional arguments (${before === undefined ? 0 : 1} given)`)
    for (const [index, part] of [before as Address, after].entries()) {
      if (!isStr(m, part)) raise(m, 'TypeError', `replace() argument ${index + 1} must be str, not ${typeName(m, part)}`)
    }
    const [old, put] = [textOf(m.memory, before as Address), textOf(m.memory, after)]
    const wanted = count === undefined ? -1 : indexNumber(m, count, 'OverflowError')
    let left = wanted < 0 ? Number.POSITIVE_INFINITY : wanted
    // Between characters, and not within one that is two units of JavaScript's text.
    const each = old === '' ? /(?:)/gu : old
    return newStr(
      m,
      textOf(m.memory, str).replaceAll(each, (found) => (left-- > 0 ? put : found)),
    )
  }),
  upper: changed('upper', (text) => text.toUpperCase()),
  lower: changed('lower', (text) => text.toLowerCase()),
  isdigit: all('isdigit', /^[\p{Nd}\u00b2\u00b3\u00b9]+$/u),
  isalpha: all('isalpha', /^\p{L}+$/u),
  isspace: without('isspace', (m, str) => {
    const points = pointsOf(m, str)
    return truthValue(m, points.length > 0 && points.every(isSpace))
  }),
  encode: without('encode', (m, str) => newBytes(m, new TextEncoder().encode(textOf(m.memory, str)))),
}

/** Where a method looks. */
function between(m: Caller, str: Address, start: Address | undefined, stop: Address | undefined): { from: number; to: number } {
  const length = lengthOf(m.memory, str)
  const near = (value: Address | undefined, otherwise: number) => {
    if (isLeftOut(m, value)) return otherwise
    const place = indexNumber(m, value as Address, 'IndexError')
    return Math.max(place < 0 ? place + length : place, 0)
  }
  return { from: near(start, 0), to: Math.min(near(stop, length), length) }
}

function join(m: Caller, separator: Address, source: Address): Address {
  if (protocolOf(m, source).iterate === undefined) raise(m, 'TypeError', 'can only join an iterable')
  const items = collectItems(m, source)
  try {
    const wrong = items.findIndex((item) => !isStr(m, item))
    if (wrong >= 0) raise(m, 'TypeError', `sequence item ${wrong}: expected str instance, ${typeName(m, items[wrong] as Address)} found`)
    if (items.length === 1) return itself(m, items[0] as Address)
    const points = items.flatMap((item, index) => [...(index > 0 ? pointsOf(m, separator) : []), ...pointsOf(m, item)])
    return newStrOf(m, points.length, (index) => points[index] as number)
  } finally {
    dropAll(m, items)
  }
}

type Piece = readonly [from: number, to: number]

/** Pieces of a string as a list. */
function pieces(m: Caller, str: Address, parts: readonly Piece[]): Address {
  return newListGiven(
    m,
    makeEach(m, parts, ([from, to]) => substring(m, str, from, to)),
  )
}

/** What stands between separators. */
function partsOf(m: Caller, str: Address, separator: Address, times: number): Piece[] {
  const length = lengthOf(m.memory, str)
  const parts: Piece[] = []
  let from = 0
  for (let place = 0; parts.length < times && place >= 0; ) {
    place = findText(m.memory, str, separator, from, length)
    if (place < 0) continue
    parts.push([from, place])
    from = place + lengthOf(m.memory, separator)
  }
  return [...parts, [from, length]]
}

/** What stands between spaces; the rest as it is, once there are enough. */
function wordsOf(m: Caller, str: Address, times: number): Piece[] {
  const length = lengthOf(m.memory, str)
  const spaceAt = (place: number) => isSpace(pointAt(m.memory, str, place))
  const skip = (place: number) => {
    let at = place
    while (at < length && spaceAt(at)) at++
    return at
  }
  const words: Piece[] = []
  let from = skip(0)
  while (from < length && words.length < times) {
    let to = from
    while (to < length && !spaceAt(to)) to++
    words.push([from, to])
    from = skip(to)
  }
  return from === length ? words : [...words, [from, length]]
}

/** What JavaScript takes for a space, but for the mark of byte order; and the separators among the controls. */
const isSpace = (point: number): boolean =>
  (point >= 0x1c && point <= 0x1f) || point === 0x85 || (point !== 0xfeff && /^\s$/u.test(String.fromCodePoint(point)))

const pointsOf = (m: Caller, str: Address): number[] =>
  Array.from({ length: lengthOf(m.memory, str) }, (_, index) => pointAt(m.memory, str, index))

function isAnyOf(m: Caller, letters: Address): (point: number) => boolean {
  const points = pointsOf(m, letters)
  return (point) => points.includes(point)
}
