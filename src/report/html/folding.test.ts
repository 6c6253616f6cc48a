import { describe, expect, test } from 'vitest'
import type { Event } from '../../protocol/messages.ts'
import { folded, toldEvents } from './folding.ts'
import type { Moment } from './moment.ts'

const texts = (...events: Event[]): string[] => toldEvents(events).map(({ text }) => text)
const retired = (block: string): Event => ({ actor: 'Ada', event: 'retired', block })
const phase = (event: 'stopping' | 'stopped' | 'started', actor = 'Ada'): Event => ({ actor, event, scope: 'interpreter' })

describe('events', () => {
  test('of a pause that nobody else takes part in are one', () => {
    expect(texts(phase('stopping'), phase('stopped'), phase('started'), { actor: 'Ada', event: 'registered' })).toEqual([
      'paused interpreter',
      'registered',
    ])
    expect(toldEvents([phase('stopping'), phase('stopped'), phase('started')])[0]?.event).toEqual(phase('started'))
  })

  test('of a pause in which something happens stay apart', () => {
    const suspended: Event = { actor: 'Ada', event: 'suspended', thread: 'Ben' }
    expect(texts(phase('stopping'), suspended, phase('stopped'), phase('started'))).toEqual([
      'stopping interpreter',
      'suspended',
      'paused interpreter',
    ])
    expect(texts(phase('stopping'), phase('stopped'))).toEqual(['stopped interpreter'])
    expect(texts(phase('stopped'), phase('started', 'Ben'))).toEqual(['stopped interpreter', 'started interpreter'])
    expect(texts(phase('stopping'), { ...phase('stopped'), scope: 'all' })).toEqual(['stopping interpreter', 'stopped all'])
    expect(texts(phase('stopping'), phase('stopping'), phase('stopped'))).toEqual(['stopping interpreter, 2 times', 'stopped interpreter'])
  })

  test('that only their objects tell apart are told together', () => {
    expect(texts(retired('a'), retired('b'), { actor: 'Ada', event: 'freed', object: 'x' })).toEqual(['retired a, b', 'freed x'])
    expect(texts(...['a', 'b', 'c', 'd'].map(retired))).toEqual(['retired a … d (4)'])
    expect(texts(retired('a'), { ...retired('b'), actor: 'Ben' })).toEqual(['retired a', 'retired b'])
  })

  test('without objects are counted', () => {
    expect(texts({ actor: 'Ada', event: 'scanned' }, { actor: 'Ada', event: 'scanned' })).toEqual(['scanned, 2 times'])
  })

  test('after which somebody rests or goes on stand for themselves, and so do those with facts', () => {
    const parked: Event = { actor: 'Ben', event: 'parked', on: 'm' }
    expect(texts(parked, parked)).toEqual(['parked on m', 'parked on m'])
    const refused: Event = { actor: 'Ben', event: 'refused', facts: { bytes: 8 } }
    expect(texts(refused, refused)).toEqual(['refused: bytes 8', 'refused: bytes 8'])
  })
})

describe('a step', () => {
  const act: Moment = { kind: 'act', lane: 'Ada', text: 'qsbr.defer', outcome: 'ok' }
  const answer = (text: string): Moment => ({ kind: 'answer', lane: 'Ada', text })
  const note = (lane: string, text: string): Moment => ({ kind: 'note', lane, text })

  test('tells an operation once that is done again with the same answer', () => {
    expect(
      folded([
        [act, answer('goal 3')],
        [act, answer('goal 3')],
        [act, answer('goal 5')],
        [act, answer('goal 3')],
      ]),
    ).toEqual([{ ...act, times: 2 }, answer('goal 3'), act, answer('goal 5'), act, answer('goal 3')])
  })

  test('tells the notes of one actor in one line', () => {
    expect(folded([[act, note('Ada', 'finalized it'), note('Ada', 'freed it'), note('Ben', 'woken'), note('Ada', 'scanned')]])).toEqual([
      act,
      note('Ada', 'finalized it · freed it'),
      note('Ben', 'woken'),
      note('Ada', 'scanned'),
    ])
  })
})
