import { expect, test } from 'vitest'
import { conformanceOf } from './conformance.ts'
import { junitOf } from './junit.ts'
import { resultsOf } from './results.ts'
import { sampleLog, sampleResults } from './sample/sample-log.ts'
import { raced, SAMPLED, scenario } from './sample/sample-steps.ts'

interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: Element[]
}

/** Reads XML as strictly as the sample needs: every tag closed, every attribute quoted, no stray sign. Properties are left out. */
function parsed(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] }
  const open = [root]
  const text = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '')
  const pieces = [...text.matchAll(/<(\/?)([a-z-]+)((?: [a-z]+="[^"<>]*")*)(\/?)>|([^<>]+)/g)]
  expect(pieces.map(([piece]) => piece).join('')).toBe(text)
  for (const [, closes, name, attributes = '', empty, content] of pieces) {
    if (content !== undefined) expect(content).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/)
    else if (closes) expect(open.pop()?.name).toBe(name)
    else {
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])
      const element = { name: name ?? '', attributes: Object.fromEntries(pairs), children: [] }
      if (name !== 'properties') open.at(-1)?.children.push(element)
      if (!empty) open.push(element)
    }
  }
  expect(open).toEqual([root])
  return root.children[0] as Element
}

test('the document is well formed and holds no character that XML forbids, whatever the subject says', () => {
  const xml = junitOf(sampleResults())
  parsed(xml)
  expect(xml).not.toMatch(/[^\t\n\x20-\ud7ff\ue000-\ufffd]/)
  expect(xml).toContain('&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;⟨U+001B⟩[31m')
})

test('what the run says about conformance is a property of every suite', () => {
  const results = sampleResults()
  const xml = junitOf(results)
  const property = `<properties><property name="conformance" value="${conformanceOf(results).sentence}"/></properties>`
  expect(conformanceOf(results).sentence).toContain('does not conform')
  expect(xml.split(property)).toHaveLength(xml.split('<testsuite ').length)
})

test('a chapter is a suite, a scenario is a case', () => {
  const { attributes, children } = parsed(junitOf(sampleResults()))
  expect(attributes.name).toBe('ftspec: acme-threads 0.3.0')
  const brc = children.find((suite) => suite.attributes.name === 'Biased reference counting')
  expect(brc?.children[0]?.attributes).toEqual({
    classname: 'ftspec.brc.BRC-01',
    name: 'BRC-01.1 Another thread takes a reference',
    time: '0.005',
  })
})

test('the counts of a suite and of the whole are those of the cases', () => {
  const { attributes, children } = parsed(junitOf(sampleResults()))
  const count = (suites: readonly Element[], kind: string): number =>
    suites.flatMap((suite) => suite.children).filter((one) => one.children[0]?.name === kind).length
  for (const [told, suites] of [[attributes, children] as const, ...children.map((suite) => [suite.attributes, [suite]] as const)]) {
    expect([told.failures, told.errors, told.skipped].map(Number)).toEqual(
      ['failure', 'error', 'skipped'].map((kind) => count(suites, kind)),
    )
    expect(Number(told.tests)).toBe(suites.flatMap((suite) => suite.children).length)
  }
})

test.each([
  ['pass', undefined],
  ['fail', 'failure'],
  ['untestable', 'failure'],
  ['unexpected-pass', 'failure'],
  ['crash', 'error'],
  ['timeout', 'error'],
  ['protocol-violation', 'error'],
  ['error', 'error'],
  ['inconclusive', 'error'],
  ['not-run', 'error'],
  ['skipped', 'skipped'],
  ['unsupported', 'skipped'],
  ['expected-failure', 'skipped'],
] as const)('the verdict %s is told as %s', (verdict, kind) => {
  const xml = junitOf(sampleResults({ scenarios: [scenario('BRC-01.1', '', 'it', [], { verdict, reason: 'why' })] }))
  const brc = parsed(xml).children.find((suite) => suite.attributes.name === 'Biased reference counting')
  expect(brc?.children[0]?.children[0]?.name).toBe(kind)
})

test('a failure that is known says why', () => {
  const ending = { verdict: 'expected-failure', reason: 'no', known: { reason: 'a gap' } } as const
  expect(junitOf(sampleResults({ scenarios: [scenario('BRC-01.1', '', 'it', [], ending)] }))).toContain(
    '<skipped message="expected-failure: a gap; it came to: no"/>',
  )
})

test('a requirement that is not built is skipped with the reason; one without any reason is not', () => {
  const log = sampleLog()
  const requirements = log.requirements.map((requirement) =>
    requirement.id === 'HEAP-01' ? { ...requirement, notRun: undefined } : requirement,
  )
  const { children } = parsed(junitOf(resultsOf({ ...log, requirements: requirements as typeof log.requirements })))
  const [first, second] = children.find((suite) => suite.attributes.name === 'Separate heaps')?.children ?? []
  expect(first?.children[0]?.name).toBe('error')
  expect(second?.children[0]).toMatchObject({ name: 'skipped', attributes: { message: 'not-run: chapter heap is not built yet' } })
})

test('an incomplete log is never green: its faults and its lost scenarios are errors', () => {
  const scenarios = [scenario('BRC-01.1', '', 'good', [])]
  const { children, attributes } = parsed(junitOf(sampleResults({ scenarios, lost: ['BRC-01.2'], ends: false, hello: null })))
  expect(attributes.name).toBe('ftspec')
  const run = children.find((suite) => suite.attributes.name === 'The run itself')
  expect(run?.children[0]?.children[0]).toMatchObject({ name: 'error', attributes: { type: 'incomplete' } })
  const lost = children.flatMap((suite) => suite.children).find((one) => one.attributes.name === 'BRC-01.2')
  expect(lost?.children[0]?.name).toBe('error')
})

test('how far a race was tried is said, whether it passed or not', () => {
  const xml = junitOf(
    sampleResults({
      scenarios: [
        scenario('BRC-10.1', '', 'good', [raced([3], SAMPLED)]),
        scenario('BRC-10.2', '', 'bad', [raced([3])], { verdict: 'fail', reason: 'no' }),
      ],
    }),
  )
  parsed(xml)
  expect(xml).toContain('"><system-out>sampled, 1 of 2 expected outcomes seen in 3 runs</system-out></testcase>')
  expect(xml).toContain('</failure><system-out>every order, 1 of 2 expected outcomes seen</system-out></testcase>')
})
