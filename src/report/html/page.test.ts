import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Exchange } from '../log.ts'
import { REQUIREMENTS, sampleResults } from '../sample/sample-log.ts'
import { HOSTILE, SCENARIOS } from '../sample/sample-scenarios.ts'
import { failed, raced, SAMPLED, scenario, when } from '../sample/sample-steps.ts'
import { pageOf } from './page.ts'

const page = pageOf(sampleResults())
const body = page.slice(page.indexOf('</style>'), page.lastIndexOf('<script>'))

test('nothing that a subject said becomes markup, a script or an invisible character', () => {
  expect(HOSTILE).toContain('</script><img')
  expect(body).toContain('&lt;/script&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;⟨U+001B⟩[31m⟨U+202E⟩')
  expect(body).not.toMatch(/<script|<\/script|<img|onerror="/)
  expect(page.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  const tags = new Set([...body.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, name]) => name))
  expect([...tags].sort().join(' ')).toBe(
    'a b button code dd details div dl dt em fieldset footer form h1 h2 h3 h4 header i input label legend li main nav ol output p pre samp section small span style summary table tbody td th thead time tr u ul',
  )
})

test('no race can make markup either', () => {
  const programs = { ...when('these race:'), table: [[HOSTILE, HOSTILE]] }
  const exchange: Exchange = {
    method: 'race',
    request: { programs: { [HOSTILE]: [{ op: HOSTILE, args: { [HOSTILE]: [HOSTILE] } }] }, observe: [], token: HOSTILE },
    reply: {
      how: 'sampled',
      complete: false,
      schedules: 1,
      outcomes: [],
      order: [{ step: 1, actor: HOSTILE, operation: HOSTILE, guilty: true }],
    },
  }
  const judged = { ...failed(raced([], SAMPLED, { [HOSTILE]: 1 }), HOSTILE), exchanges: [exchange] }
  const scenarios = [scenario('BRC-10.1', HOSTILE, HOSTILE, [programs, judged], { verdict: 'fail', reason: HOSTILE })]
  const text = pageOf(sampleResults({ scenarios }))
  expect(text).toContain('<h5>&lt;/script&gt;')
  expect(text.slice(text.indexOf('</style>'), text.lastIndexOf('<script>'))).not.toMatch(/<script|<\/script|<img|onerror="/)
})

test('the page loads nothing and runs no script but its own', () => {
  expect(page).not.toMatch(/\b(src|srcset|action|data|poster)=["']?[^" >]*\//)
  expect(page).not.toMatch(/@import|url\((?!#)/)
  const script = page.slice(page.lastIndexOf('<script>') + 8, page.lastIndexOf('</script>'))
  const hash = createHash('sha256').update(script).digest('base64')
  expect(page).toContain(`content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash}'"`)
})

test('every requirement and every scenario can be linked to, once, and every link leads somewhere', () => {
  const ids = [...body.matchAll(/ id="?([^" >]+)/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id } of REQUIREMENTS) expect(ids).toContain(id)
  for (const { start } of SCENARIOS) expect(ids).toContain(start.id)
  const links = [...body.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
  expect(links.filter((id) => !ids.includes(id))).toEqual([])
})

test('a page of 300 scenarios stays below a megabyte and a half', () => {
  const models = SCENARIOS.filter(({ end }) => end.verdict === 'pass' && end.id !== 'QSBR-02.1')
  const scenarios = Array.from({ length: 300 }, (_, index) => {
    const { start, steps, end } = models[index % models.length] as (typeof models)[number]
    const id = `${start.requirement}.${index + 1}`
    return { start: { ...start, id }, steps: steps.map((step) => ({ ...step, scenario: id })), end: { ...end, id } }
  })
  expect(Buffer.byteLength(pageOf(sampleResults({ scenarios })))).toBeLessThan(1_500_000)
})

test('an incomplete log and an unknown subject are in the title', () => {
  expect(page).toContain('<title>acme-threads 0.3.0 · ftspec</title>')
  const scenarios = [scenario('BRC-01.1', '', '', [])]
  expect(pageOf(sampleResults({ scenarios, hello: null, ends: false }))).toContain('<title>INCOMPLETE unknown subject · ftspec</title>')
})
