import { expect, test } from 'vitest'
import { Markup, markup } from './markup.ts'

test('every text is escaped, in content and in attributes', () => {
  const hostile = `</script><img onerror='x' alt="&">`
  const safe = '&lt;/script&gt;&lt;img onerror=&#39;x&#39; alt=&quot;&amp;&quot;&gt;'
  expect(markup`<p title="${hostile}">${hostile}</p>`.text).toBe(`<p title="${safe}">${safe}</p>`)
})

test('control characters do not reach the page', () => {
  expect(markup`${'a\u0000\u001b\u202eb'}`.text).toBe('a⟨U+0000⟩⟨U+001B⟩⟨U+202E⟩b')
})

test('markup stays markup, alone and in lists', () => {
  const cells = ['a', '<'].map((text) => markup`<td>${text}</td>`)
  expect(markup`<tr>${cells}${new Markup('<td/>')}</tr>`.text).toBe('<tr><td>a</td><td>&lt;</td><td/></tr>')
})

test('nothing is shown for what is not there', () => {
  expect(markup`a${undefined}${false}${[]}b${0}`.text).toBe('ab0')
})
