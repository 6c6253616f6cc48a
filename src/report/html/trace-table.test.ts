import { expect, test } from 'vitest'
import type { Step } from '../log.ts'
import { did, failed, given, looked, type SampleStep, scenario, skipped, thus, when, wrote } from '../sample/sample-steps.ts'
import { traceTable } from './trace-table.ts'

const table = (steps: readonly SampleStep[], told?: string): string =>
  traceTable(scenario('BRC-01.1', '', '', steps).steps as Step[], told).text

const wrote_it = did('Ada', 'object.incref', { object: 'it' }, { changes: [wrote('Ada', 'it.local', '0', '1')] })

test('a step is one row: its words, its part of the diagram, the values after it', () => {
  const text = table([when('Ada takes a reference', wrote_it), when('nothing happens')])
  expect(text).toMatch(/<tr><th><b>When<\/b> Ada takes a reference<td><div><b>.*object\.incref it<\/b><\/div><td><b>1<\/b>/)
  expect(text).toMatch(/<tr><th><b>When<\/b> nothing happens<td><td>1<\/table>/)
})

test('the values before the first step are shown where the subject told them', () => {
  expect(table([when('it', wrote_it)])).toMatch(/<tr class=first>.*<td>0<tr>/)
  expect(table([when('it', looked('it'))])).not.toContain('class=first')
})

test('the values before the first step are not shown if the first step leaves them', () => {
  const text = table([given('nothing'), when('it', wrote_it)])
  expect(text).not.toContain('class=first')
  expect(text).toMatch(/nothing<td><td>0<tr>/)
})

test('what only the set-up changed stands in one line below', () => {
  const enters = (actor: string) => did(actor, 'thread.enter', {}, { changes: [wrote(actor, `${actor} state`, 'none', '<in>')] })
  const creates = did('Ada', 'mutex.create', { mutex: 'm' }, { changes: [wrote('Ada', 'm', 'none', 'free')] })
  const text = table([given('all', enters('Ada'), enters('Ben'), creates), when('it', wrote_it)])
  expect(text).toContain('<p class=note>Set up: Ada, Ben: state &lt;in&gt;; m free.</p>')
  expect(text.match(/<th scope=col>\w+/g)).toEqual(['<th scope=col>local'])
})

test('columns of the same thing share a heading', () => {
  const changes = [wrote('Ada', 'it.local', '0', '1'), wrote('Ada', 'it.shared', '0', '1')]
  expect(table([when('it', did('Ada', 'a', {}, { changes }))])).toContain(
    '<th scope=colgroup colspan=2>it<tr><th scope=col>local<th scope=col>shared',
  )
})

test('a cell that is first written later has no value before it is known', () => {
  const text = table([when('it', did('Ada', 'a')), thus('it', looked('it'))])
  expect(text).toMatch(/<\/div><td><td><td>/)
})

test('a failed step is marked, with its error unless that stands above already', () => {
  const step = failed(thus('the object is freed'), 'it is <alive>')
  expect(table([step])).toMatch(/<tr class=failed>.* <em>failed<\/em><span class=err>it is &lt;alive&gt;<\/span>/)
  expect(table([step], 'it is <alive> (during step)')).not.toContain('class=err')
})

test('a step that nobody came to is marked', () => {
  expect(table([skipped(when('it'))])).toContain('<tr class=skipped><th scope=row><b>When</b> it <em>skipped</em>')
})

test('tables and texts of a step are shown', () => {
  const text = table([{ ...when('these'), table: [['a', '<b>']], docString: 'x\n  y' }])
  expect(text).toContain('<table class=arg><tr><td>a<td>&lt;b&gt;</table><pre>x\n  y</pre>')
})

test('without a single operation there is no diagram', () => {
  expect(table([when('it')])).toBe(
    '<div class=scroll><table class="trace"><thead><tr><th scope=col>Step<tbody><tr><th scope=row><b>When</b> it</table></div>',
  )
})

test('looks alone are drawn without lanes', () => {
  expect(table([when('it', looked('it'))])).toContain(
    '<table class="trace drawn n1"><thead><tr><th scope=col rowspan=2>Step<td rowspan=2><th',
  )
})

test('what the columns are, and what is not shown, is said', () => {
  expect(table([when('it', looked('it'))])).toContain('the values are observations')
  expect(table([when('it', wrote_it)])).not.toContain('class=note')
  const changes = Array.from({ length: 20 }, (_, index) => wrote('Ada', `b-${index}`, '0', '1'))
  expect(table([when('it', did('Ada', 'a', {}, { changes }))])).toContain('8 more columns are not shown.')
  const many = Array.from({ length: 10 }, (_, index) => did(`thread ${index}`, 'thread.enter'))
  expect(table([when('it', ...many)])).toContain('the quieter ones share a lane: thread 7, thread 8, thread 9.')
})

test('a 64-bit number is shown whole', () => {
  const changes = [wrote('Ada', 'clock', '1', '18446744073709551615')]
  expect(table([when('it', did('Ada', 'a', {}, { changes }))])).toContain('<td><b>18446744073709551615</b>')
})
