import { readFileSync } from 'node:fs'
import { type HTMLDetailsElement, type HTMLElement, type HTMLInputElement, Window } from 'happy-dom'
import { beforeEach, expect, test, vi } from 'vitest'
import { resultsOf } from '../results.ts'
import { sampleLog } from '../sample/sample-log.ts'
import { and, scenario } from '../sample/sample-steps.ts'
import { pageOf } from './page.ts'

const SCRIPT = readFileSync(new URL('./page.js', import.meta.url), 'utf8')
const scenarios = [
  scenario('BRC-01.1', 'one rule', 'An apple', [and('it is so')]),
  scenario('BRC-01.2', 'another rule', 'A pear', [], { verdict: 'fail', reason: 'no' }),
  scenario('BRC-09.1#1', 'a rule', 'An outline: first', []),
  scenario('BRC-09.1#2', 'a rule', 'An outline: second', []),
  scenario('QSBR-01.1', 'a rule', 'An apple and a pear', []),
]
const results = resultsOf(sampleLog({ scenarios }))
// A page with a few chapters is parsed in less time.
const chapters = results.chapters.filter(({ id }) => ['brc', 'qsbr', 'dfree', 'immortal'].includes(id))
const PAGE = pageOf({ ...results, chapters }).replace(/<(script|style)>.*?<\/\1>/gs, '')

let page: ReturnType<typeof opened>
beforeEach(() => {
  page = opened()
})

/** The page as a browser shows it that was sent to `at`, a query and an anchor. */
function opened(at = '', before: (window: Window) => void = () => {}) {
  const window = new Window({ url: `file:///report/index.html${at}` })
  window.document.write(PAGE)
  before(window)
  const names = [
    'document',
    'location',
    'history',
    'addEventListener',
    'HTMLDetailsElement',
    'HTMLInputElement',
    'HTMLButtonElement',
  ] as const
  const given = names.map((name) => (name === 'addEventListener' ? window.addEventListener.bind(window) : window[name]))
  new Function(...names, SCRIPT)(...given)
  const element = (selector: string) => window.document.querySelector(selector) as unknown as HTMLDetailsElement & HTMLInputElement
  return {
    window,
    element,
    byId: (id: string) => window.document.getElementById(id) as unknown as HTMLDetailsElement,
    shown: () => [...window.document.querySelectorAll('details.s:not([hidden])')].map(({ id }) => id),
    type: (text: string) => {
      element('input[name=q]').value = text
      element('form.filter').dispatchEvent(new window.Event('input'))
    },
    check: (verdict: string) => {
      element(`input[value=${verdict}]`).checked = true
      element('form.filter').dispatchEvent(new window.Event('input'))
    },
  }
}

test('without words and verdicts everything is shown', () => {
  expect(page.shown()).toHaveLength(5)
  expect(page.element('output').textContent).toBe('')
})

test('words are looked for in the scenario, its requirement and its chapter', () => {
  page.type('APPLE')
  expect(page.shown()).toEqual(['BRC-01.1', 'QSBR-01.1'])
  page.type('apple quiescent')
  expect(page.shown()).toEqual(['QSBR-01.1'])
  expect(page.element('output').textContent).toBe('1 of 5 scenarios')
})

test('verdicts can be chosen, also together with words', () => {
  page.check('fail')
  expect(page.shown()).toEqual(['BRC-01.2'])
  page.type('apple')
  expect(page.shown()).toEqual([])
})

test('what has nothing to show disappears with its headings, and comes back', () => {
  page.type('pear')
  const titles = () => [...page.window.document.querySelectorAll('h4:not([hidden])')].map(({ textContent }) => textContent)
  const reasons = () => page.window.document.querySelectorAll('#BRC-01 > .prose:not([hidden])')
  expect(titles()).toEqual(['another rule', 'a rule'])
  expect(reasons()).toHaveLength(1)
  expect(page.byId('BRC-09').hidden).toBe(true)
  expect(page.byId('brc').hidden).toBe(false)
  expect(page.byId('dfree').hidden).toBe(true)
  page.type('')
  expect(titles()).toHaveLength(4)
  expect(reasons()).toHaveLength(2)
  expect(page.byId('dfree').hidden).toBe(false)
})

