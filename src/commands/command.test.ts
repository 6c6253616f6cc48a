import { expect, test } from 'vitest'
import { listed, optionsOf } from './command.ts'
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
