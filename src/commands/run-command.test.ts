import { expect, test } from 'vitest'
import { EXIT } from '../verdict/gate.ts'
import { runCommand } from './run-command.ts'
import type { Terminal } from './terminal.ts'

async function called(...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: '', err: '' }
  const output = (name: 'out' | 'err') => ({ write: (text: string) => (told[name] += text) })
  const terminal: Terminal = { out: output('out'), err: output('err'), live: false, color: false, width: 100, folder: '/' }
  return { code: await runCommand(words, terminal), ...told }
}

const COMMANDS = ['run', 'baseline', 'list', 'serve', 'explore', 'replay', 'faults', 'compare', 'trace']

test.for([[], ['--help'], ['-h']])('%s shows the commands, with an example', async (words) => {
  const { code, out } = await called(...words)
  expect(code).toBe(EXIT.well)
  for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, 'm'))
  expect(out).toContain('Example: npx ftspec')
})

test.for(COMMANDS)('%s --help says what it does, with an example', async (name) => {
  const { code, out } = await called(name, '--chapter', '--help')
  expect(code).toBe(EXIT.well)
  expect(out).toMatch(new RegExp(`^Usage: npx ftspec ${name}`))
  expect(out).toContain('Example: npx ftspec')
})

test('--version is that of the suite', async () => {
  expect((await called('--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.for([
  [['rnu'], 'there is no command rnu: did you mean run?', '--help'],
  [['toString'], 'there is no command toString', '--help'],
  [['list', '--chaper', 'brc'], 'there is no option --chaper: did you mean --chapter?', 'list --help'],
  [['list', '--chapter', 'bcr'], 'there is no chapter bcr: did you mean brc?', 'list --help'],
  [['run', '--requirement', 'BRC-033'], 'there is no requirement BRC-033: did you mean BRC-03', 'run --help'],
  [['run', '--chapter', 'brc', '--requirement', 'QSBR-01'], 'QSBR-01 is not in brc: leave --chapter out', 'run --help'],
  [['run', '--chapter', 'heap'], 'there is nothing to run: chapter heap is not built yet', 'run --help'],
  [['run', '--python', 'python3'], '--python is for --subject cpython', 'run --help'],
  [['run', '--subject', 'cpython', '--python', '/nowhere'], '--python: there is no interpreter /nowhere', 'run --help'],
  [['run', '--known', 'none.txt'], 'the known failures cannot be read from /none.txt: ENOENT', 'run --help'],
  [['baseline'], 'whose failures? A list is of a subject: --subject', 'baseline --help'],
  [['baseline', '--subject', 'node subject.js'], 'where is the list? It is named by --known', 'baseline --help'],
  [['run', '--subject', ''], '--subject is empty', 'run --help'],
  [['run', '--subject', '"'], '--subject: ', 'run --help'],
  [['run', '--scenario', 'BRC-01.999'], 'there is no scenario BRC-01.999', 'run --help'],
  [['run', '--scenario', 'BRC-01.1', '--chapter', 'brc'], '--scenario names what is run by itself', 'run --help'],
  [['run', '--chapter', ''], '--chapter is empty', 'run --help'],
  [['list', '--requirement='], '--requirement is empty', 'list --help'],
  [['explore', '--requirement', ','], '--requirement is empty', 'explore --help'],
  [['faults', '--fault', ''], '--fault is empty', 'faults --help'],
  [['run', '--report', '/dev/null/report'], '--report: no report can be written into /dev/null/report: ENOTDIR', 'run --help'],
  [['run', '--report', '/dev/null'], '--report: no report can be written into /dev/null: EEXIST', 'run --help'],
  [['run', '--patience', 'soon'], '--patience takes a number above 0, not soon', 'run --help'],
  [['run', '--patience=-1'], '--patience takes a number above 0, not -1', 'run --help'],
  [['compare', '--report', 'x'], 'two reports are compared: --report and --with', 'compare --help'],
  [['compare', '--report', 'x', '--with', 'y'], 'there is no report to be read in /x: ENOENT', 'compare --help'],
  [['replay'], 'which order? A scenario and a token', 'replay --help'],
  [['replay', 'BRC-09.13'], 'which order? A scenario and a token', 'replay --help'],
  [['replay', 'BRC-09.999:x1'], 'there is no race BRC-09.999: did you mean BRC-09.', 'replay --help'],
  [['explore', '--requirement', 'BRC-01'], 'there is no race of BRC-01', 'explore --help'],
  [['explore', '--bound', 'few'], '--bound takes a whole number, not few', 'explore --help'],
  [['explore', '--budget', '0s'], '--budget takes a time as in 500ms, 60s or 2m, not 0s', 'explore --help'],
  [['run', '--race-repeat', '0'], '--race-repeat takes a whole number from 1 to 999999999, not 0', 'run --help'],
  [['run', '--race-repeat', 'often'], '--race-repeat takes a whole number from 1 to 999999999, not often', 'run --help'],
  [['explore', '--sample', 'pct:0'], '--sample takes random, pct or pct with a depth as in pct:3, not pct:0', 'explore --help'],
  [['explore', '--sample', 'dice'], '--sample takes random, pct or pct with a depth as in pct:3, not dice', 'explore --help'],
  [['explore', '--schedules', '9'], '--schedules is for orders that are drawn by lot: it needs --sample', 'explore --help'],
  [['explore', '--seed', '9'], '--seed is for orders that are drawn by lot: it needs --sample', 'explore --help'],
  [['explore', '--sample', 'pct', '--bound', '2'], 'orders are drawn by lot (--sample) or tried one after the other', 'explore --help'],
  [['explore', '--sample', 'pct', '--schedules', '0'], '--schedules takes a whole number from 1 to', 'explore --help'],
  [['explore', '--sample', 'pct', '--seed', 'luck'], '--seed takes a whole number of at most nine digits, not luck', 'explore --help'],
  [['serve', '--races', 'won'], '--races takes explored or sampled, not won', 'serve --help'],
  [['explore', '--budget', 'soon'], '--budget takes a time as in 500ms, 60s or 2m, not soon', 'explore --help'],
  [['serve', 'loudly'], '"loudly" is not expected here', 'serve --help'],
] as const)('%s is wrong usage, and says how to get it right', async ([words, message, help]) => {
  const { code, out, err } = await called(...words)
  expect(code).toBe(EXIT.usage)
  expect(out).toBe('')
  expect(err).toContain(`ftspec: ${message}`)
  expect(err).toContain(`Try: npx ftspec ${help}\n`)
})

test('list shows every requirement of a chapter with its level, its sources and its sentence', async () => {
  const { code, out } = await called('list', '--chapter', 'brc,uniq')
  expect(code).toBe(EXIT.well)
  expect(out).toMatch(/^brc: Biased reference counting\n {2}BRC-01 {2}core S11, \d+ to run\n {4}An object has two counts/)
  expect(out).toMatch(/\n\nuniq: Per-thread reference counts\n {2}UNIQ-01 {2}core S4, chapter uniq is not built yet\n/)
  expect(out.split('\n').every((line) => line.length <= 100)).toBe(true)
})

test('list shows the scenarios of a requirement that is named, with where they stand', async () => {
  const { out } = await called('list', '--requirement', 'brc-03')
  expect(out).toMatch(/^ {6}BRC-03\.1 {2}.+ {2}\(features\/brc\/[\w-]+\.feature:\d+\)$/m)
})