test('what is filtered by stands in the address, and is taken from there', () => {
  page.type('apple')
  page.check('pass')
  expect(page.window.location.search).toBe('?q=apple&verdict=pass')
  const again = opened('?q=apple&verdict=pass')
  expect(again.shown()).toEqual(['BRC-01.1', 'QSBR-01.1'])
  expect(again.element('input[value=pass]').checked).toBe(true)
  page.type('')
  expect(page.window.location.search).toBe('?verdict=pass')
})

test('where the address may not be changed, the page is filtered all the same', () => {
  const forbidding = (error: Error) => (window: Window) => {
    vi.spyOn(window.history, 'replaceState').mockImplementation(() => {
      throw error
    })
  }
  expect(opened('?q=apple', forbidding(new DOMException('no', 'SecurityError'))).shown()).toHaveLength(2)
  expect(() => opened('?q=apple', forbidding(new Error('odd')))).toThrow('odd')
})

test('a link opens what it names, and everything around it', () => {
  expect(opened('#BRC-01.1').byId('BRC-01.1').open).toBe(true)
  expect(page.byId('BRC-01.1').open).toBe(false)
  const chapter = opened('#IMMORTAL-01').byId('immortal').querySelector('details')
  expect(chapter?.open).toBe(true)
})

test('a link to an outline opens its first row', () => {
  const { byId } = opened('#BRC-09.1')
  expect([byId('BRC-09.1#1').open, byId('BRC-09.1#2').open]).toEqual([true, false])
  expect(opened('#BRC-09.1%232').byId('BRC-09.1#2').open).toBe(true)
})

test('a link shows what it names, whatever is filtered', () => {
  page.type('pear')
  page.window.location.hash = '#BRC-01.1'
  page.window.dispatchEvent(new page.window.Event('hashchange'))
  expect(page.shown()).toContain('BRC-01.1')
})

test('a link that names nothing, or is none, does nothing', () => {
  for (const hash of ['#NOWHERE-01.1', '#%E0%A4%A']) expect(opened(hash).element('details.s[open]').id).toBe('BRC-01.2')
})

test('all that is shown can be opened and closed at once', () => {
  page.type('outline')
  page.element('button[value=open]').click()
  expect([...page.window.document.querySelectorAll('details.s[open]')].map(({ id }) => id)).toEqual([
    'BRC-01.2',
    'BRC-09.1#1',
    'BRC-09.1#2',
  ])
  page.element('button[value=close]').click()
  expect(page.byId('BRC-09.1#1').open).toBe(false)
  expect(page.byId('BRC-01.2').open).toBe(true)
})

test('the filter is not sent anywhere', () => {
  const event = new page.window.Event('submit', { cancelable: true })
  page.element('form.filter').dispatchEvent(event)
  expect(event.defaultPrevented).toBe(true)
})

test('a slash leads to the filter, unless somebody is writing', () => {
  const press = (key: string, on: { dispatchEvent(event: never): unknown }) => {
    const event = new page.window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
    on.dispatchEvent(event as never)
    return event.defaultPrevented
  }
  expect(press('a', page.window.document.body)).toBe(false)
  expect(press('/', page.window.document.body)).toBe(true)
  expect(page.window.document.activeElement?.getAttribute('name')).toBe('q')
  expect(press('/', page.element('input[name=q]'))).toBe(false)
})

test('only what is wider than the page is a stop for the keyboard, and says what it is', () => {
  const widths = { scrollWidth: 900, clientWidth: 800 }
  const { byId, window } = opened('#BRC-01.1', (window) => {
    for (const name of ['scrollWidth', 'clientWidth'] as const) {
      Object.defineProperty(window.HTMLElement.prototype, name, { configurable: true, get: () => widths[name] })
    }
  })
  const box = byId('BRC-01.1').querySelector('.scroll') as HTMLElement
  const attributes = () => ['tabindex', 'role', 'aria-label'].map((name) => box.getAttribute(name))
  expect(attributes()).toEqual(['0', 'region', 'Wider than the page, of BRC-01.1'])
  widths.clientWidth = 900
  window.dispatchEvent(new window.Event('resize'))
  expect(attributes()).toEqual([null, null, null])
  widths.clientWidth = 800
  byId('BRC-01.1').dispatchEvent(new window.Event('toggle'))
  expect(attributes()).toEqual(['0', 'region', 'Wider than the page, of BRC-01.1'])
  const other = byId('BRC-09.1#2').querySelector('.scroll')
  byId('BRC-09.1#2').dispatchEvent(new window.Event('toggle'))
  expect(other?.getAttribute('tabindex') ?? null).toBeNull()
})
