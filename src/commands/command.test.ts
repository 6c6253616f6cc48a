import { expect, test } from 'vitest'
import { listed, optionsOf, wholeNumber } from './command.ts'
import { UsageError } from './usage-error.ts'

const OPTIONS = {
  chapter: { type: 'string', multiple: true },
  report: { type: 'string', default: 'report' },
  list: { type: 'boolean' },
} as const

test('options have the values that were given, or their defaults', () => {
  expect(optionsOf(OPTIONS, ['--chapter', 'brc', '--chapter=qsbr', '--list'])).toEqual({
    chapter: ['brc', 'qsbr'],
    report: 'report',
    list: true,
  })
  expect(optionsOf(OPTIONS, [])).toEqual({ report: 'report' })
})

test.for([
  [['--chaper', 'brc'], 'there is no option --chaper: did you mean --chapter?'],
  [['-x'], 'there is no option -x'],
  [['brc'], '"brc" is not expected here'],
  [['--report'], "Option '--report <value>' argument missing"],
  [['--report', ''], '--report is empty'],
  [['--report='], '--report is empty'],
  [['--chapter', ' , '], '--chapter is empty'],
  [['--chapter', 'brc', '--chapter', ''], '--chapter is empty'],
  [['--list=yes'], "Option '--list' does not take an argument"],
] as const)('%s is refused, with what to change', ([args, message]) => {
  expect(() => optionsOf(OPTIONS, args)).toThrow(UsageError)
  expect(() => optionsOf(OPTIONS, args)).toThrow(message)
})

test('a list is separated by commas, by repeating the option, or both', () => {
  expect(listed(['brc, qsbr', 'dfree', ','])).toEqual(['brc', 'qsbr', 'dfree'])
  expect(listed(undefined)).toEqual([])
})

test.for(['', 'abc', '-1', '1.5', '1e3', '0', '007', '9'.repeat(20)])(
  'an option that takes a number from 1 on does not take "%s"',
  (text) => {
    expect(() => wholeNumber('--programs', text, 1)).toThrow(
      new UsageError(`--programs takes a whole number from 1 to 999999999, not ${text}`),
    )
  },
)

test('it takes what is one', () => {
  expect([wholeNumber('--seed', '0', 0), wholeNumber('--seed', '12', 1)]).toEqual([0, 12])
})
