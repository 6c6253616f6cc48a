import { expect, test } from 'vitest'
import type { Judgement } from './judge.ts'
import { fingerprintOf, formatKnownFailures, inTheLightOf, type KnownFailure, parseKnownFailures } from './known-failures.ts'

const FAILED: Judgement = { verdict: 'fail', reason: 'expected 3, was 4' }
const KNOWN: KnownFailure = {
  id: 'BRC-11.5',
  verdict: 'fail',
  sometimes: false,
  fingerprint: fingerprintOf(FAILED, false),
  reason: 'merging makes an immortal object mortal',
}

test('a list is read as it was written', () => {
  const others: KnownFailure[] = [
    KNOWN,
    { ...KNOWN, id: 'QSBR-04.2#3', verdict: 'protocol-violation', sometimes: true, link: 'https://example.org/issues/7' },
  ]
  const text = formatKnownFailures(['CPython 3.14', '', 'release build'], others)
  expect(text).toMatch(/^# CPython 3\.14\n#\n# release build\n\nBRC-11\.5 {5}fail {16}always {5}[0-9a-f]{8} {2}merging/)
  expect([...parseKnownFailures(text).values()]).toEqual(others.map((entry, index) => ({ ...entry, line: index + 5 })))
})

test('a list without entries is one', () => {
  expect(parseKnownFailures(formatKnownFailures(['nothing'], []))).toEqual(new Map())
})

test.for([
  ['BRC-01.1 fail', 'line 2: an entry is ID VERDICT always|sometimes FINGERPRINT REASON [LINK], not "BRC-01.1 fail"'],
  ['BRC-01.1 pass always 01234567 why', 'line 2: pass is not a verdict that fails; those are crash, timeout,'],
  ['BRC-01.1 fail often 01234567 why', 'line 2: it fails always or sometimes, not "often"'],
  ['BRC-01.1 fail always 0123 why', 'line 2: a fingerprint is eight digits as ftspec baseline writes them, not "0123"'],
  ['BRC-01.1 fail always 01234567 why\nBRC-01.1 fail always 01234567 why', 'line 3: BRC-01.1 is listed in line 2 already'],
] as const)('what is wrong in a list is told with its line: %s', ([text, message]) => {
  expect(() => parseKnownFailures(`# list\n${text}\n`)).toThrow(message)
})

test('a failure that is listed is expected, and says why', () => {
  expect(inTheLightOf(KNOWN, FAILED, false)).toEqual({
    verdict: 'expected-failure',
    reason: 'expected 3, was 4',
    known: { reason: 'merging makes an immortal object mortal' },
  })
  expect(inTheLightOf({ ...KNOWN, link: 'https://example.org' }, FAILED, false).known).toEqual({
    reason: 'merging makes an immortal object mortal',
    link: 'https://example.org',
  })
})

test('what is listed and passes is not expected, unless it fails only sometimes', () => {
  expect(inTheLightOf(KNOWN, { verdict: 'pass' }, false)).toEqual({
    verdict: 'unexpected-pass',
    reason: 'it passes, and is listed as failing: merging makes an immortal object mortal',
  })
  expect(inTheLightOf({ ...KNOWN, link: 'https://example.org' }, { verdict: 'pass' }, false).reason).toMatch(
    / mortal \(https:\/\/example\.org\)$/,
  )
  expect(inTheLightOf({ ...KNOWN, sometimes: true }, { verdict: 'pass' }, true)).toEqual({ verdict: 'pass' })
})

test('what fails in another way than the list says stays a failure, and says both', () => {
  const other: Judgement = { verdict: 'crash', reason: 'it died', stderr: 'last words' }
  const found = inTheLightOf(KNOWN, other, false)
  expect(found).toMatchObject({ verdict: 'crash', stderr: 'last words' })
  expect(found.reason).toMatch(/^it died\nIt is listed as failing otherwise: fail [0-9a-f]{8}, not crash [0-9a-f]{8} \(merging/)
  expect(inTheLightOf(KNOWN, { verdict: 'fail', reason: 'expected 3, was 5' }, false).verdict).toBe('fail')
})

test('what was not found out, or is not listed, stays as it is', () => {
  for (const verdict of ['error', 'skipped', 'unsupported'] as const) expect(inTheLightOf(KNOWN, { verdict }, false)).toEqual({ verdict })
  expect(inTheLightOf(undefined, FAILED, false)).toBe(FAILED)
})

test('a fingerprint holds what lasts, and leaves out what is new in every run', () => {
  const print = (reason: string, sampled = false): string => fingerprintOf({ verdict: 'fail', reason }, sampled)
  expect(print('at 0x7f00aa: 3')).toBe(print('at 0x7F11bb:\n 3'))
  expect(print('thread 140000 gone')).toBe(print('thread 150001 gone'))
  expect(print('expected 3')).not.toBe(print('expected 4'))
  expect(print('seen 3 times\nand more', true)).toBe(print('seen 44 times', true))
  expect(print('seen by Ada', true)).not.toBe(print('seen by Ben', true))
  expect(fingerprintOf({ verdict: 'crash' }, false)).not.toBe(fingerprintOf({ verdict: 'timeout' }, false))
})
